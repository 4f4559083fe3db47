/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shelves with more supports than are all guessed at. */
#include <stdlib.h>

#include "match/search/guess.h"
#include "match/search/rate.h"
#include "match/search/rounding.h"
#include "match/search/seed.h"
#include "shelf.h"

enum { MANY = 26, UNITS = 5, TOP = 6 };

typedef struct trial {
    tns_palette palette;
    tns_pigment pigments[MANY];
    tns_surface surface;
    tns_viewing viewings[2];
    tns_match_request request;
} trial;

static void start(trial *t, uint64_t *state)
{
    memset(t, 0, sizeof *t);
    t->palette.count = MANY;
    t->palette.pigments = t->pigments;
    for (int i = 0; i < MANY; i++) {
        tns_pigment *p = &t->pigments[i];
        snprintf(p->id, sizeof p->id, "p%d", i);
        draw_curve(state, exp(draw_between(state, -2, 3)), p->K);
        draw_curve(state, draw_between(state, 0.2, 4), p->S);
        p->cost_per_ml = draw_between(state, 0.1, 3);
    }
    t->surface = tns_surface_opaque(&t->palette);
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("A/10");
    t->request = (tns_match_request){.palette = &t->palette,
                                     .surfaces = &t->surface,
                                     .surface_count = 1,
                                     .viewings = t->viewings,
                                     .weights = {1, 0.5},
                                     .viewing_count = 2,
                                     .max_pigments = 3,
                                     .max_units = UNITS,
                                     .top = TOP};
    draw_curve(state, 0.5, t->request.target.value);
}

START_TEST(a_support_is_found_where_it_is_listed)
{
    uint64_t state = 5;
    trial t;
    tns_problem problem;
    tns_error err;
    size_t count;
    start(&t, &state);
    ck_assert(tns_problem_init(&problem, &t.request, &err));
    tns_support *list = tns_supports_list(&problem, &count, &err);
    ck_assert_uint_eq(count, MANY + MANY * (MANY - 1) / 2 + MANY * (MANY - 1) * (MANY - 2) / 6);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(tns_supports_find(&problem, list[i].component, list[i].count), i);
    free(list);
    tns_problem_finish(&problem);
}
END_TEST

/* The best seed of all, were each one seeded, against the best of those that were. */
START_TEST(guesses_are_few_and_have_the_best_or_nearly)
{
    uint64_t state = 7;
    trial t;
    double missed = 0;
    for (int round = 0; round < 4; round++) {
        tns_problem problem;
        tns_error err;
        size_t count, seeded = 0;
        double best = INFINITY, guessed = INFINITY;
        start(&t, &state);
        ck_assert(tns_problem_init(&problem, &t.request, &err));
        tns_support *list = tns_supports_list(&problem, &count, &err);
        ck_assert(tns_guess(&problem, &t.request.target, list, count, NULL, &err));
        for (size_t i = 0; i < count; i++) {
            tns_support one = list[i];
            tns_seed(&problem, &t.request.target, &one);
            best = fmin(best, one.objective);
            if (isinf(list[i].objective))
                continue;
            seeded++;
            guessed = fmin(guessed, list[i].objective);
            ck_assert(list[i].objective == one.objective);
        }
        ck_assert_uint_lt(seeded, count / 2);
        missed = fmax(missed, guessed - best);
        free(list);
        tns_problem_finish(&problem);
    }
    ck_assert_msg(missed < 0.2, "the best guess is %g off", missed);
}
END_TEST

/* The least objective one exchange away: a unit of one part for one of another. */
static double best_neighbour(const tns_problem *problem, const tns_pick *pick)
{
    double best = INFINITY;
    for (int from = 0; from < pick->count; from++)
        for (int to = 0; to < pick->count; to++) {
            tns_pick other = *pick;
            other.units[from]--;
            other.units[to]++;
            if (from == to || other.units[from] == 0)
                continue;
            tns_pick_rate(problem, &other, INFINITY);
            best = fmin(best, other.objective);
        }
    return best;
}

