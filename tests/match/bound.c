/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/difference.h>

#include "match/bound/bound.h"
#include "shelf.h"

typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[2];
    tns_match_request request;
    tns_goal goal;
    tns_bound bound;
    double enough;
    tns_isa isa;
} trial;

static void start(trial *t, bool film, uint64_t *state)
{
    tns_error err;
    memset(t, 0, sizeof *t);
    t->isa = draw_int(state, 0, (int)tns_cpu_isa());
    t->enough = draw(state) < 0.2 ? INFINITY : exp(draw_between(state, -1, 4));
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
    if (draw(state) < 0.5) {
        t->surface.outer = (tns_saunderson){draw_between(state, 0, 0.06),
                                            draw_between(state, 0, 0.7), draw(state) < 0.5};
        for (int b = 0; b < TNS_BANDS; b++) {
            t->surface.over_R[b] = draw_between(state, 0, 0.1);
            t->surface.over_T2[b] = draw_between(state, 0.3, 0.8);
            t->surface.over_Rb[b] = draw_between(state, 0, 0.2);
        }
    }
    draw_curve(state, draw_between(state, 0.02, 1), t->request.target.value);
    ck_assert(tns_goal_init(&t->goal, &t->request, &err));
    ck_assert(
        tns_bound_init(&t->bound, &t->goal, t->enough, 8 << draw_int(state, 0, 2), t->isa, &err));
}

static void finish(trial *t)
{
    tns_bound_finish(&t->bound);
    tns_goal_finish(&t->goal);
}

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

static void to_ink(const tns_coefficients *point, double amount, tns_ink *ink)
{
    tns_mix mix = {.amount = amount};
    for (int b = 0; b < TNS_BANDS; b++) {
        mix.K[b] = amount * point->K[b];
        mix.S[b] = amount * point->S[b];
    }
    tns_ink_set(ink, &mix);
}

/* Below the objective, or beyond what was asked for and then so is the objective. */
static void check_bound(const trial *t, const char *what, double bound, double value)
{
    bool holds = isinf(bound) ? value > t->enough : bound <= value + 1e-10;
    ck_assert_msg(holds, "%s: bound %.12g, objective %.12g, enough %g, %s", what, bound, value,
                  t->enough, tns_isa_name(t->isa));
}

static const tns_ink NOTHING = {.amount = 0};

/* The corners as sums of two inks, or of one and nothing. */
static double bound_of(const trial *t, const tns_coefficients *points, size_t count,
                       uint64_t *state)
{
    tns_ink half[5];
    tns_corner corners[5];
    for (size_t i = 0; i < count; i++) {
        double amount = exp(draw_between(state, -3, 3));
        int n = draw_int(state, 0, 3);
        to_ink(&points[i], amount, &half[i]);
        corners[i] = (tns_corner){n ? &NOTHING : &half[i], &half[i], (float)n};
    }
    return tns_bound_value(&t->bound, corners, (int)count, t->enough);
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
        double bound = bound_of(&t, points, count, &state);
        check_bound(&t, "hull", bound, value);
        if (count == 1 && isfinite(bound)) {
            bounds += bound;
            values += value;
        }
        if (round % 100 == 99)
            finish(&t);
    }
    /* and it says something, though the colors' table is coarse where much is enough */
    ck_assert_msg(bounds > 0.6 * values, "bounds are %g of the objectives", bounds / values);
}
END_TEST

/* Mixtures of n = first.. units of one ink with another, which may be nothing. */
START_TEST(no_mixture_of_a_row_is_nearer_than_its_bound)
{
    uint64_t state = 59;
    trial t;
    double bounds = 0, values = 0;
    for (int round = 0; round < 4000; round++) {
        if (round % 50 == 0)
            start(&t, round % 150 != 0, &state);
        tns_coefficients base, unit, other, mixed;
        tns_ink from, step, back;
        double low[TNS_LANES], share = draw(&state) < 0.1 ? 0 : exp(draw_between(&state, -2, 3));
        int first = draw_int(&state, 1, 40);
        draw_mixture(&t, &state, &base);
        draw_mixture(&t, &state, &unit);
        draw_mixture(&t, &state, &other);
        to_ink(&other, 1, &back);
        to_ink(&base, share, &from);
        to_ink(&unit, 1, &step);
        tns_screen_parts parts = {.count = 2 + round % 2, .ink = {&from, &step, &back}};
        for (int i = 0; i < TNS_LANES; i++) {
            parts.amount[0][i] = 1;
            parts.amount[1][i] = (float)(first + i);
            parts.amount[2][i] = (float)(9 - i);
        }
        tns_bound_row(&t.bound, &parts, t.enough, low);
        for (int i = 0; i < TNS_LANES; i++) {
            double n = first + i, m = parts.count > 2 ? 9 - i : 0;
            for (int b = 0; b < TNS_BANDS; b++) {
                mixed.K[b] = (share * base.K[b] + n * unit.K[b] + m * other.K[b]) / (share + n + m);
                mixed.S[b] = (share * base.S[b] + n * unit.S[b] + m * other.S[b]) / (share + n + m);
            }
            double value = tns_goal_value(&t.goal, &mixed, INFINITY);
            check_bound(&t, "row", low[i], value);
            bounds += isfinite(low[i]) ? low[i] : 0;
            values += isfinite(low[i]) ? value : 0;
        }
        if (round % 50 == 49)
            finish(&t);
    }
    ck_assert_msg(bounds > 0.6 * values, "bounds are %g of the objectives", bounds / values);
}
END_TEST

