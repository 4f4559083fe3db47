/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reorder points, service, quantities: published figures, then figures found another way. */
#include <stdlib.h>

#include <tonsure/reorder.h>

#include "base/random.h"
#include "support/testing.h"

START_TEST(a_lead_time_that_varies_adds_to_the_spread)
{
    /* 1.5 ml a week, sd 1.2; two weeks, sd half a week: mean 3.0, sd 1.855, s at 95 % 6.05. */
    tns_moments d = tns_demand_over((tns_moments){1.5, 1.44}, 2, 0.5);
    CHECK_NEAR("mean", d.mean, 3.0, 1e-12);
    CHECK_NEAR("sd", sqrt(d.variance), 1.855, 5e-4);
    CHECK_NEAR("reorder point", tns_reorder_point(d, 0.95), 6.05, 5e-3);
    CHECK_NEAR("its cycle service", tns_cycle_service(d, tns_reorder_point(d, 0.95)), 0.95, 1e-9);
}
END_TEST

START_TEST(the_normal_loss_is_that_of_the_tables)
{
    /* Silver, Pyke and Thomas, appendix II. */
    static const double rows[][2] = {{0, 0.3989},   {0.5, 0.1978}, {1, 0.0833},
                                     {1.5, 0.0293}, {2, 0.0085},   {-1, 1.0833}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_NEAR("G(k)", tns_normal_loss(rows[i][0]), rows[i][1], 5e-5);
}
END_TEST

START_TEST(the_normal_quantile_is_that_of_the_tables)
{
    /* Abramowitz and Stegun, table 26.5; symmetric about a half. */
    static const double rows[][2] = {
        {0.5, 0}, {0.9, 1.28155}, {0.975, 1.95996}, {0.99, 2.32635}, {0.025, -1.95996}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_NEAR("k", tns_normal_quantile(rows[i][0]), rows[i][1], 5e-6);
}
END_TEST

/* Two uniforms, Box and Muller. */
static double draw_normal(tns_random *random)
{
    double u = ((double)tns_random_below(random, 1u << 30) + 0.5) / (1u << 30);
    double v = (double)tns_random_below(random, 1u << 30) / (1u << 30);
    return sqrt(-2 * log(u)) * cos(8 * atan(1) * v);
}

START_TEST(the_fill_rate_is_what_a_simulated_cycle_leaves_unmet)
{
    const tns_moments d = {3.0, 1.855 * 1.855};
    static const double rows[][2] = {{2, 15}, {3, 15}, {4, 5}, {6, 5}}; /* s, Q */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_random random = tns_random_make(7 + i);
        enum { CYCLES = 200000 };
        double s = rows[i][0], quantity = rows[i][1], unmet = 0;
        for (int c = 0; c < CYCLES; c++)
            unmet += fmax(d.mean + sqrt(d.variance) * draw_normal(&random) - s, 0);
        /* The error of the mean of so many draws, times four. */
        double tolerance = 4 * 1.855 / quantity / sqrt(CYCLES);
        CHECK_NEAR("fill rate", tns_fill_rate(d, s, quantity), 1 - unmet / CYCLES / quantity,
                   tolerance);
    }
}
END_TEST

START_TEST(the_point_of_a_fill_rate_gives_that_fill_rate)
{
    const tns_moments d = {3.0, 3.4};
    for (double rate = 0.8; rate < 1; rate += 0.019) {
        double s = tns_fill_rate_point(d, 5, rate);
        CHECK_NEAR("fill rate", tns_fill_rate(d, s, 5), rate, 1e-9);
    }
    ck_assert_msg(tns_fill_rate_point(d, 500, 0.95) == 0, "a large lot needs no reserve");
    CHECK_NEAR("a certain demand", tns_fill_rate_point((tns_moments){3, 0}, 10, 0.9), 2, 1e-9);
}
END_TEST

START_TEST(the_economic_quantity_is_the_least_of_its_costs)
{
    CHECK_NEAR("K 12, D 240, h 9", tns_eoq(12, 240, 9), 25.298221, 1e-6);
    const double D = 37, K = 15, h = 5.6;
    double best = tns_eoq(K, D, h), cost = K * D / best + h * best / 2;
    for (double q = 0.5 * best; q < 2 * best; q *= 1.01)
        ck_assert(K * D / q + h * q / 2 >= cost - 1e-9);
}
END_TEST

/* All quantities up to a thousand packs, one by one. */
static double cheapest(const tns_reorder_terms *t, double packs_a_year, double needed, double most)
{
    double best = 0, least = INFINITY;
    for (double q = 1; q <= 1000; q++) {
        double price = tns_pack_price(t, q);
        double cost =
            packs_a_year * price + t->order_cost * packs_a_year / q + t->holding * price * q / 2;
        if (q < needed || q > most || tns_packs_allowed(t, q) != q || cost >= least - 1e-9)
            continue;
        least = cost;
        best = q;
    }
    return best;
}

START_TEST(no_other_quantity_costs_less)
{
    static const struct {
        const char *label;
        tns_reorder_terms terms;
        double a_year, needed, most, expected;
    } rows[] = {
        {"single bottles", {.price = 28.5, .order_cost = 12, .holding = 0.2}, 24, 1, 100, 10},
        {"no more than is good so long",
         {.price = 28.5, .order_cost = 12, .holding = 0.2},
         24,
         1,
         4,
         4},
        {"needed now", {.price = 28.5, .order_cost = 0, .holding = 0.2}, 24, 3, 100, 3},
        {"a least order",
         {.price = 28.5, .least = 6, .order_cost = 0, .holding = 0.2},
         2,
         1,
         100,
         6},
        {"in boxes of four",
         {.price = 28.5, .step = 4, .order_cost = 12, .holding = 0.2},
         24,
         1,
         100,
         12},
        {"a break worth taking",
         {.price = 28.5,
          .order_cost = 12,
          .holding = 0.2,
          .breaks = 2,
          .break_at = {{12, 26}, {24, 23}}},
         24,
         1,
         100,
         24},
        {"a break too far",
         {.price = 28.5, .order_cost = 2, .holding = 0.2, .breaks = 1, .break_at = {{24, 28}}},
         4,
         1,
         100,
         2},
        {"a break that would expire",
         {.price = 28.5, .order_cost = 12, .holding = 0.2, .breaks = 1, .break_at = {{24, 20}}},
         12,
         1,
         12,
         7},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double found =
            tns_order_packs(&rows[i].terms, rows[i].a_year, rows[i].needed, rows[i].most);
        CHECK_NEAR(rows[i].label, found, rows[i].expected, 0);
        CHECK_NEAR(rows[i].label, found,
                   cheapest(&rows[i].terms, rows[i].a_year, rows[i].needed, rows[i].most), 0);
    }
}
END_TEST

START_TEST(what_must_be_ordered_is_ordered_even_where_it_will_not_be_used)
{
    const tns_reorder_terms terms = {.price = 10, .least = 6, .step = 4, .holding = 0.2};
    CHECK_NEAR("least 6 in steps of 4", tns_packs_allowed(&terms, 1), 8, 0);
    CHECK_NEAR("and no more than one is used", tns_order_packs(&terms, 1, 1, 1), 8, 0);
}
END_TEST

START_TEST(the_newsvendor_has_the_least_expected_cost)
{
    static const double rows[][4] = {/* mean, variance, under, over */
                                     {2, 2, 400, 28},
                                     {0.4, 0.4, 400, 28},
                                     {6, 11, 60, 40},
                                     {3, 1.2, 10, 90}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tns_moments d = {rows[i][0], rows[i][1]};
        double under = rows[i][2], over = rows[i][3], best = 0, least = INFINITY;
        for (double q = 0; q < 40; q++) {
            double short_of = tns_count_loss(d, q), left = q - d.mean + short_of;
            if (under * short_of + over * left < least - 1e-12) {
                least = under * short_of + over * left;
                best = q;
            }
        }
        CHECK_NEAR("bottles", tns_newsvendor_count(d, under, over), best, 0);
    }
    CHECK_NEAR("ratio", tns_critical_ratio(400, 28), 0.934579, 1e-6);
    CHECK_NEAR("normal", tns_newsvendor((tns_moments){100, 900}, 3, 1), 120.2347, 1e-4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reorder");
    TCase *tests = tcase_create("reorder");
    tcase_add_test(tests, a_lead_time_that_varies_adds_to_the_spread);
    tcase_add_test(tests, the_normal_loss_is_that_of_the_tables);
    tcase_add_test(tests, the_normal_quantile_is_that_of_the_tables);
    tcase_add_test(tests, the_fill_rate_is_what_a_simulated_cycle_leaves_unmet);
    tcase_add_test(tests, the_point_of_a_fill_rate_gives_that_fill_rate);
    tcase_add_test(tests, the_economic_quantity_is_the_least_of_its_costs);
    tcase_add_test(tests, no_other_quantity_costs_less);
    tcase_add_test(tests, what_must_be_ordered_is_ordered_even_where_it_will_not_be_used);
    tcase_add_test(tests, the_newsvendor_has_the_least_expected_cost);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
