/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The odds of a recipe that may heal in many ways: each pour in one of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/appraise.h>
#include <tonsure/difference.h>

#include "support/healed.h"
#include "trial.h"

enum { WAYS = 24 };

typedef struct ways {
    trial t;
    tns_surface surfaces[WAYS];
    double weights[WAYS];
    tns_match *match;
} ways;

static void begin(ways *w, tns_reducer reducer)
{
    tns_error err;
    tns_skin skin = light_skin();
    uint64_t state = 11;
    start(&w->t, 3, true, 5);
    draw_healed(&skin, WAYS, 3, w->surfaces);
    for (int i = 0; i < WAYS; i++)
        w->weights[i] = draw_between(&state, 0.2, 1);
    w->t.request.surfaces = w->surfaces;
    w->t.request.surface_weights = w->weights;
    w->t.request.surface_count = WAYS;
    w->t.request.reducer = reducer;
    w->t.request.max_units = 6;
    w->t.request.max_shade = 10;
    w->t.request.tolerance = 2;
    double amounts[4] = {3, 1, 1, 10}, K[TNS_BANDS], S[TNS_BANDS];
    ck_assert(tns_mixture_coefficients(&w->t.s.palette, amounts, K, S, &err));
    w->t.request.target = tns_surface_reflectance(&w->surfaces[0], K, S);
    w->match = solve(&w->t);
    ck_assert(tns_match_appraise(&w->t.request, NULL, NULL, w->match, &err));
}

/* L*, a*, b* of a recipe on one surface. */
static tns_lab seen_on(const ways *w, const tns_recipe *r, int way)
{
    double amounts[4] = {0}, K[TNS_BANDS], S[TNS_BANDS];
    tns_error err;
    for (size_t i = 0; i < r->part_count; i++)
        amounts[r->parts[i].pigment] = r->parts[i].fraction;
    amounts[3] += r->diluent.fraction;
    ck_assert(tns_mixture_coefficients(&w->t.s.palette, amounts, K, S, &err));
    tns_spectrum seen = tns_surface_reflectance(&w->surfaces[way], K, S);
    return tns_lab_from_spectrum(&seen, &w->t.viewings[0]);
}

START_TEST(what_healing_moves_is_the_spread_of_the_ways_about_the_blend)
{
    ways w;
    begin(&w, TNS_REDUCE_BLEND);
    for (size_t k = 0; k < w.match->recipe_count; k++) {
        const tns_recipe *r = &w.match->recipes[k];
        double sum = 0, weights = 0;
        for (int i = 0; i < WAYS; i++) {
            double de = tns_de00(r->color[0].lab, seen_on(&w, r, i));
            sum += w.weights[i] * de * de;
            weights += w.weights[i];
        }
        ck_assert_double_gt(r->odds.by_healing, 0.5);
        ck_assert_double_eq_tol(r->odds.by_healing, sqrt(sum / weights), 1e-9);
    }
    tns_match_destroy(w.match);
}
END_TEST

static double axis_of(tns_lab lab, int axis)
{
    return axis == 0 ? lab.L : axis == 1 ? lab.a : lab.b;
}

/* The weights of the ways that show less, and not more, than so much. */
static void share_below(const ways *w, const tns_lab *seen, int axis, double value, double *less,
                        double *not_more)
{
    double weights = *less = *not_more = 0;
    for (int i = 0; i < WAYS; i++) {
        double here = axis_of(seen[i], axis);
        *less += here < value - 1e-9 ? w->weights[i] : 0;
        *not_more += here <= value + 1e-9 ? w->weights[i] : 0;
        weights += w->weights[i];
    }
    *less /= weights;
    *not_more /= weights;
}

START_TEST(nine_in_ten_single_ways_lie_between_low_and_high)
{
    ways w;
    begin(&w, TNS_REDUCE_BLEND);
    for (size_t k = 0; k < w.match->recipe_count; k++) {
        const tns_odds *odds = &w.match->recipes[k].odds;
        tns_lab seen[WAYS];
        double less, not_more;
        for (int i = 0; i < WAYS; i++)
            seen[i] = seen_on(&w, &w.match->recipes[k], i);
        for (int axis = 0; axis < 3; axis++) {
            share_below(&w, seen, axis, axis_of(odds->low, axis), &less, &not_more);
            ck_assert_msg(less < 0.05 && not_more >= 0.05, "%zu.%d: low", k, axis);
            share_below(&w, seen, axis, axis_of(odds->high, axis), &less, &not_more);
            ck_assert_msg(less < 0.95 && not_more >= 0.95, "%zu.%d: high", k, axis);
        }
    }
    tns_match_destroy(w.match);
}
END_TEST

START_TEST(a_pour_of_a_blend_is_near_as_often_as_its_ways_are)
{
    ways w;
    begin(&w, TNS_REDUCE_BLEND);
    for (size_t k = 0; k < w.match->recipe_count; k++) {
        const tns_recipe *r = &w.match->recipes[k];
        tns_lab target = tns_lab_from_spectrum(&w.t.request.target, &w.t.viewings[0]);
        double within = 0, near = 0, darker = 0, weights = 0;
        for (int i = 0; i < WAYS; i++) {
            tns_lab lab = seen_on(&w, r, i);
            double de = tns_de00(target, lab);
            within += de <= 2 ? w.weights[i] : 0;
            near += de <= r->odds.de00_p95 ? w.weights[i] : 0;
            darker += lab.L < target.L - TNS_DARKER_STEP ? w.weights[i] : 0;
            weights += w.weights[i];
        }
        /* how much drops scatter moves a way or two across */
        ck_assert_double_eq_tol(r->odds.p_within, within / weights, 0.12);
        ck_assert_double_eq_tol(r->odds.p_darker, darker / weights, 0.12);
        ck_assert_double_eq_tol(near / weights, 0.95, 0.08);
    }
    tns_match_destroy(w.match);
}
END_TEST

START_TEST(poor_odds_that_healing_makes_name_what_would_narrow_it)
{
    ways w;
    begin(&w, TNS_REDUCE_BLEND);
    for (size_t k = 0; k < w.match->recipe_count; k++) {
        const tns_recipe *r = &w.match->recipes[k];
        double others = fmax(fmax(r->odds.by_pouring, r->odds.by_palette), r->odds.by_target);
        bool due = r->odds.p_within < 0.5 && r->de00[0] <= w.match->tolerance &&
                   r->odds.by_healing > others;
        bool said = false;
        for (size_t i = 0; i < r->warnings.count; i++)
            said = said || strstr(r->warnings.text[i], "depth_mm and deposit");
        ck_assert_msg(said == due, "recipe %zu", k + 1);
        ck_assert(due || k > 0);
    }
    tns_match_destroy(w.match);
}
END_TEST

START_TEST(other_reducers_know_no_healing)
{
    ways w;
    begin(&w, TNS_REDUCE_MAX);
    for (size_t k = 0; k < w.match->recipe_count; k++)
        ck_assert(w.match->recipes[k].odds.by_healing == 0 && w.match->recipes[k].odds.low.L == 0 &&
                  w.match->recipes[k].odds.high.L == 0);
    tns_match_destroy(w.match);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("healing");
    TCase *tc = tcase_create("healing");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, what_healing_moves_is_the_spread_of_the_ways_about_the_blend);
    tcase_add_test(tc, nine_in_ten_single_ways_lie_between_low_and_high);
    tcase_add_test(tc, a_pour_of_a_blend_is_near_as_often_as_its_ways_are);
    tcase_add_test(tc, poor_odds_that_healing_makes_name_what_would_narrow_it);
    tcase_add_test(tc, other_reducers_know_no_healing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
