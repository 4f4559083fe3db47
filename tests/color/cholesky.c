/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "color/numeric.h"
#include "support/testing.h"

/* By hand: L = (2; 1 2; 3 -1 1), A = L L'; rows five apart, what is above the diagonal is noise. */
START_TEST(a_matrix_is_its_root_times_itself_and_is_solved_by_it)
{
    enum { N = 3, STRIDE = 5 };
    double A[N][STRIDE] = {{4, 99, 99}, {2, 5, 99}, {6, 1, 11}};
    static const double L[N][N] = {{2, 0, 0}, {1, 2, 0}, {3, -1, 1}};
    ck_assert(tns_cholesky(&A[0][0], N, STRIDE, 0));
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            CHECK_NEAR("root", A[i][j], j <= i ? L[i][j] : 99, 1e-14);
    double x[N] = {4 + 2 * 2 + 6 * 3, 2 + 5 * 2 + 3, 6 + 2 + 11 * 3}; /* A (1, 2, 3) */
    tns_cholesky_solve(&A[0][0], N, STRIDE, x);
    for (int i = 0; i < N; i++)
        CHECK_NEAR("solution", x[i], i + 1, 1e-12);
}
END_TEST

START_TEST(what_has_no_root_or_hardly_one_is_told)
{
    static const struct {
        const char *label;
        double least, matrix[2][2];
        bool has_root;
    } rows[] = {
        {"positive", 0, {{1, 0}, {0.5, 1}}, true},
        {"negative", 0, {{-1, 0}, {0, 1}}, false},
        {"of one column twice", 0, {{1, 0}, {1, 1}}, false},
        {"all but of one column twice", 1e-9, {{1, 0}, {1, 1 + 1e-10}}, false},
        {"not a number", 0, {{1, 0}, {0, NAN}}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double A[2][2];
        memcpy(A, rows[i].matrix, sizeof A);
        ck_assert_msg(tns_cholesky(&A[0][0], 2, 2, rows[i].least) == rows[i].has_root, "%s",
                      rows[i].label);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cholesky");
    TCase *tc = tcase_create("cholesky");
    tcase_add_test(tc, a_matrix_is_its_root_times_itself_and_is_solved_by_it);
    tcase_add_test(tc, what_has_no_root_or_hardly_one_is_told);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
