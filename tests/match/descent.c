/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descents: that they end in a valley, at the objective they say, on each instruction set alike. */
#include <stdlib.h>

#include "match/evened.h"
#include "match/starts.h"
#include "shelf.h"

enum { PIGMENTS = 6, PROBLEMS = 4 };

typedef struct trial {
    shelf s;
    tns_surface surfaces[2];
    tns_viewing viewings[2];
    tns_match_request request;
    tns_problem problem;
    tns_evened inks;
    tns_descent_field field;
    tns_support *supports;
    size_t count;
} trial;

/* Opaque; a film; a film under two thicknesses; opaque below what corrects. */
static void start(trial *t, int kind, uint64_t *state)
{
    tns_spectrum backing = tns_spectrum_constant(0);
    tns_error err;
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, PIGMENTS, true, TNS_BY_VOLUME, state);
    t->s.palette.model.k2 = kind == 3 ? 0.5 : 0;
    t->surfaces[0] = tns_surface_opaque(&t->s.palette);
    draw_curve(state, 0.8, backing.value);
    for (int i = 0; i < 2 && kind % 3; i++)
        ck_assert(tns_surface_film(&t->s.palette, &backing, 0.5 + 2 * i, &t->surfaces[i], &err));
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("A/10");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .surfaces = t->surfaces,
                                     .surface_count = kind == 2 ? 2 : 1,
                                     .viewings = t->viewings,
                                     .weights = {1, 0.25},
                                     .viewing_count = 2,
                                     .max_pigments = 3,
                                     .continuous = true};
    draw_curve(state, draw_between(state, 0.1, 0.8), t->request.target.value);
    ck_assert_msg(tns_problem_init(&t->problem, &t->request, &err), "%s", err.text);
    ck_assert(tns_evened_init(&t->inks, &t->problem));
    t->supports = tns_supports_list(&t->problem, &t->count, &err);
    t->field.inks = t->inks.inks;
    t->field.takes = t->inks.takes;
    t->field.diluent = &t->inks.water;
}

static void finish(trial *t)
{
    free(t->supports);
    tns_evened_finish(&t->inks);
    tns_problem_finish(&t->problem);
}

static tns_descent *descend(trial *t, tns_isa isa, float least_gain)
{
    tns_descent *ends = calloc(t->count, sizeof *ends);
    for (size_t i = 0; i < t->count; i++)
        ends[i] = tns_start_middle(&t->supports[i]);
    tns_descent_field_set(&t->field, &t->problem.goal, t->problem.max_shade, isa);
    tns_descend(&t->field, t->problem.max_parts, least_gain, ends, t->count);
    return ends;
}

static bool same_bits(const tns_descent *a, const tns_descent *b)
{
    return memcmp(a->at, b->at, sizeof a->at) == 0 &&
           memcmp(&a->value, &b->value, sizeof a->value) == 0;
}

START_TEST(every_instruction_set_ends_at_the_same_bits)
{
    uint64_t state = 211;
    for (int kind = 0; kind < PROBLEMS; kind++) {
        trial t;
        start(&t, kind, &state);
        tns_descent *plain = descend(&t, TNS_ISA_PLAIN, 1e-3F);
        for (tns_isa isa = TNS_ISA_AVX2; isa <= tns_cpu_isa(); isa++) {
            tns_descent *wide = descend(&t, isa, 1e-3F);
            for (size_t i = 0; i < t.count; i++)
                ck_assert_msg(same_bits(&plain[i], &wide[i]), "%s, kind %d, set %zu",
                              tns_isa_name(isa), kind, i);
            free(wide);
        }
        free(plain);
        finish(&t);
    }
}
END_TEST

/* The same sets, one at a time. */
START_TEST(lanes_know_nothing_of_each_other)
{
    uint64_t state = 223;
    trial t;
    start(&t, 1, &state);
    tns_descent *together = descend(&t, tns_cpu_isa(), 1e-3F);
    for (size_t i = 0; i < t.count; i++) {
        tns_descent alone = tns_start_middle(&t.supports[i]);
        tns_descend(&t.field, t.problem.max_parts, 1e-3F, &alone, 1);
        ck_assert(same_bits(&alone, &together[i]));
    }
    free(together);
    finish(&t);
}
END_TEST

static double objective(const trial *t, const tns_descent *at)
{
    tns_support support;
    tns_evened_support(&t->inks, at, &support);
    return support.objective;
}

/* Single precision and a CIEDE2000 of its own: 0.001 is what the header says. */
START_TEST(a_descent_ends_at_the_objective_it_says)
{
    uint64_t state = 227;
    for (int kind = 0; kind < PROBLEMS; kind++) {
        trial t;
        start(&t, kind, &state);
        tns_descent *ends = descend(&t, tns_cpu_isa(), 1e-3F);
        for (size_t i = 0; i < t.count; i++)
            ck_assert_double_eq_tol(sqrt((double)ends[i].value), objective(&t, &ends[i]), 0.001);
        free(ends);
        finish(&t);
    }
}
END_TEST

/*
 * A tenth more or less of one part: 0.002 is twice what single precision hides. Farther away than 5
 * the slopes leave too much of CIEDE2000 out; a polish takes what is left there.
 */
START_TEST(next_to_an_end_nothing_is_better)
{
    uint64_t state = 229;
    for (int kind = 0; kind < PROBLEMS; kind++) {
        trial t;
        start(&t, kind, &state);
        tns_descent *ends = descend(&t, tns_cpu_isa(), 2e-5F);
        for (size_t i = 0; i < t.count; i++)
            for (int k = 0; k < 2 * (ends[i].count + 1); k++) {
                tns_descent aside = ends[i];
                aside.at[k / 2] += k % 2 ? 0.1F : -0.1F;
                double here = objective(&t, &ends[i]);
                if (here < 5)
                    ck_assert_double_ge(objective(&t, &aside), here - 0.002 - 0.002 * here);
            }
        free(ends);
        finish(&t);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("descent");
    TCase *tc = tcase_create("descent");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, every_instruction_set_ends_at_the_same_bits);
    tcase_add_test(tc, lanes_know_nothing_of_each_other);
    tcase_add_test(tc, a_descent_ends_at_the_objective_it_says);
    tcase_add_test(tc, next_to_an_end_nothing_is_better);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
