/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/colorimetry.h>
#include <tonsure/difference.h>
#include <tonsure/dots.h>
#include <tonsure/estimate.h>

#include "support/testing.h"

static const tns_dots_order orders[] = {TNS_DOTS_RANDOM, TNS_DOTS_GRID};

static tns_spectrum spectrum_of(tns_lab lab, tns_prior prior)
{
    tns_viewing viewing;
    tns_spectrum out;
    tns_error err = {0};
    ck_assert(tns_viewing_find("D65/10", &viewing, &err));
    ck_assert_msg(tns_spectrum_estimate(lab, &viewing, prior, &out, &err), "%s", err.text);
    return out;
}

/*
 * Skin 66/10/16 and dots of 30/2/3, mixed in X, Y, Z by Murray and Davies (n = 1) and by Yule and
 * Nielsen (n = 2), to the digits given. Mixing bands is the same for n = 1, and near it for n = 2.
 */
START_TEST(the_geometry_of_real_dots_gives_the_published_tones)
{
    static const struct {
        const char *label;
        double diameter_mm, per_cm2, percent, percent_to, L[2], de00[2];
    } rows[] = {
        {"healed, 100", 0.15, 100, 1.8, 0.05, {65.6, 65.4}, {0.3, 0.5}},
        {"healed, 200", 0.15, 200, 3.5, 0.05, {65.2, 64.9}, {0.7, 0.9}},
        {"fresh, 100", 0.25, 100, 4.8, 0.05, {64.9, 64.5}, {0.9, 1.3}},
        {"fresh, 200", 0.25, 200, 9.4, 0.05, {63.8, 63.0}, {1.8, 2.6}},
        {"blurred, 200", 0.40, 200, 22, 0.5, {60.7, 58.8}, {4.6, 6.4}},
    };
    const tns_lab skin = {66, 10, 16};
    tns_spectrum bare = spectrum_of(skin, TNS_PRIOR_SKIN);
    tns_spectrum dot = spectrum_of((tns_lab){30, 2, 3}, TNS_PRIOR_ANY);
    tns_viewing viewing;
    ck_assert(tns_viewing_find("D65/10", &viewing, NULL));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double a = tns_dots_coverage(TNS_DOTS_RANDOM, rows[i].per_cm2, rows[i].diameter_mm);
        CHECK_NEAR(rows[i].label, 100 * a, rows[i].percent, rows[i].percent_to);
        for (int n = 1; n <= 2; n++) {
            tns_spectrum area = tns_dots_area(&dot, &bare, a, n);
            tns_lab lab = tns_lab_from_spectrum(&area, &viewing);
            CHECK_NEAR(rows[i].label, lab.L, rows[i].L[n - 1], 0.051);
            CHECK_NEAR(rows[i].label, tns_de00(skin, lab), rows[i].de00[n - 1], 0.06);
        }
    }
}
END_TEST

/* pi/4 where the circles touch; all of it when they reach the middle of four; few do not overlap.
   At radius 0.6 of the pitch: 36 pi - 4 (36 acos(5/6) - 5 sqrt(11)) = 95.09 %. */
START_TEST(coverage_is_that_of_circles)
{
    static const struct {
        const char *label;
        tns_dots_order order;
        double per_cm2, diameter_mm, expected;
    } rows[] = {
        {"none", TNS_DOTS_RANDOM, 0, 0.2, 0},
        {"none on a grid", TNS_DOTS_GRID, 0, 0.2, 0},
        {"one of 1 mm, random", TNS_DOTS_RANDOM, 1, 1, 0.0078232},
        {"one of 1 mm, grid", TNS_DOTS_GRID, 1, 1, 0.0078540},
        {"touching", TNS_DOTS_GRID, 100, 1, 0.7853982},
        {"as much, random", TNS_DOTS_RANDOM, 100, 1, 0.5440619},
        {"overlapping", TNS_DOTS_GRID, 100, 1.2, 0.9509112},
        {"no gap left", TNS_DOTS_GRID, 100, 1.41422, 1},
        {"far beyond", TNS_DOTS_GRID, 1e6, 3, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_NEAR(rows[i].label,
                   tns_dots_coverage(rows[i].order, rows[i].per_cm2, rows[i].diameter_mm),
                   rows[i].expected, 1e-7);
}
END_TEST

START_TEST(density_and_diameter_are_found_back_from_the_coverage)
{
    for (int o = 0; o < 2; o++)
        for (double a = 0.001; a < 0.99; a += 0.0371) {
            double N = tns_dots_density(orders[o], a, 0.15);
            double d = tns_dots_diameter(orders[o], a, 120);
            CHECK_NEAR("by density", tns_dots_coverage(orders[o], N, 0.15), a, 1e-12);
            CHECK_NEAR("by diameter", tns_dots_coverage(orders[o], 120, d), a, 1e-12);
        }
    ck_assert(isinf(tns_dots_density(TNS_DOTS_RANDOM, 1, 0.15)));
    ck_assert(isfinite(tns_dots_density(TNS_DOTS_GRID, 1, 0.15)));
    ck_assert(tns_dots_density(TNS_DOTS_GRID, 0, 0.15) == 0);
}
END_TEST

START_TEST(a_grid_covers_more_than_chance_and_no_more_than_its_dots)
{
    for (double N = 10; N < 4000; N *= 1.3) {
        double random = tns_dots_coverage(TNS_DOTS_RANDOM, N, 0.25);
        double grid = tns_dots_coverage(TNS_DOTS_GRID, N, 0.25);
        ck_assert(grid > random && grid <= N * 0.25 * 0.25 * 0.7853982 / 100 && grid <= 1);
    }
}
END_TEST

START_TEST(an_area_lies_between_dot_and_skin_in_each_band_and_more_scatter_makes_it_darker)
{
    tns_spectrum skin = spectrum_of((tns_lab){66, 10, 16}, TNS_PRIOR_SKIN);
    tns_spectrum dot = spectrum_of((tns_lab){25, 0, -4}, TNS_PRIOR_ANY);
    tns_spectrum none = tns_dots_area(&dot, &skin, 0, 1.7), all = tns_dots_area(&dot, &skin, 1, 2);
    for (int b = 0; b < TNS_BANDS; b++) {
        CHECK_NEAR("no dots", none.value[b], skin.value[b], 1e-12);
        CHECK_NEAR("nothing but dots", all.value[b], dot.value[b], 1e-12);
    }
    for (double a = 0.1; a < 1; a += 0.2) {
        tns_spectrum one = tns_dots_area(&dot, &skin, a, 1), two = tns_dots_area(&dot, &skin, a, 2);
        for (int b = 0; b < TNS_BANDS; b++) {
            CHECK_NEAR("by area", one.value[b], a * dot.value[b] + (1 - a) * skin.value[b], 1e-12);
            ck_assert(two.value[b] < one.value[b] && two.value[b] > dot.value[b]);
        }
    }
    ck_assert(none.reconstructed);
    ck_assert_str_eq(none.prior, "skin");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dots");
    TCase *tc = tcase_create("dots");
    tcase_add_test(tc, the_geometry_of_real_dots_gives_the_published_tones);
    tcase_add_test(tc, coverage_is_that_of_circles);
    tcase_add_test(tc, density_and_diameter_are_found_back_from_the_coverage);
    tcase_add_test(tc, a_grid_covers_more_than_chance_and_no_more_than_its_dots);
    tcase_add_test(tc,
                   an_area_lies_between_dot_and_skin_in_each_band_and_more_scatter_makes_it_darker);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
