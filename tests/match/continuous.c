/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real amounts against a long multi-start: every set of pigments polished from many places. */
#include <stdlib.h>

#include "match/real/continuous.h"
#include "match/search/polish.h"
#include "shelf.h"

enum { PIGMENTS = 6, TOP = 6, STARTS = 12, PROBLEMS = 20 };

typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[2];
    tns_match_request request;
} trial;

/* A mixture of all, tinged: near what can be reached, as a target of the trade is. */
static void draw_reachable(trial *t, uint64_t *state)
{
    double amounts[SHELF_MAX] = {0}, K[TNS_BANDS], S[TNS_BANDS], tinge[TNS_BANDS];
    tns_error err;
    for (size_t i = 0; i < t->s.palette.count; i++)
        amounts[i] = draw(state);
    draw_curve(state, 0.2, tinge);
    ck_assert(tns_mixture_coefficients(&t->s.palette, amounts, K, S, &err));
    t->request.target = tns_surface_reflectance(&t->surface, K, S);
    for (int b = 0; b < TNS_BANDS; b++)
        t->request.target.value[b] *= 0.9 + tinge[b];
}

static void start(trial *t, bool film, uint64_t *state)
{
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, PIGMENTS, true, TNS_BY_VOLUME, state);
    t->surface = tns_surface_opaque(&t->s.palette);
    tns_spectrum backing = tns_spectrum_constant(0);
    tns_error err;
    draw_curve(state, 0.8, backing.value);
    if (film)
        ck_assert(tns_surface_film(&t->s.palette, &backing, draw_between(state, 0.3, 2),
                                   &t->surface, &err));
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("A/10");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .surfaces = &t->surface,
                                     .surface_count = 1,
                                     .viewings = t->viewings,
                                     .weights = {1, 0.25},
                                     .viewing_count = 2,
                                     .max_pigments = 3,
                                     .continuous = true,
                                     .top = TOP};
    draw_reachable(t, state);
}

static tns_support draw_start(const tns_problem *problem, const tns_support *support,
                              uint64_t *state)
{
    tns_support from = *support;
    double sum = 0;
    for (int i = 0; i < from.count; i++)
        sum += from.units[i] = exp(draw_between(state, -5, 5));
    for (int i = 0; i < from.count; i++)
        from.units[i] /= sum;
    from.shade = problem->max_shade * draw(state) * draw(state);
    tns_support_rate(problem, &from);
    return from;
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* A polish creeps to an edge of the amounts; one that is well inside is no such creep. */
static bool well_inside(const tns_problem *problem, const tns_support *support)
{
    double liquid = 0, least = INFINITY;
    for (int i = 0; i < support->count; i++) {
        const tns_component *c = &problem->components[support->component[i]];
        liquid += support->units[i] * (c->amount + support->shade * c->dilution);
        least = fmin(least, support->units[i] * c->amount);
    }
    return least > 5 * TNS_LEAST_SHARE * liquid;
}

static unsigned set_of(const tns_support *support)
{
    unsigned set = 0;
    for (int i = 0; i < support->count; i++)
        set |= 1u << support->component[i];
    return set;
}

/* A smaller set that does better is what this one would come to with less of the rest. */
static bool needs_all(const tns_support *found, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if ((set_of(&found[i]) & ~set_of(&found[at])) == 0 &&
            found[i].objective <= found[at].objective)
            return false;
    return true;
}

/* The best of each set, those that need all their pigments, sorted. */
static size_t multi_start(const trial *t, double *best, uint64_t *state)
{
    tns_problem problem;
    tns_error err;
    size_t count, whole = 0;
    ck_assert(tns_problem_init(&problem, &t->request, &err));
    tns_support *list = tns_supports_list(&problem, &count, &err);
    for (size_t i = 0; i < count; i++) {
        const tns_support set = list[i];
        for (int k = 0; k < STARTS; k++) {
            tns_support from = draw_start(&problem, &set, state);
            tns_polish(&problem, &from);
            list[i] = from.objective < list[i].objective ? from : list[i];
        }
        if (well_inside(&problem, &list[i]) && needs_all(list, i))
            best[whole++] = list[i].objective;
    }
    qsort(best, whole, sizeof *best, rising);
    free(list);
    tns_problem_finish(&problem);
    return whole;
}

/* No place of the list is farther than that of a multi-start's. */
static void check_against_multi_start(const trial *t, int problem, uint64_t *state)
{
    tns_error err;
    double best[64];
    size_t whole = multi_start(t, best, state), wanted = whole < TOP ? whole : TOP;
    tns_match *match = tns_match_solve(&t->request, NULL, &err);
    ck_assert_msg(match != NULL, "%s", err.text);
    ck_assert_msg(match->recipe_count >= wanted, "problem %d: %zu of %zu", problem,
                  match->recipe_count, wanted);
    for (size_t i = 0; i < wanted; i++)
        ck_assert_msg(match->recipes[i].objective <= best[i] + 0.01,
                      "problem %d, place %zu: %.5f, multi-start %.5f", problem, i + 1,
                      match->recipes[i].objective, best[i]);
    tns_match_destroy(match);
}

START_TEST(a_long_multi_start_finds_nothing_better)
{
    uint64_t state = 83;
    for (int round = 0; round < PROBLEMS; round++) {
        trial t;
        start(&t, round % 3 == 2, &state);
        check_against_multi_start(&t, round, &state);
    }
}
END_TEST

/*
 * Of 6000 problems drawn so these lose a set of their list, from the third place on, where no
 * descent begins beside the end of a smaller set that a trace of what is missing makes better.
 */
START_TEST(a_set_is_found_beside_the_end_of_a_smaller_one)
{
    static const int seeds[] = {1802, 3092, 3458};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        uint64_t state = (uint64_t)seeds[i];
        trial t;
        start(&t, true, &state);
        check_against_multi_start(&t, seeds[i], &state);
    }
}
END_TEST

