/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/difference.h>

#include "match/bound.h"
#include "shelf.h"

typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[2];
    tns_match_request request;
    tns_goal goal;
    tns_bound bound;
} trial;

static void start(trial *t, bool film, uint64_t *state)
{
    tns_error err;
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, 5, true, TNS_BY_VOLUME, state);
    t->surface = tns_surface_opaque(&t->s.palette);
    tns_spectrum backing = tns_spectrum_constant(0);
    draw_curve(state, 0.8, backing.value);
    if (film)
        ck_assert(tns_surface_film(&t->s.palette, &backing, exp(draw_between(state, -3, 2)),
                                   &t->surface, &err));
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("F11/2");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .surfaces = &t->surface,
                                     .surface_count = 1,
                                     .viewings = t->viewings,
                                     .weights = {1, 0.5},
                                     .viewing_count = 2};
    draw_curve(state, draw_between(state, 0.02, 1), t->request.target.value);
    ck_assert(tns_goal_init(&t->goal, &t->request, &err));
    ck_assert(tns_bound_init(&t->bound, &t->goal, &err));
}

static void finish(trial *t)
{
    tns_bound_finish(&t->bound);
    tns_goal_finish(&t->goal);
}

/* Intervals of any width, wide and narrow in one, and a spectrum inside, often at an edge. */
static void draw_inside(uint64_t *state, tns_reach *reach, tns_spectrum *inside)
{
    tns_spectrum middle = tns_spectrum_constant(0);
    draw_curve(state, draw_between(state, 0.02, 0.9), middle.value);
    double width = exp(draw_between(state, -9, -1)), edge = draw(state);
    for (int b = 0; b < TNS_BANDS; b++) {
        reach->low[b] = fmax(0, middle.value[b] - width * draw(state));
        reach->high[b] = fmin(1, middle.value[b] + width * draw(state));
        double at = draw(state);
        at = edge < 0.3 ? round(at) : edge < 0.5 ? 0 : edge < 0.7 ? 1 : at;
        inside->value[b] = reach->low[b] + at * (reach->high[b] - reach->low[b]);
    }
}

START_TEST(no_spectrum_within_reach_is_nearer_than_the_bound)
{
    uint64_t state = 41;
    trial t;
    for (int round = 0; round < 120000; round++) {
        if (round % 400 == 0)
            start(&t, false, &state);
        tns_reach reach;
        tns_spectrum inside = tns_spectrum_constant(0);
        draw_inside(&state, &reach, &inside);
        size_t v = (size_t)round % 2;
        double de = tns_de00(t.goal.target[v], tns_lab_from_spectrum(&inside, &t.viewings[v]));
        double bound = sqrt(tns_bound_squared_de00(&t.bound.viewings[v], &reach, INFINITY));
        ck_assert_msg(bound <= de + 1e-10, "round %d: bound %.12g, dE00 %.12g", round, bound, de);
        if (round % 400 == 399)
            finish(&t);
    }
}
END_TEST

static void draw_mixture(const trial *t, uint64_t *state, tns_coefficients *out)
{
    double amounts[6];
    tns_error err;
    for (int i = 0; i < 6; i++)
        amounts[i] = draw(state) < 0.4 ? 0 : exp(draw_between(state, -3, 3));
    amounts[draw_int(state, 0, 4)] += 0.1;
    ck_assert(tns_mixture_coefficients(&t->s.palette, amounts, out->K, out->S, &err));
}

/* A few mixtures, near each other or not, and one made of them. */
static size_t draw_hull(const trial *t, uint64_t *state, tns_coefficients points[5],
                        tns_coefficients *inside)
{
    size_t count = (size_t)draw_int(state, 1, 5);
    double near = draw(state) < 0.5 ? draw(state) * 0.2 : 1, weights = 0;
    *inside = (tns_coefficients){{0}, {0}};
    for (size_t i = 0; i < count; i++) {
        draw_mixture(t, state, &points[i]);
        double weight = draw(state) < 0.2 ? 0 : exp(draw_between(state, -4, 4));
        weights += weight;
        for (int b = 0; b < TNS_BANDS; b++) {
            points[i].K[b] = points[0].K[b] + near * (points[i].K[b] - points[0].K[b]);
            points[i].S[b] = points[0].S[b] + near * (points[i].S[b] - points[0].S[b]);
            inside->K[b] += weight * points[i].K[b];
            inside->S[b] += weight * points[i].S[b];
        }
    }
    for (int b = 0; b < TNS_BANDS && weights > 0; b++) {
        inside->K[b] /= weights;
        inside->S[b] /= weights;
    }
    if (weights == 0)
        *inside = points[0];
    return count;
}