START_TEST(one_mixture_alone_reaches_its_own_color_only)
{
    uint64_t state = 53;
    trial t;
    for (int round = 0; round < 2000; round++) {
        start(&t, round % 4 != 0, &state);
        double thinness = exp(draw_between(&state, -20, 5)), error[3];
        tns_coefficients mix;
        tns_ink ink;
        tns_screen_reach reach;
        draw_mixture(&t, &state, &mix);
        for (int b = 0; b < TNS_BANDS; b++) {
            mix.K[b] *= draw(&state) < 0.1 ? 0 : thinness;
            mix.S[b] *= thinness;
        }
        to_ink(&mix, 1, &ink);
        tns_spectrum seen = tns_surface_reflectance(&t.surface, mix.K, mix.S);
        tns_screen_row_error(&t.bound.sights[0], error);
        tns_corner corner = {&NOTHING, &ink, 1};
        t.bound.kernels->reach(&t.bound.sights[0], &t.bound.eye, &corner, 1, NULL, &reach);
        for (int v = 0; v < 2; v++) {
            tns_lab lab = tns_lab_from_spectrum(&seen, &t.viewings[v]);
            double at[3] = {lab.L, lab.a, lab.b};
            for (int i = 0; i < 3; i++) {
                ck_assert(reach.low[i][v] <= at[i] && at[i] <= reach.high[i][v]);
                ck_assert(reach.high[i][v] - reach.low[i][v] <= 4 * error[i] + 0.01);
            }
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
        check_bound(&t, "bare bands", bound_of(&t, points, count, &state), value);
        if (round % 50 == 49)
            finish(&t);
    }
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_bits)
{
    uint64_t state = 61;
    trial t;
    for (int round = 0; round < 200; round++) {
        start(&t, round % 3 != 0, &state);
        tns_coefficients points[5], inside;
        tns_ink inks[5], sum = NOTHING, other_sum = NOTHING;
        tns_corner corners[5];
        tns_screen_reach reach = {{{0}}, {{0}}}, other = reach;
        tns_screen_row row[2] = {{{{0}}}}, other_row[2] = {{{{0}}}};
        size_t count = draw_hull(&t, &state, points, &inside);
        for (size_t i = 0; i < count; i++) {
            to_ink(&points[i], 1, &inks[i]);
            corners[i] = (tns_corner){&inks[0], &inks[i], (float)i};
        }
        tns_screen_parts parts = {.count = 2, .ink = {&inks[0], &inks[count - 1]}};
        for (int i = 0; i < TNS_LANES; i++) {
            parts.amount[0][i] = 3;
            parts.amount[1][i] = (float)i;
        }
        const tns_screen_kernels *plain = &tns_screen_kernels_plain, *here = t.bound.kernels;
        const tns_screen_sight *sight = &t.bound.sights[0];
        plain->reach(sight, &t.bound.eye, corners, (int)count, NULL, &reach);
        here->reach(sight, &t.bound.eye, corners, (int)count, NULL, &other);
        plain->row(sight, &t.bound.eye, &parts, row);
        here->row(sight, &t.bound.eye, &parts, other_row);
        plain->add(&sum, &inks[0], 7, &inks[count - 1], &NOTHING);
        here->add(&other_sum, &inks[0], 7, &inks[count - 1], &NOTHING);
        ck_assert(memcmp(&sum, &other_sum, sizeof sum) == 0);
        ck_assert_msg(memcmp(&reach, &other, sizeof reach) == 0, "%s", tns_isa_name(t.isa));
        ck_assert_msg(memcmp(row, other_row, sizeof row) == 0, "%s", tns_isa_name(t.isa));
        finish(&t);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bound");
    TCase *tc = tcase_create("bound");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, no_mixture_of_the_corners_is_nearer_than_the_bound);
    tcase_add_test(tc, no_mixture_of_a_row_is_nearer_than_its_bound);
    tcase_add_test(tc, one_mixture_alone_reaches_its_own_color_only);
    tcase_add_test(tc, bands_without_scattering_or_absorption_are_bounded_too);
    tcase_add_test(tc, every_instruction_set_gives_the_same_bits);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
