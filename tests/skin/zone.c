/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/estimate.h>
#include <tonsure/zone.h>

#include "skin/shift.h"
#include "support/testing.h"

static const tns_lab SKIN = {66, 10, 16}, DOT = {30, 2, 3};

static tns_viewing daylight(void)
{
    tns_viewing out;
    ck_assert(tns_viewing_find("D65/10", &out, NULL));
    return out;
}

static tns_spectrum spectrum_of(tns_lab lab)
{
    tns_viewing viewing = daylight();
    tns_spectrum out;
    tns_error err = {0};
    ck_assert_msg(tns_spectrum_estimate(lab, &viewing, TNS_PRIOR_SKIN, &out, &err), "%s", err.text);
    return out;
}

static tns_zone_request request_of(tns_lab dot, tns_lab skin)
{
    tns_zone_request out = {.n = TNS_YULE_NIELSEN,
                            .n_least = TNS_YULE_NIELSEN_LEAST,
                            .n_most = TNS_YULE_NIELSEN_MOST,
                            .diameter_spread = TNS_DOT_SPREAD};
    out.dot.spectrum = spectrum_of(dot);
    out.skin.spectrum = spectrum_of(skin);
    return out;
}

static void aim(tns_zone_request *request, const tns_spectrum *target)
{
    request->has_target = true;
    request->target.spectrum = *target;
}

static tns_zone solved(const tns_zone_request *request)
{
    tns_zone out;
    tns_error err = {0};
    ck_assert_msg(tns_zone_solve(request, &out, &err), "%s", err.text);
    return out;
}

START_TEST(the_dots_of_a_forecast_are_found_back_from_its_area)
{
    static const double densities[] = {1, 40, 120, 300, 2000}, ns[] = {1, 1.7, 2, 4};
    for (size_t i = 0; i < 20; i++) {
        double density = densities[i % 5], n = ns[i / 5];
        tns_zone_request ask = request_of(DOT, SKIN);
        ask.order = i % 2 ? TNS_DOTS_GRID : TNS_DOTS_RANDOM;
        ask.n = n;
        ask.per_cm2 = density;
        ask.diameter_mm = 0.15;
        tns_zone there = solved(&ask);
        ck_assert_int_eq(there.reach, TNS_ZONE_GIVEN);
        aim(&ask, &there.area.spectrum);
        ask.per_cm2 = 0;
        tns_zone back = solved(&ask);
        ck_assert_int_eq(back.reach, TNS_ZONE_REACHED);
        CHECK_NEAR("density", back.dots.per_cm2 / density, 1, 1e-9);
        CHECK_NEAR("what is left", back.dots.de00_to_target, 0, 1e-6);
        ask.per_cm2 = density;
        ask.diameter_mm = 0;
        back = solved(&ask);
        CHECK_NEAR("diameter", back.dots.diameter_mm, 0.15, 1e-9);
    }
}
END_TEST

START_TEST(lightness_is_met_and_what_is_left_is_hue)
{
    tns_zone_request ask = request_of(DOT, SKIN);
    tns_spectrum target = spectrum_of((tns_lab){63, 14, 15});
    aim(&ask, &target);
    ask.diameter_mm = 0.15;
    tns_zone zone = solved(&ask);
    CHECK_NEAR("L*", zone.dots.area.L, 63, 1e-4);
    ck_assert(zone.dots.de00_to_target > 2 && zone.dots.de00_to_target < 6);
    ck_assert(zone.by_n[0].per_cm2 > zone.dots.per_cm2 && zone.by_n[1].per_cm2 < zone.dots.per_cm2);
}
END_TEST

