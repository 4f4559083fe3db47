/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "color/nnls.h"
#include "support/draw.h"
#include "support/testing.h"

START_TEST(small_problems_have_their_known_answers)
{
    static const struct {
        const char *label;
        double A[6], b[3], x[2];
    } rows[] = {
        {"both inside", {1, 0, 0, 1, 0, 0}, {2, 3, 0}, {2, 3}},
        {"one bound", {1, 0, 0, 1, 0, 0}, {2, -3, 0}, {2, 0}},
        {"all bound", {1, 0, 0, 1, 0, 0}, {-2, -3, 0}, {0, 0}},
        /* unconstrained (3, -1): the second is bound, and the first moves to A'b / A'A = 4/2 */
        {"a bound one moves the other", {1, 1, 1, 0, 0, 1}, {2, 2, -2}, {2, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double x[2];
        ck_assert(tns_nnls(3, 2, rows[i].A, rows[i].b, x));
        for (int j = 0; j < 2; j++)
            CHECK_NEAR(rows[i].label, x[j], rows[i].x[j], 1e-12);
    }
}
END_TEST

/*
 * Karush-Kuhn-Tucker: x >= 0; the gradient A'(Ax - b) is 0 where x > 0 and not negative elsewhere.
 * The tolerance is relative to |A_j||b|, with the square of the condition in hand.
 */
START_TEST(random_problems_satisfy_the_kkt_conditions)
{
    enum { ROWS = 20, MOST = 12 };
    uint64_t state = 2024;
    for (int round = 0; round < 500; round++) {
        int n = draw_int(&state, 1, MOST);
        double A[ROWS * MOST], b[ROWS], x[MOST], residual[ROWS];
        for (int i = 0; i < ROWS * n; i++)
            A[i] = draw_between(&state, -1, 1) * exp(draw_between(&state, -3, 3));
        for (int r = 0; r < ROWS; r++)
            b[r] = draw_between(&state, -1, 1);
        ck_assert(tns_nnls(ROWS, n, A, b, x));
        for (int r = 0; r < ROWS; r++) {
            residual[r] = -b[r];
            for (int j = 0; j < n; j++)
                residual[r] += A[r * n + j] * x[j];
        }
        for (int j = 0; j < n; j++) {
            double gradient = 0, size = 0;
            for (int r = 0; r < ROWS; r++) {
                gradient += A[r * n + j] * residual[r];
                size += A[r * n + j] * A[r * n + j];
            }
            ck_assert(x[j] >= 0);
            double tolerance = 1e-9 * sqrt(size);
            ck_assert_msg(x[j] > 0 ? fabs(gradient) <= tolerance : gradient >= -tolerance,
                          "round %d, x[%d] = %g, gradient %g", round, j, x[j], gradient);
        }
    }
}
END_TEST

START_TEST(columns_that_repeat_each_other_do_no_harm)
{
    double A[] = {1, 1, 2, 2, 3, 3}, b[] = {1, 2, 3}, x[2];
    ck_assert(tns_nnls(3, 2, A, b, x));
    CHECK_NEAR("sum", x[0] + x[1], 1, 1e-9);
    double nothing[] = {0, 1, 0, 1, 0, 1};
    ck_assert(tns_nnls(3, 2, nothing, b, x));
    CHECK_NEAR("mean", x[1], 2, 1e-12);
    CHECK_NEAR("an empty column", x[0], 0, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("nnls");
    TCase *tc = tcase_create("nnls");
    tcase_add_test(tc, small_problems_have_their_known_answers);
    tcase_add_test(tc, random_problems_satisfy_the_kkt_conditions);
    tcase_add_test(tc, columns_that_repeat_each_other_do_no_harm);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
