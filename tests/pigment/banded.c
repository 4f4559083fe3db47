/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "pigment/banded.h"
#include "support/draw.h"
#include "support/testing.h"

enum { LARGEST = 40 };

/* Positive by its heavy diagonal. */
static void fill(tns_banded *banded, gsl_matrix *dense, uint64_t *state)
{
    gsl_matrix_set_zero(dense);
    for (size_t i = 0; i < banded->n; i++)
        for (size_t j = i > banded->width ? i - banded->width : 0; j <= i; j++) {
            double value =
                draw_between(state, -1, 1) + (i == j ? 2.0 * (double)banded->width + 1 : 0);
            *tns_banded_at(banded, i, j) = value;
            gsl_matrix_set(dense, i, j, value);
            gsl_matrix_set(dense, j, i, value);
        }
}

static void check_solution(const char *label, const tns_banded *factor, const gsl_matrix *inverse,
                           uint64_t *state)
{
    double x[LARGEST], b[LARGEST];
    for (size_t i = 0; i < factor->n; i++)
        x[i] = b[i] = draw_between(state, -1, 1);
    tns_banded_solve(factor, x);
    for (size_t i = 0; i < factor->n; i++) {
        double sum = 0;
        for (size_t j = 0; j < factor->n; j++)
            sum += gsl_matrix_get(inverse, i, j) * b[j];
        CHECK_NEAR(label, x[i], sum, 1e-12);
    }
}

START_TEST(factor_solution_and_inverse_are_those_of_the_whole_matrix)
{
    static const struct {
        const char *label;
        size_t n, width;
    } rows[] = {
        {"a number", 1, 0},   {"diagonal", 7, 0}, {"tridiagonal", 9, 1},      {"wide", 40, 6},
        {"odd width", 31, 5}, {"full", 6, 5},     {"wider than it is", 4, 9},
    };
    uint64_t state = 3;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        tns_banded A, Z;
        size_t n = rows[k].n;
        gsl_matrix *dense = gsl_matrix_alloc(n, n);
        ck_assert(tns_banded_init(&A, n, rows[k].width) && tns_banded_init(&Z, n, rows[k].width));
        fill(&A, dense, &state);
        ck_assert(tns_banded_factor(&A) && tns_banded_invert(&A, &Z));
        gsl_linalg_cholesky_decomp1(dense);
        gsl_linalg_cholesky_invert(dense);
        for (size_t i = 0; i < n; i++)
            for (size_t j = i > A.width ? i - A.width : 0; j <= i; j++)
                CHECK_NEAR(rows[k].label, *tns_banded_at(&Z, i, j), gsl_matrix_get(dense, i, j),
                           1e-12);
        check_solution(rows[k].label, &A, dense, &state);
        tns_banded_finish(&A);
        tns_banded_finish(&Z);
        gsl_matrix_free(dense);
    }
}
END_TEST

START_TEST(what_is_not_positive_is_refused)
{
    tns_banded A;
    ck_assert(tns_banded_init(&A, 3, 1));
    ck_assert(!tns_banded_factor(&A));
    for (size_t i = 0; i < 3; i++)
        *tns_banded_at(&A, i, i) = 1;
    *tns_banded_at(&A, 2, 1) = 2;
    ck_assert(!tns_banded_factor(&A));
    tns_banded_finish(&A);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("banded");
    TCase *tc = tcase_create("banded");
    tcase_add_test(tc, factor_solution_and_inverse_are_those_of_the_whole_matrix);
    tcase_add_test(tc, what_is_not_positive_is_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
