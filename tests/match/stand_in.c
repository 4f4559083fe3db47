/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "match/bound/bound.h"
#include "match/bound/stand_in.h"
#include "match/search/exact.h"
#include "shelf.h"
#include "support/healed.h"

enum { WAYS = 64 };

typedef struct trial {
    shelf s;
    size_t count;
    tns_surface surfaces[WAYS];
    double weights[WAYS];
    tns_viewing viewings[2];
    tns_match_request request;
    tns_problem problem;
    tns_stand_in *stand_in;
} trial;

/* A drawn shelf on skins that differ as skins do, and their films more than healed ones do. */
static void start(trial *t, uint64_t *state)
{
    tns_error err;
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, 5, true, TNS_BY_VOLUME, state);
    for (int i = 0; i < 5; i++)
        for (int b = 0; b < TNS_BANDS; b++) {
            t->s.pigments[i].K[b] *= draw(state) < 0.03 ? 0 : 1;
            t->s.pigments[i].S[b] *= draw(state) < 0.03 ? 0 : 1;
        }
    tns_skin skin = draw(state) < 0.5 ? light_skin() : dark_skin();
    t->count = (size_t)draw_int(state, 2, WAYS);
    draw_healed(&skin, t->count, (uint64_t)draw_int(state, 1, 1000), t->surfaces);
    for (size_t i = 0; i < t->count; i++) {
        t->surfaces[i].load *= exp(draw_between(state, -0.5, 0.5));
        t->weights[i] = draw(state) < 0.1 && i > 0 ? 0 : draw_between(state, 0.1, 1);
    }
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("F11/10");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .surfaces = t->surfaces,
                                     .surface_weights = t->weights,
                                     .surface_count = t->count,
                                     .reducer = TNS_REDUCE_BLEND,
                                     .viewings = t->viewings,
                                     .weights = {1, draw(state) < 0.3 ? 0 : 0.5},
                                     .viewing_count = 2,
                                     .max_shade = 20,
                                     .threads = 1};
    t->request.target = tns_spectrum_constant(0.3);
    ck_assert_msg(tns_problem_init(&t->problem, &t->request, &err), "%s", err.text);
    t->stand_in = tns_stand_in_create(&t->problem);
    ck_assert(t->stand_in != NULL);
}

