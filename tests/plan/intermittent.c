/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forecasts and classes of demand that comes now and then. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/intermittent.h>

#include "support/testing.h"

/* Three bottles in the third week, two in the seventh, .. */
static const double series[] = {0, 0, 3, 0, 0, 0, 2, 0, 1, 0, 0, 4};
enum { PERIODS = sizeof series / sizeof *series };

START_TEST(each_method_gives_the_published_formulas_result)
{
    static const struct {
        tns_demand_method method;
        double expected;
    } rows[] = {
        /* By hand: Croston z 2.839, p 2.991; the corrections 0.95 and 1 - 0.1/1.9. */
        {TNS_DEMAND_CROSTON, 0.949181}, {TNS_DEMAND_SBA, 0.901722}, {TNS_DEMAND_SBJ, 0.899224},
        {TNS_DEMAND_TSB, 1.035764},     {TNS_DEMAND_SES, 0.942582}, {TNS_DEMAND_MEAN, 10.0 / 12},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_NEAR(tns_demand_method_name(rows[i].method),
                   tns_demand_forecast(rows[i].method, series, PERIODS, (tns_smoothing){0}),
                   rows[i].expected, 1e-6); /* as printed */
}
END_TEST

START_TEST(demand_is_told_apart_by_its_intervals_and_sizes)
{
    static const struct {
        const char *label;
        double used[8];
        tns_demand_class kind;
        double interval, cv2;
    } rows[] = {
        {"nothing", {0}, TNS_DEMAND_NONE, 0, 0},
        {"every week alike", {2, 2, 2, 2, 2, 2, 2, 2}, TNS_DEMAND_SMOOTH, 1, 0},
        {"every week, unlike", {1, 9, 1, 1, 9, 1, 1, 1}, TNS_DEMAND_ERRATIC, 1, 1.523810},
        {"now and then", {0, 2, 0, 0, 2, 0, 0, 2}, TNS_DEMAND_INTERMITTENT, 8.0 / 3, 0},
        {"now and then, unlike", {0, 1, 0, 0, 9, 0, 0, 1}, TNS_DEMAND_LUMPY, 8.0 / 3, 1.586777},
        {"once", {0, 0, 0, 5, 0, 0, 0, 0}, TNS_DEMAND_INTERMITTENT, 8, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_demand_pattern p = tns_demand_pattern_of(rows[i].used, 8);
        ck_assert_msg(p.kind == rows[i].kind, "%s: %s", rows[i].label,
                      tns_demand_class_name(p.kind));
        CHECK_NEAR(rows[i].label, p.interval, rows[i].interval, 1e-12);
        CHECK_NEAR(rows[i].label, p.cv2, rows[i].cv2, 1e-6);
    }
    tns_demand_pattern p = tns_demand_pattern_of(series, PERIODS);
    CHECK_NEAR("the published series", p.interval, 3.0, 0);
    CHECK_NEAR("the published series", p.cv2, 0.266667, 1e-6);
}
END_TEST

START_TEST(a_long_silence_is_forecast_by_the_method_that_hears_it)
{
    static const struct {
        const char *label;
        size_t interval, silent;
        tns_demand_method method;
    } rows[] = {
        {"once, long ago", 40, 44, TNS_DEMAND_MEAN},
        {"weekly, still used", 1, 0, TNS_DEMAND_SES},
        {"weekly, a week without", 1, 1, TNS_DEMAND_SES},
        {"weekly, a quarter without", 1, 13, TNS_DEMAND_TSB},
        {"monthly, a month without", 4, 4, TNS_DEMAND_SBA},
        {"monthly, half a year without", 4, 26, TNS_DEMAND_TSB},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double used[100] = {0};
        size_t busy = 40 - 40 % rows[i].interval, n = busy + rows[i].silent;
        for (size_t t = rows[i].interval - 1; t < busy; t += rows[i].interval)
            used[t] = 1;
        tns_demand_pattern p = tns_demand_pattern_of(used, n);
        ck_assert_uint_eq(p.silent, rows[i].silent);
        ck_assert_msg(tns_demand_method_for(&p) == rows[i].method, "%s: %s", rows[i].label,
                      tns_demand_method_name(tns_demand_method_for(&p)));
    }
}
END_TEST

START_TEST(tsb_forgets_a_shade_that_is_no_longer_used_and_croston_does_not)
{
    double used[104] = {0};
    for (size_t t = 0; t < 52; t += 2)
        used[t] = 0.3;
    double before = tns_demand_forecast(TNS_DEMAND_TSB, used, 52, (tns_smoothing){0});
    double after = tns_demand_forecast(TNS_DEMAND_TSB, used, 104, (tns_smoothing){0});
    ck_assert(before > 0.12 && before < 0.18);
    ck_assert(after < 0.01 * before);
    ck_assert(tns_demand_forecast(TNS_DEMAND_CROSTON, used, 104, (tns_smoothing){0}) > 0.14);
}
END_TEST

START_TEST(where_nothing_was_used_nothing_is_expected)
{
    const double none[6] = {0};
    for (int m = TNS_DEMAND_SES; m <= TNS_DEMAND_MEAN; m++) {
        ck_assert(tns_demand_forecast((tns_demand_method)m, none, 6, (tns_smoothing){0}) == 0);
        ck_assert(tns_demand_forecast((tns_demand_method)m, none, 0, (tns_smoothing){0}) == 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("intermittent");
    TCase *tests = tcase_create("intermittent");
    tcase_add_test(tests, each_method_gives_the_published_formulas_result);
    tcase_add_test(tests, demand_is_told_apart_by_its_intervals_and_sizes);
    tcase_add_test(tests, a_long_silence_is_forecast_by_the_method_that_hears_it);
    tcase_add_test(tests, tsb_forgets_a_shade_that_is_no_longer_used_and_croston_does_not);
    tcase_add_test(tests, where_nothing_was_used_nothing_is_expected);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