START_TEST(what_dots_cannot_do_is_told_apart)
{
    static const struct {
        const char *label;
        tns_lab dot, skin, target;
        tns_zone_reach reach;
        double coverage;
    } rows[] = {
        {"in reach", {30, 2, 3}, {66, 10, 16}, {64, 10, 15}, TNS_ZONE_REACHED, -1},
        {"lighter", {30, 2, 3}, {66, 10, 16}, {70, 10, 15}, TNS_ZONE_LIGHTER, 0},
        {"darker", {30, 2, 3}, {66, 10, 16}, {25, 2, 3}, TNS_ZONE_DARKER, 1},
        {"as dark as a dot", {30, 2, 3}, {66, 10, 16}, {30, 2, 3}, TNS_ZONE_DARKER, 1},
        {"a pale dot", {70, 2, 3}, {66, 10, 16}, {64, 10, 15}, TNS_ZONE_PALE, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_zone_request ask = request_of(rows[i].dot, rows[i].skin);
        tns_spectrum target = spectrum_of(rows[i].target);
        aim(&ask, &target);
        ask.diameter_mm = 0.15;
        tns_zone zone = solved(&ask);
        ck_assert_msg(zone.reach == rows[i].reach, "%s: %s", rows[i].label,
                      tns_zone_reach_name(zone.reach));
        if (rows[i].coverage >= 0)
            CHECK_NEAR(rows[i].label, zone.dots.coverage, rows[i].coverage, 0);
        ck_assert(!zone.within_doubt);
    }
}
END_TEST

/* Nothing else in doubt, the density goes as 1/d^2, so its 95 % are those of d, squared. */
START_TEST(the_range_of_the_density_is_that_of_the_dots_width_squared)
{
    tns_zone_request ask = request_of(DOT, SKIN);
    tns_spectrum target = spectrum_of((tns_lab){64, 9.5, 15});
    aim(&ask, &target);
    ask.diameter_mm = 0.125;
    ask.n_least = ask.n_most = ask.n;
    tns_zone zone = solved(&ask);
    double wide = exp(2 * 1.96 * TNS_DOT_SPREAD);
    CHECK_NEAR("most", zone.per_cm2.most / zone.dots.per_cm2, wide, 0.01);
    CHECK_NEAR("least", zone.dots.per_cm2 / zone.per_cm2.least, wide, 0.01);
    CHECK_NEAR("its coverage is known", zone.coverage.most, zone.coverage.least, 1e-9);
}
END_TEST

START_TEST(the_range_holds_the_answer_and_grows_with_each_doubt)
{
    const double doubt[6] = {0.25, 0, 0, 0.25, 0, 0.25};
    tns_spectrum target = spectrum_of((tns_lab){62, 9.5, 15});
    double before = 0;
    for (int doubts = 0; doubts < 4; doubts++) {
        tns_zone_request ask = request_of(DOT, SKIN);
        aim(&ask, &target);
        ask.diameter_mm = 0.125;
        ask.diameter_spread = doubts > 0 ? TNS_DOT_SPREAD : 0.01;
        memcpy(ask.skin.covariance, doubt, doubts > 1 ? sizeof doubt : 0);
        memcpy(ask.target.covariance, doubt, doubts > 2 ? sizeof doubt : 0);
        tns_zone zone = solved(&ask);
        double width = zone.per_cm2.most - zone.per_cm2.least;
        ck_assert_msg(
            zone.per_cm2.least < zone.dots.per_cm2 && zone.dots.per_cm2 < zone.per_cm2.most,
            "%d: %g in %g to %g", doubts, zone.dots.per_cm2, zone.per_cm2.least, zone.per_cm2.most);
        ck_assert_msg(width > before, "%d: %g after %g", doubts, width, before);
        before = width;
    }
}
END_TEST

/* Bare skin may be read half an L* too light or too dark, and a forecast of few dots with it. */
START_TEST(a_forecast_is_as_unsure_as_its_skin_at_least)
{
    const double doubt[6] = {0.25, 0.1, 0, 0.16, 0, 0.09};
    tns_zone_request ask = request_of(DOT, SKIN);
    memcpy(ask.skin.covariance, doubt, sizeof doubt);
    ask.per_cm2 = 20;
    ask.diameter_mm = 0.12;
    tns_zone zone = solved(&ask);
    CHECK_NEAR("L", zone.area.uncertainty.L, 1.0, 0.05);
    CHECK_NEAR("a", zone.area.uncertainty.a, 0.8, 0.05);
    CHECK_NEAR("b", zone.area.uncertainty.b, 0.6, 0.05);
    CHECK_NEAR("k", zone.area.uncertainty.k, 2, 0);
    ck_assert_int_eq(zone.area.what, TNS_WHAT_AREA);
}
END_TEST

START_TEST(a_target_hardly_lighter_than_the_skin_is_out_of_reach_only_for_all_we_know)
{
    const double doubt[6] = {1, 0, 0, 1, 0, 1};
    tns_zone_request ask = request_of(DOT, SKIN);
    tns_spectrum target = spectrum_of((tns_lab){66.3, 10, 16});
    aim(&ask, &target);
    ask.diameter_mm = 0.15;
    ck_assert(!solved(&ask).within_doubt);
    memcpy(ask.target.covariance, doubt, sizeof doubt);
    tns_zone zone = solved(&ask);
    ck_assert_int_eq(zone.reach, TNS_ZONE_LIGHTER);
    ck_assert(zone.within_doubt && zone.per_cm2.least == 0 && zone.per_cm2.most > 50);
}
END_TEST

START_TEST(a_shifted_spectrum_has_the_color_stepped_to)
{
    const double covariance[6] = {0.04, 0.01, -0.02, 0.09, 0.03, 0.16};
    tns_viewing viewing = daylight();
    tns_spectrum skin = spectrum_of(SKIN);
    tns_lab from = tns_lab_from_spectrum(&skin, &viewing);
    tns_shift shift = tns_shift_make(&skin, covariance, &viewing);
    double sum[6] = {0};
    for (int k = 0; k < 3; k++) {
        double z[3] = {k == 0, k == 1, k == 2};
        tns_spectrum moved = tns_shift_by(&shift, z);
        tns_lab to = tns_lab_from_spectrum(&moved, &viewing);
        const double d[3] = {to.L - from.L, to.a - from.a, to.b - from.b};
        const double squares[6] = {d[0] * d[0], d[0] * d[1], d[0] * d[2],
                                   d[1] * d[1], d[1] * d[2], d[2] * d[2]};
        for (int i = 0; i < 6; i++)
            sum[i] += squares[i];
    }
    for (int i = 0; i < 6; i++)
        CHECK_NEAR("covariance", sum[i], covariance[i], 0.005); /* to first order */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("zone");
    TCase *tc = tcase_create("zone");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, the_dots_of_a_forecast_are_found_back_from_its_area);
    tcase_add_test(tc, lightness_is_met_and_what_is_left_is_hue);
    tcase_add_test(tc, what_dots_cannot_do_is_told_apart);
    tcase_add_test(tc, the_range_of_the_density_is_that_of_the_dots_width_squared);
    tcase_add_test(tc, the_range_holds_the_answer_and_grows_with_each_doubt);
    tcase_add_test(tc, a_forecast_is_as_unsure_as_its_skin_at_least);
    tcase_add_test(tc, a_target_hardly_lighter_than_the_skin_is_out_of_reach_only_for_all_we_know);
    tcase_add_test(tc, a_shifted_spectrum_has_the_color_stepped_to);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