static bool same_set(const tns_recipe *a, const tns_recipe *b)
{
    for (size_t i = 0; i < a->part_count && i < b->part_count; i++)
        if (a->parts[i].pigment != b->parts[i].pigment)
            return false;
    return a->part_count == b->part_count;
}

START_TEST(each_set_is_listed_once_with_all_its_pigments_best_first)
{
    uint64_t state = 89;
    for (int round = 0; round < 8; round++) {
        trial t;
        tns_error err;
        start(&t, round % 2, &state);
        tns_match *match = tns_match_solve(&t.request, NULL, &err);
        ck_assert_msg(match != NULL, "%s", err.text);
        ck_assert(!match->search.exact);
        for (size_t i = 0; i < match->recipe_count; i++) {
            const tns_recipe *one = &match->recipes[i];
            double sum = 0;
            for (size_t k = 0; k < one->part_count; k++) {
                ck_assert(one->parts[k].fraction >= TNS_LEAST_SHARE);
                sum += one->parts[k].fraction;
            }
            double diluted = one->real_shade;
            ck_assert(diluted > 0 || fabs(sum - 1) < 1e-9);
            ck_assert(i == 0 || one->objective >= match->recipes[i - 1].objective);
            for (size_t k = 0; k < i; k++)
                ck_assert(!same_set(one, &match->recipes[k]));
        }
        tns_match_destroy(match);
    }
}
END_TEST

START_TEST(real_amounts_are_no_worse_than_whole_ones)
{
    uint64_t state = 97;
    for (int round = 0; round < 6; round++) {
        trial t;
        tns_error err;
        start(&t, round % 2, &state);
        tns_match *real = tns_match_solve(&t.request, NULL, &err);
        t.request.continuous = false;
        t.request.max_units = 12;
        tns_match *whole = tns_match_solve(&t.request, NULL, &err);
        ck_assert(real && whole);
        ck_assert(real->recipes[0].objective <= whole->recipes[0].objective + 1e-3);
        tns_match_destroy(real);
        tns_match_destroy(whole);
    }
}
END_TEST

/* The nearest, where no more than so near is asked for. */
static tns_match *nearest(trial *t, double near_enough)
{
    tns_error err;
    t->request.top = 1;
    t->request.near_enough = near_enough;
    tns_match *match = tns_match_solve(&t->request, NULL, &err);
    ck_assert_msg(match != NULL, "%s", err.text);
    return match;
}

START_TEST(as_near_as_is_enough_is_found_sooner_and_what_is_not_enough_changes_nothing)
{
    uint64_t state = 107;
    int sooner = 0;
    for (int round = 0; round < 12; round++) {
        trial t;
        start(&t, round % 2, &state);
        tns_match *best = nearest(&t, 0);
        double objective = best->recipes[0].objective;
        tns_match *enough = nearest(&t, 2 * objective + 0.1);
        tns_match *too_far = nearest(&t, 0.5 * objective);
        ck_assert(enough->recipes[0].objective < 2 * objective + 0.1);
        ck_assert(too_far->recipes[0].objective == objective);
        sooner += enough->search.evaluated < best->search.evaluated;
        tns_match_destroy(best);
        tns_match_destroy(enough);
        tns_match_destroy(too_far);
    }
    ck_assert_int_gt(sooner, 0);
}
END_TEST

static void check_same(const tns_match_request *request, int threads)
{
    tns_error err;
    tns_match_request alone = *request, shared = *request;
    alone.threads = 1;
    shared.threads = threads;
    tns_match *a = tns_match_solve(&alone, NULL, &err);
    tns_match *b = tns_match_solve(&shared, NULL, &err);
    ck_assert(a && b);
    ck_assert_uint_eq(a->recipe_count, b->recipe_count);
    for (size_t i = 0; i < a->recipe_count; i++) {
        ck_assert(same_set(&a->recipes[i], &b->recipes[i]));
        ck_assert(a->recipes[i].objective == b->recipes[i].objective);
    }
    tns_match_destroy(a);
    tns_match_destroy(b);
}

START_TEST(threads_give_the_same_answer)
{
    uint64_t state = 101;
    for (int round = 0; round < 9; round++) {
        trial t;
        start(&t, round % 3 == 1, &state);
        if (round % 3 == 2) /* out of reach, where descents end far from where a polish would */
            for (int b = 0; b < TNS_BANDS; b++)
                t.request.target.value[b] = b < 20 ? 0.9 : 0.02;
        t.request.top = 20;
        check_same(&t.request, 7);
    }
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
    uint64_t state = 103;
    trial t;
    tns_error err;
    start(&t, false, &state);
    t.request.never_darker = true;
    ck_assert(tns_match_solve(&t.request, NULL, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    t.request.never_darker = false;
    t.request.max_pigments = -1;
    ck_assert(tns_match_solve(&t.request, NULL, &err) == NULL);
    tns_match_destroy(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("continuous");
    TCase *tc = tcase_create("continuous");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_long_multi_start_finds_nothing_better);
    tcase_add_test(tc, a_set_is_found_beside_the_end_of_a_smaller_one);
    tcase_add_test(tc, each_set_is_listed_once_with_all_its_pigments_best_first);
    tcase_add_test(tc, real_amounts_are_no_worse_than_whole_ones);
    tcase_add_test(tc, as_near_as_is_enough_is_found_sooner_and_what_is_not_enough_changes_nothing);
    tcase_add_test(tc, threads_give_the_same_answer);
    tcase_add_test(tc, what_makes_no_sense_is_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