static void finish(trial *t)
{
    tns_stand_in_destroy(t->stand_in);
    tns_problem_finish(&t->problem);
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

/* The stand-in's own film, without its rest. */
static double film_of(const tns_screen_surface *s, int b, double K, double S)
{
    double R =
        tns_km_film(s->host_K[b] + s->load[b] * K, s->host_S[b] + s->load[b] * S, 1, s->backing[b]);
    return s->c0[b] + s->c1[b] * R / (1 - s->c2[b] * R);
}

START_TEST(the_rest_is_what_the_stand_in_leaves_over)
{
    enum { ROUNDS = 3, MIXTURES = 100 };
    uint64_t state = 91;
    trial *t = malloc(sizeof *t);
    double most_rest = 0, most_error = 0;
    ck_assert(t != NULL);
    for (int round = 0; round < ROUNDS; round++) {
        start(t, &state);
        const tns_goal *goal = &t->problem.goal;
        const tns_screen_surface *s = &t->stand_in->surface;
        for (int n = 0; n < MIXTURES; n++) {
            tns_coefficients mix, other;
            draw_mixture(t, &state, &mix);
            draw_mixture(t, &state, &other);
            tns_spectrum seen = tns_goal_predicted(goal, &mix);
            for (int b = 0; b < TNS_BANDS; b++) {
                const tns_rest_band *r = &s->rest->band[b];
                double rest = seen.value[b] - film_of(s, b, mix.K[b], mix.S[b]);
                float K = s->host_K[b] + s->load[b] * (float)mix.K[b];
                float S = s->host_S[b] + s->load[b] * (float)mix.S[b];
                float far_K = s->host_K[b] + s->load[b] * (float)other.K[b];
                float far_S = s->host_S[b] + s->load[b] * (float)other.S[b];
                double error = t->stand_in->row_error[b];
                tns_rest_range at = tns_rest_over(r, K, K, S, S);
                tns_rest_range box = tns_rest_over(r, fminf(K, far_K), fmaxf(K, far_K),
                                                   fminf(S, far_S), fmaxf(S, far_S));
                most_rest = fmax(most_rest, fabs(rest));
                most_error = fmax(most_error, error);
                ck_assert_msg(fabs(tns_rest_at(r, K, S) - rest) <= error,
                              "round %d, band %d: rest %g, tabled %g", round, b, rest,
                              tns_rest_at(r, K, S));
                ck_assert_msg(at.low <= rest && rest <= at.high, "round %d, band %d: %g of %g..%g",
                              round, b, rest, at.low, at.high);
                ck_assert_msg(box.low <= at.low && at.high <= box.high, "round %d, band %d", round,
                              b);
                ck_assert(seen.value[b] >= t->stand_in->darkest[b] - 1e-12);
            }
        }
        finish(t);
    }
    free(t);
    /* and it is told far better than it is large */
    ck_assert_msg(most_rest > 1e-3 && most_error < 0.1 * most_rest, "%g, %g", most_rest,
                  most_error);
}
END_TEST

START_TEST(no_mixture_of_the_corners_is_nearer_than_the_bound)
{
    enum { ROUNDS = 3, HULLS = 60, MOST = 5 };
    static const tns_ink NOTHING = {.amount = 0};
    uint64_t state = 93;
    trial *t = malloc(sizeof *t);
    int shown = 0, all = 0;
    ck_assert(t != NULL);
    for (int round = 0; round < ROUNDS; round++) {
        start(t, &state);
        for (int hull = 0; hull < HULLS; hull++) {
            tns_coefficients point[MOST], mix = {{0}, {0}}, far;
            tns_ink ink[MOST];
            tns_corner corners[MOST];
            tns_bound bound;
            tns_error err;
            int count = draw_int(&state, 1, MOST);
            double near = exp(draw_between(&state, -6, 0)), weight[MOST], sum = 0;
            for (int i = 0; i < count; i++) {
                tns_mix one = {.amount = exp(draw_between(&state, -2, 2))};
                draw_mixture(t, &state, &point[i]);
                sum += weight[i] = draw(&state) + 1e-3;
                for (int b = 0; b < TNS_BANDS; b++) {
                    point[i].K[b] = point[0].K[b] + near * (point[i].K[b] - point[0].K[b]);
                    point[i].S[b] = point[0].S[b] + near * (point[i].S[b] - point[0].S[b]);
                    one.K[b] = one.amount * point[i].K[b];
                    one.S[b] = one.amount * point[i].S[b];
                }
                tns_ink_set(&ink[i], &one);
                corners[i] = (tns_corner){&NOTHING, &ink[i], 1};
            }
            for (int i = 0; i < count; i++)
                for (int b = 0; b < TNS_BANDS; b++) {
                    mix.K[b] += weight[i] / sum * point[i].K[b];
                    mix.S[b] += weight[i] / sum * point[i].S[b];
                }
            tns_goal *goal = &t->problem.goal;
            draw_mixture(t, &state, &far);
            tns_spectrum at = tns_goal_predicted(goal, &mix), to = tns_goal_predicted(goal, &far);
            double away = exp(draw_between(&state, -6, 0));
            for (int b = 0; b < TNS_BANDS; b++)
                at.value[b] += away * (to.value[b] - at.value[b]);
            for (size_t v = 0; v < goal->viewing_count; v++)
                goal->target[v] = tns_lab_from_spectrum(&at, &goal->viewings[v]);
            double value = tns_goal_value(goal, &mix, INFINITY);
            goal->stand_in = t->stand_in;
            ck_assert(tns_bound_init(&bound, goal, 2 * value + 1e-3, TNS_CHROMATIC_CELLS,
                                     tns_cpu_isa(), &err));
            ck_assert_msg(tns_bound_value(&bound, corners, count, value + 1e-9) <= value + 1e-9,
                          "round %d, hull %d: %g is ruled out", round, hull, value);
            tns_screen_parts parts = {.count = count};
            double row[TNS_LANES];
            for (int i = 0; i < count; i++) {
                parts.ink[i] = &ink[i];
                for (int lane = 0; lane < TNS_LANES; lane++)
                    parts.amount[i][lane] = (float)(weight[i] / sum / ink[i].amount);
            }
            tns_bound_row(&bound, &parts, INFINITY, row);
            ck_assert_msg(row[3] <= value + 1e-7, "round %d, hull %d: row %.9g, objective %.9g",
                          round, hull, row[3], value);
            if (near < 0.02 && value > 0.1) {
                all++;
                shown += tns_bound_value(&bound, corners, count, value / 2) > value / 2;
            }
            tns_bound_finish(&bound);
        }
        finish(t);
    }
    free(t);
    /* and it says something: most pieces so small are ruled out when twice as far */
    ck_assert_msg(all > 20 && shown > 0.5 * all, "%d of %d", shown, all);
}
END_TEST

/* The list by the stand-in, or film by film. */
static void run_search(trial *t, bool stands, int threads, tns_toplist *list)
{
    tns_bound bound;
    tns_error err;
    uint64_t evaluated;
    size_t count;
    tns_support *supports = tns_supports_list(&t->problem, &count, &err);
    t->problem.goal.stand_in = stands ? t->stand_in : NULL;
    ck_assert(supports && tns_toplist_init(list, t->problem.top, &err));
    ck_assert(tns_bound_init(&bound, &t->problem.goal, INFINITY,
                             stands ? TNS_CHROMATIC_CELLS : TNS_CHROMATIC_CELLS / 4, tns_cpu_isa(),
                             &err));
    tns_exact_job job = {&t->problem, &bound, supports, count, INFINITY, threads};
    ck_assert(tns_exact_search(&job, NULL, list, &evaluated, &err));
    tns_bound_finish(&bound);
    free(supports);
}

static void compare(int round, const tns_toplist *a, const tns_toplist *b)
{
    ck_assert_msg(a->count == b->count, "problem %d: %zu and %zu", round, a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        ck_assert_msg(memcmp(&a->picks[i], &b->picks[i], sizeof a->picks[i]) == 0,
                      "problem %d: rank %zu differs", round, i + 1);
}

START_TEST(a_search_by_the_stand_in_loses_no_recipe)
{
    enum { PROBLEMS = 3 };
    uint64_t state = 97;
    trial *t = malloc(sizeof *t);
    ck_assert(t != NULL);
    for (int round = 0; round < PROBLEMS; round++) {
        tns_coefficients at;
        tns_toplist films, one, two;
        tns_error err;
        start(t, &state);
        draw_mixture(t, &state, &at);
        tns_match_request q = t->request;
        q.target = tns_goal_predicted(&t->problem.goal, &at);
        q.max_pigments = 3;
        q.max_units = draw_int(&state, 4, 7);
        q.top = draw_int(&state, 1, 8);
        tns_problem_finish(&t->problem);
        t->request = q;
        ck_assert(tns_problem_init(&t->problem, &t->request, &err));
        run_search(t, false, 1, &films);
        run_search(t, true, 1, &one);
        run_search(t, true, 2, &two);
        compare(round, &films, &one);
        compare(round, &films, &two);
        tns_toplist_finish(&films);
        tns_toplist_finish(&one);
        tns_toplist_finish(&two);
        finish(t);
    }
    free(t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stand_in");
    TCase *tc = tcase_create("stand_in");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, the_rest_is_what_the_stand_in_leaves_over);
    tcase_add_test(tc, no_mixture_of_the_corners_is_nearer_than_the_bound);
    tcase_add_test(tc, a_search_by_the_stand_in_loses_no_recipe);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
