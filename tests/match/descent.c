/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descents: that they end in a valley, at the objective they say, on each instruction set alike. */
#include <stdlib.h>

#include "match/real/evened.h"
#include "match/real/starts.h"
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
    tns_descend(&t->field, t->problem.max_parts, (tns_descent_end){.gain = least_gain}, ends,
                t->count);
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
        tns_descend(&t.field, t.problem.max_parts, (tns_descent_end){.gain = 1e-3F}, &alone, 1);
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

/* What a smaller set ended at, and so much of one part. */
static tns_descent with_trace(const tns_support *support, int part, const tns_descent *without,
                              float trace)
{
    tns_descent with = tns_start_middle(support);
    for (int i = 0; i < without->count; i++)
        with.at[i < part ? i : i + 1] = without->at[i];
    with.at[part] = trace;
    with.at[with.count] = without->at[without->count];
    return with;
}

/*
 * Whether a trace of what is wanted does make things better; farther away than 5 the slopes leave
 * too much of CIEDE2000 out.
 */
static void check_pulls(trial *t, const tns_descent *ends, tns_isa isa, uint64_t *wanted)
{
    size_t smaller = PIGMENTS + PIGMENTS * (PIGMENTS - 1) / 2;
    tns_descent_field_set(&t->field, &t->problem.goal, t->problem.max_shade, isa);
    tns_descent_pulls(&t->field, 2, PIGMENTS, ends, smaller, wanted);
    for (size_t i = smaller; i < t->count; i++)
        for (int part = 0; part < 3; part++) {
            int set[2] = {t->supports[i].component[part == 0],
                          t->supports[i].component[2 - part / 2]};
            size_t without = tns_supports_find(&t->problem, set, 2);
            tns_descent none = with_trace(&t->supports[i], part, &ends[without], -30);
            tns_descent trace = with_trace(&t->supports[i], part, &ends[without], -9);
            double before = objective(t, &none), gained = before - objective(t, &trace);
            if (before < 5 && fabs(gained) > 1e-4)
                ck_assert_msg((wanted[without] >> t->supports[i].component[part] & 1) ==
                                  (gained > 0),
                              "set %zu, part %d: %g", i, part, gained);
        }
}

START_TEST(what_an_end_wants_makes_it_better)
{
    uint64_t state = 233, plain[64], wide[64];
    for (int kind = 0; kind < PROBLEMS; kind++) {
        trial t;
        start(&t, kind, &state);
        tns_descent *ends = descend(&t, tns_cpu_isa(), 1e-3F);
        check_pulls(&t, ends, TNS_ISA_PLAIN, plain);
        for (tns_isa isa = TNS_ISA_AVX2; isa <= tns_cpu_isa(); isa++) {
            check_pulls(&t, ends, isa, wide);
            ck_assert_mem_eq(plain, wide, 21 * sizeof *plain);
        }
        free(ends);
        finish(&t);
    }
}
END_TEST

/* There it is no worse without the part, but for what is no straight line from there to none. */
START_TEST(a_descent_ends_early_only_where_a_part_would_better_be_none)
{
    uint64_t state = 239;
    int early = 0;
    for (int kind = 0; kind < PROBLEMS; kind++) {
        trial t;
        start(&t, kind, &state);
        tns_descent *ends = descend(&t, tns_cpu_isa(), 1e-3F);
        for (size_t i = 0; i < t.count; i++) {
            tns_descent end = tns_start_middle(&t.supports[i]);
            double least = INFINITY;
            tns_descend(&t.field, t.problem.max_parts, (tns_descent_end){1e-3F, 0.1F}, &end, 1);
            if (end.value == ends[i].value)
                continue;
            for (int part = 0; part < end.count; part++) {
                tns_descent less = end;
                less.at[part] = -20;
                least = fmin(least, objective(&t, &less));
            }
            double here = objective(&t, &end);
            if (here < 5)
                ck_assert_double_le(least, here + 0.01);
            early++;
        }
        free(ends);
        finish(&t);
    }
    ck_assert_int_gt(early, 10);
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
    tcase_add_test(tc, what_an_end_wants_makes_it_better);
    tcase_add_test(tc, a_descent_ends_early_only_where_a_part_would_better_be_none);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
