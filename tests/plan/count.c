/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole numbers: quantiles, and how many go without. */
#include <stdlib.h>

#include <tonsure/reorder.h>

#include "base/random.h"
#include "support/testing.h"

START_TEST(the_quantiles_of_poisson_are_the_published_ones)
{
    static const double rows[][3] = {/* mean, s at 95 %, at 99 % */
                                     {0.5, 2, 3},
                                     {1, 3, 4},
                                     {2, 5, 6},
                                     {3, 6, 8},
                                     {5, 9, 11}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tns_moments d = {rows[i][0], rows[i][0]};
        CHECK_NEAR("95 %", tns_count_quantile(d, 0.95), rows[i][1], 0);
        CHECK_NEAR("99 %", tns_count_quantile(d, 0.99), rows[i][2], 0);
    }
}
END_TEST

static double uniform(tns_random *random)
{
    return ((double)tns_random_below(random, 1u << 30) + 0.5) / (1u << 30);
}

/* Knuth's: how many exponentials fit. */
static int draw_poisson(tns_random *random, double mean)
{
    double product = uniform(random), least = exp(-mean);
    int n = 0;
    for (; product > least; n++)
        product *= uniform(random);
    return n;
}

/* Bookings that come with these odds, besides walk-ins that differ from month to month. */
typedef struct world {
    const char *label;
    double walk_ins, unlike; /* mean; relative variance of that mean (gamma, shape 1/unlike) */
    int bookings;
    double odds;
} world;

/* A gamma of whole shape and mean 1. */
static double draw_gamma(tns_random *random, int shape)
{
    double sum = 0;
    for (int i = 0; i < shape; i++)
        sum -= log(uniform(random));
    return sum / shape;
}

START_TEST(chances_and_losses_are_those_of_simulated_months)
{
    static const world rows[] = {
        {"walk-ins alike", 2.5, 0, 0, 0}, {"walk-ins unlike", 2.5, 0.5, 0, 0},
        {"bookings alone", 0, 0, 3, 0.9}, {"one booking", 0, 0, 1, 0.95},
        {"many bookings", 0, 0, 12, 0.8},
    };
    enum { MONTHS = 100000, MOST = 40 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const world *w = &rows[i];
        tns_random random = tns_random_make(i);
        static int seen[MOST];
        for (int k = 0; k < MOST; k++)
            seen[k] = 0;
        for (int m = 0; m < MONTHS; m++) {
            double rate =
                w->walk_ins * (w->unlike > 0 ? draw_gamma(&random, (int)(1 / w->unlike)) : 1);
            int n = rate > 0 ? draw_poisson(&random, rate) : 0;
            for (int b = 0; b < w->bookings; b++)
                n += uniform(&random) < w->odds;
            seen[n < MOST ? n : MOST - 1]++;
        }
        const tns_moments d = {w->walk_ins + w->bookings * w->odds,
                               w->walk_ins + w->walk_ins * w->walk_ins * w->unlike +
                                   w->bookings * w->odds * (1 - w->odds)};
        double within = 0, loss = 0;
        for (int k = 0; k < 12; k++) {
            within += (double)seen[k] / MONTHS;
            loss = 0;
            for (int n = k + 1; n < MOST; n++)
                loss += (double)(n - k) * seen[n] / MONTHS;
            /* Four standard errors of a share, and of a mean with so large a variance. */
            CHECK_NEAR(w->label, tns_count_within(d, k), within, 4 * 0.5 / sqrt(MONTHS));
            CHECK_NEAR(w->label, tns_count_loss(d, k), loss, 4 * sqrt(d.variance / MONTHS) + 1e-9);
        }
    }
}
END_TEST

START_TEST(a_loss_falls_by_the_chance_of_needing_one_more)
{
    static const tns_moments rows[] = {{0.3, 0.3}, {7, 7}, {7, 19}, {7, 2.1}, {240, 900}, {1, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (double k = 0; k < 300; k++) {
            double fall = tns_count_loss(rows[i], k) - tns_count_loss(rows[i], k + 1);
            CHECK_NEAR("E[(N-k)+] - E[(N-k-1)+] = P(N > k)", fall, 1 - tns_count_within(rows[i], k),
                       1e-9);
        }
}
END_TEST

START_TEST(a_quantile_is_the_least_that_is_enough)
{
    static const tns_moments rows[] = {{0.01, 0.01}, {0.7, 2}, {3, 0.4}, {90, 95}, {5000, 90000}};
    static const double chances[] = {0.5, 0.9, 0.95, 0.999};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t c = 0; c < sizeof chances / sizeof *chances; c++) {
            double s = tns_count_quantile(rows[i], chances[c]);
            ck_assert(tns_count_within(rows[i], s) >= chances[c]);
            ck_assert(s == 0 || tns_count_within(rows[i], s - 1) < chances[c]);
        }
}
END_TEST

START_TEST(edges_hold)
{
    const tns_moments none = {0, 0}, sure = {3, 0};
    ck_assert(tns_count_quantile(none, 0.99) == 0);
    ck_assert(tns_count_loss(none, 0) == 0);
    ck_assert(tns_count_within(none, -1) == 0);
    ck_assert(tns_count_quantile(sure, 0.99) == 3);
    ck_assert(tns_count_quantile(sure, 1) == 3);
    CHECK_NEAR("three of three", tns_count_loss(sure, 1), 2, 1e-12);
    CHECK_NEAR("below nothing", tns_count_loss(sure, -1), 4, 1e-12);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("count");
    TCase *tests = tcase_create("count");
    tcase_add_test(tests, the_quantiles_of_poisson_are_the_published_ones);
    tcase_add_test(tests, chances_and_losses_are_those_of_simulated_months);
    tcase_add_test(tests, a_loss_falls_by_the_chance_of_needing_one_more);
    tcase_add_test(tests, a_quantile_is_the_least_that_is_enough);
    tcase_add_test(tests, edges_hold);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