START_TEST(no_mixture_of_the_corners_is_nearer_than_the_bound)
{
    uint64_t state = 43;
    trial t;
    double bounds = 0, values = 0;
    for (int round = 0; round < 30000; round++) {
        if (round % 100 == 0)
            start(&t, round % 300 != 0, &state);
        tns_coefficients points[5], inside;
        size_t count = draw_hull(&t, &state, points, &inside);
        double value = tns_goal_value(&t.goal, &inside, INFINITY);
        double bound = tns_bound_value(&t.bound, points, count, INFINITY);
        ck_assert_msg(bound <= value + 1e-10, "round %d: bound %.12g, objective %.12g", round,
                      bound, value);
        if (count == 1) {
            bounds += bound;
            values += value;
        }
        if (round % 100 == 99)
            finish(&t);
    }
    /* and it says something: on single mixtures it is most of the objective */
    ck_assert_msg(bounds > 0.6 * values, "bounds are %g of the objectives", bounds / values);
}
END_TEST

START_TEST(one_mixture_alone_reaches_its_own_reflectance_only)
{
    uint64_t state = 53;
    trial t;
    for (int round = 0; round < 2000; round++) {
        start(&t, round % 4 != 0, &state);
        double thinness = exp(draw_between(&state, -30, 5));
        tns_coefficients mix;
        tns_reach reach;
        draw_mixture(&t, &state, &mix);
        for (int b = 0; b < TNS_BANDS; b++) {
            mix.K[b] *= draw(&state) < 0.1 ? 0 : thinness;
            mix.S[b] *= thinness;
        }
        tns_spectrum seen = tns_surface_reflectance(&t.surface, mix.K, mix.S);
        tns_reach_of(&t.surface, &mix, 1, &reach);
        for (int b = 0; b < TNS_BANDS; b++) {
            CHECK_NEAR("low", reach.low[b], seen.value[b], 1e-12);
            CHECK_NEAR("high", reach.high[b], seen.value[b], 1e-12);
        }
        finish(&t);
    }
}
END_TEST

START_TEST(bands_without_scattering_or_absorption_are_bounded_too)
{
    uint64_t state = 47;
    trial t;
    for (int round = 0; round < 4000; round++) {
        if (round % 50 == 0)
            start(&t, round % 100 == 0, &state);
        tns_coefficients points[5], inside;
        for (int i = 0; i < 5; i++)
            for (int b = 0; b < TNS_BANDS; b++) {
                t.s.pigments[i].K[b] *= draw(&state) < 0.1 ? 0 : 1;
                t.s.pigments[i].S[b] *= draw(&state) < 0.1 ? 0 : 1;
            }
        size_t count = draw_hull(&t, &state, points, &inside);
        double value = tns_goal_value(&t.goal, &inside, INFINITY);
        double bound = tns_bound_value(&t.bound, points, count, INFINITY);
        ck_assert_msg(bound <= value + 1e-10, "round %d: bound %.12g, objective %.12g", round,
                      bound, value);
        if (round % 50 == 49)
            finish(&t);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bound");
    TCase *tc = tcase_create("bound");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, no_spectrum_within_reach_is_nearer_than_the_bound);
    tcase_add_test(tc, no_mixture_of_the_corners_is_nearer_than_the_bound);
    tcase_add_test(tc, one_mixture_alone_reaches_its_own_reflectance_only);
    tcase_add_test(tc, bands_without_scattering_or_absorption_are_bounded_too);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
