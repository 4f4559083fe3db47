/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/difference.h>

#include "match/bound/chromatic.h"
#include "support/draw.h"
#include "support/testing.h"

/* The part of dE00 squared that a* and b* make: all of it where L* does not differ. */
static double chromatic(tns_lab target, double a, double b)
{
    tns_lab lab = {target.L, a, b};
    double de = tns_de00(target, lab);
    return de * de;
}

/* Gray, nearly gray, blue (where R_T counts), any. */
static tns_lab draw_target(int kind, uint64_t *state)
{
    double wide = kind == 0 ? 0 : kind == 1 ? 1 : 70;
    tns_lab target = {draw_between(state, 0, 100), draw_between(state, -wide, wide),
                      draw_between(state, -wide, wide)};
    if (kind == 2) {
        target.a = draw_between(state, 0, 30);
        target.b = draw_between(state, -70, -20);
    }
    return target;
}

static tns_chromatic_area draw_area(tns_lab target, double enough, uint64_t *state)
{
    double near = 4 * sqrt(enough), half = exp(draw_between(state, -7, 4));
    double a = target.a + draw_between(state, -near, near);
    double b = target.b + draw_between(state, -near, near);
    if (draw(state) < 0.3) {
        a = draw_between(state, -110, 110);
        b = draw_between(state, -110, 110);
    }
    double half_a = half * draw(state), half_b = half * draw(state);
    tns_chromatic_area area = {a - half_a, a + half_a, b - half_b, b + half_b};
    return area;
}

START_TEST(no_color_of_an_area_is_nearer_than_the_table_says)
{
    static tns_chromatic table;
    uint64_t state = 71;
    for (int round = 0; round < 60; round++) {
        tns_lab target = draw_target(round % 5, &state);
        double enough = exp(draw_between(&state, -5, 5));
        tns_chromatic_init(&table, target, enough, 4 << round % 5);
        for (int i = 0; i < 2000; i++) {
            tns_chromatic_area area = draw_area(target, enough, &state);
            double a = draw_between(&state, area.a_low, area.a_high);
            double b = draw_between(&state, area.b_low, area.b_high);
            double g = chromatic(target, a, b), least = tns_chromatic_least(&table, area);
            ck_assert_msg(least <= g + 1e-12, "target %g %g, color %g %g: %.12g, dE00^2 %.12g",
                          target.a, target.b, a, b, least, g);
            double bound = tns_chromatic_bound(target, area);
            ck_assert_msg(bound <= g + 1e-12,
                          "target %g %g, color %g %g: bound %.12g, dE00^2 %.12g", target.a,
                          target.b, a, b, bound, g);
        }
    }
}
END_TEST

/* What lies beyond what was asked for is known to; what lies within is known to a cell or two. */
START_TEST(no_color_of_a_sector_is_nearer_than_the_bound_says)
{
    uint64_t state = 72;
    double lost = 0, found = 0;
    for (int i = 0; i < 200000; i++) {
        tns_lab target = draw_target(i % 5, &state);
        double hue = atan2(target.b, target.a), C = draw_between(&state, 0, 120);
        double h = hue + draw_between(&state, -3.14159, 3.14159);
        double wide = i % 2 ? exp(draw_between(&state, -9, 0)) : 0;
        tns_chromatic_sector s = {fmax(0, C - 30 * wide * draw(&state)), C + 30 * wide,
                                  fmax(hue - 3.1415926, h - wide * draw(&state)),
                                  fmin(hue + 3.1415926, h + wide)};
        double g = chromatic(target, C * cos(h), C * sin(h));
        double bound = tns_chromatic_sector_bound(target, s);
        ck_assert_msg(bound <= g + 1e-9, "target %g %g, C %g, h %g: %.12g, dE00^2 %.12g", target.a,
                      target.b, C, h, bound, g);
        lost += wide == 0 ? sqrt(g) - sqrt(bound) : 0;
        found += wide == 0 ? sqrt(g) : 0;
    }
    /* and of a point it is exact, but where hues jump */
    ck_assert_msg(lost < 0.001 * found, "%g of the differences lost", lost / found);
}
END_TEST

START_TEST(a_single_color_is_known_almost_exactly)
{
    static tns_chromatic table;
    uint64_t state = 73;
    double lost = 0, found = 0;
    for (int round = 0; round < 50; round++) {
        tns_lab target = draw_target(round % 5, &state);
        double enough = exp(draw_between(&state, -3, 4));
        tns_chromatic_init(&table, target, enough, TNS_CHROMATIC_CELLS);
        for (int i = 0; i < 2000; i++) {
            tns_chromatic_area area = draw_area(target, enough, &state);
            tns_chromatic_area point = {area.a_low, area.a_low, area.b_low, area.b_low};
            double g = chromatic(target, area.a_low, area.b_low);
            double least = tns_chromatic_least(&table, point);
            if (g > 1.3 * enough)
                ck_assert_msg(least >= 0.75 * enough,
                              "target %g %g, color %g %g, enough %g: %g of %g", target.a, target.b,
                              area.a_low, area.b_low, enough, least, g);
            if (g < enough) {
                lost += sqrt(g) - sqrt(least);
                found += sqrt(g);
            }
        }
    }
    ck_assert_msg(lost < 0.12 * found, "%g of the differences lost", lost / found);
}
END_TEST

/* Mean hues about 0, which the formula does not wrap around, and hues 180 deg apart. */
START_TEST(the_bound_holds_where_the_formula_jumps)
{
    uint64_t state = 79;
    for (int i = 0; i < 200000; i++) {
        double away = draw_between(&state, -0.3, 0.3) * draw(&state),
               C = draw_between(&state, 1, 80);
        double hue = i % 2 ? 3.14159265358979 : 0, tilt = draw_between(&state, -0.5, 0.5);
        tns_lab target = {50, C * cos(tilt), C * sin(tilt)};
        double other = hue - (i % 2 ? -tilt : tilt) + away * draw(&state),
               D = draw_between(&state, 1, 90);
        double half = i % 3 ? 0 : exp(draw_between(&state, -12, 0)), a = D * cos(other);
        double b = D * sin(other);
        tns_chromatic_area area = {a - half, a + half, b - half, b + half};
        double g = chromatic(target, a, b), bound = tns_chromatic_bound(target, area);
        ck_assert_msg(bound <= g + 1e-12, "target %g %g, color %g %g: bound %.12g, dE00^2 %.12g",
                      target.a, target.b, a, b, bound, g);
    }
}
END_TEST

START_TEST(an_area_without_end_has_the_target_in_it)
{
    static tns_chromatic table;
    tns_lab target = {50, 20, -10};
    tns_chromatic_area all = {-INFINITY, INFINITY, -INFINITY, INFINITY};
    tns_chromatic_init(&table, target, 4, 16);
    ck_assert(tns_chromatic_least(&table, all) == 0);
    tns_chromatic_init(&table, target, INFINITY, 64);
    ck_assert(tns_chromatic_least(&table, all) == 0);
    tns_chromatic_area beyond = {1000, INFINITY, -INFINITY, INFINITY};
    ck_assert(tns_chromatic_least(&table, beyond) > 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chromatic");
    TCase *tc = tcase_create("chromatic");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, no_color_of_an_area_is_nearer_than_the_table_says);
    tcase_add_test(tc, no_color_of_a_sector_is_nearer_than_the_bound_says);
    tcase_add_test(tc, a_single_color_is_known_almost_exactly);
    tcase_add_test(tc, the_bound_holds_where_the_formula_jumps);
    tcase_add_test(tc, an_area_without_end_has_the_target_in_it);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