/* Even parts are no fit: the nearest whole units are far from the best, some exchanges away. */
START_TEST(roundings_of_a_fixed_total_go_down_by_exchanges)
{
    enum { ROUNDS = 20 };
    uint64_t state = 9;
    trial t;
    int at_rest = 0;
    for (int round = 0; round < ROUNDS; round++) {
        tns_problem problem;
        tns_toplist list;
        tns_error err;
        start(&t, &state);
        t.request.max_units = 20;
        t.request.exactly = true;
        ck_assert(tns_problem_init(&problem, &t.request, &err));
        ck_assert(tns_toplist_init(&list, 10, &err));
        tns_support even = {.count = 3, .component = {round, round + 1, round + 3}};
        for (int i = 0; i < 3; i++)
            even.units[i] = 1.0 / 3;
        tns_round_support(&problem, &even, &list);
        ck_assert_uint_gt(list.count, 1);
        for (size_t i = 0; i < list.count; i++) {
            const tns_pick *one = &list.picks[i];
            ck_assert_int_eq(one->units[0] + one->units[1] + one->units[2], 20);
            ck_assert(i == 0 || one->objective >= list.picks[i - 1].objective);
        }
        tns_pick nearest = {.count = 3, .component = {round, round + 1, round + 3}};
        memcpy(nearest.units, (int[]){7, 7, 6}, 3 * sizeof(int));
        ck_assert_double_le(list.picks[0].objective, best_neighbour(&problem, &nearest));
        at_rest += list.picks[0].objective <= best_neighbour(&problem, &list.picks[0]);
        tns_toplist_finish(&list);
        tns_problem_finish(&problem);
    }
    ck_assert_msg(at_rest >= ROUNDS / 4, "%d of %d at rest", at_rest, ROUNDS);
}
END_TEST

static int divisor(const int *units, int count)
{
    int common = 0;
    for (int i = 0; i < count; i++) {
        int a = units[i], b = common;
        while (b) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        common = a;
    }
    return common;
}

static double rate(const tns_problem *problem, int count, const int *component, const int *units)
{
    double amounts[3];
    tns_coefficients mix;
    for (int i = 0; i < count; i++)
        amounts[i] = units[i];
    tns_problem_mix(problem, count, component, amounts, 0, &mix);
    return tns_goal_value(&problem->goal, &mix, INFINITY);
}

static void keep(double best[TOP], double value)
{
    int at = TOP;
    for (; at > 0 && value < best[at - 1]; at--)
        if (at < TOP)
            best[at] = best[at - 1];
    if (at < TOP)
        best[at] = value;
}

static void rate_support(const tns_problem *problem, const tns_support *s, double best[TOP])
{
    int u[3];
    for (u[0] = 1; u[0] <= UNITS; u[0]++)
        for (u[1] = s->count > 1; u[1] <= (s->count > 1 ? UNITS - u[0] : 0); u[1]++)
            for (u[2] = s->count > 2; u[2] <= (s->count > 2 ? UNITS - u[0] - u[1] : 0); u[2]++)
                if (divisor(u, s->count) == 1)
                    keep(best, rate(problem, s->count, s->component, u));
}

START_TEST(supports_that_nobody_guessed_at_are_searched_too)
{
    uint64_t state = 11;
    trial t;
    for (int round = 0; round < 4; round++) {
        tns_problem problem;
        tns_error err;
        size_t count;
        double best[TOP];
        start(&t, &state);
        ck_assert(tns_problem_init(&problem, &t.request, &err));
        tns_support *list = tns_supports_list(&problem, &count, &err);
        for (int i = 0; i < TOP; i++)
            best[i] = INFINITY;
        for (size_t i = 0; i < count; i++)
            rate_support(&problem, &list[i], best);
        tns_match *match = tns_match_solve(&t.request, NULL, &err);
        ck_assert_msg(match != NULL, "%s", err.text);
        for (int i = 0; i < TOP; i++)
            CHECK_NEAR("objective", match->recipes[i].objective, best[i], 1e-9);
        tns_match_destroy(match);
        free(list);
        tns_problem_finish(&problem);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("guess");
    TCase *tc = tcase_create("guess");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_support_is_found_where_it_is_listed);
    tcase_add_test(tc, guesses_are_few_and_have_the_best_or_nearly);
    tcase_add_test(tc, roundings_of_a_fixed_total_go_down_by_exchanges);
    tcase_add_test(tc, supports_that_nobody_guessed_at_are_searched_too);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
