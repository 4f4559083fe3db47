/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/pot/advise_table.h"

#include <stdlib.h>
#include <string.h>

tns_mix tns_advise_unit(const tns_advise_table *t, const tns_guess *guess, int component)
{
    const tns_pot *pot = &t->job->pot;
    const tns_component *one = &t->components[component];
    int part = tns_pot_place(pot, one->pigment);
    tns_mix unit = part >= 0 ? guess->bottle[part] : tns_component_unit(one), acting = {0};
    tns_mix_add(&acting, tns_effective_strength(pot, guess->factor, one->pigment), &unit);
    return acting;
}

/* The pot and the units as they are likeliest. */
static void fill_units(tns_advise_table *t)
{
    const tns_guess *likeliest = &t->job->guesses.likeliest;
    tns_pot_mix(&t->job->pot, likeliest->factor, likeliest->bottle, &t->additions.pot);
    for (int c = 0; c < t->additions.count; c++)
        t->units[c] = tns_advise_unit(t, likeliest, c);
}

void tns_advise_table_finish(tns_advise_table *t)
{
    free(t->components);
    free(t->units);
    free(t->ml);
    free(t->dark);
}

static void fill_components(tns_advise_table *t)
{
    const tns_problem *problem = &t->job->problem;
    size_t n = problem->count;
    memcpy(t->components, problem->components, n * sizeof *t->components);
    if (tns_pot_may_dilute(t->job))
        t->components[n] =
            tns_component_make(problem->palette, problem->diluent_index, problem->unit, NULL);
    for (size_t i = 0; i <= n; i++)
        t->ml[i] = t->components[i].ml;
}

bool tns_advise_table_init(tns_advise_table *t, const tns_pot_job *job, tns_error *err)
{
    const tns_problem *problem = &job->problem;
    size_t n = problem->count;
    *t = (tns_advise_table){.job = job,
                            .components = calloc(n + 1, sizeof *t->components),
                            .units = calloc(n + 1, sizeof *t->units),
                            .ml = calloc(n + 1, sizeof *t->ml),
                            .dark = calloc(n + 1, sizeof *t->dark)};
    if (!t->components || !t->units || !t->ml || !t->dark) {
        tns_advise_table_finish(t);
        return tns_error_set(err, TNS_ERROR_MEMORY, "correct: no memory for %zu pigments", n);
    }
    fill_components(t);
    t->additions = (tns_additions){.goal = &problem->goal,
                                   .units = t->units,
                                   .offset = job->offset,
                                   .count = (int)n + tns_pot_may_dilute(job),
                                   .colored = (int)n,
                                   .max_pigments = problem->max_parts,
                                   .max_units = problem->max_units,
                                   .margin = TNS_MOST_MARGIN,
                                   .ml = t->ml,
                                   .max_shade = problem->max_shade};
    tns_pot_volumes(job, &t->additions.pigment_ml, &t->additions.diluent_ml);
    fill_units(t);
    return true;
}

void tns_advise_mix(const tns_advise_table *t, const tns_pick *pick, const double *extra,
                    tns_coefficients *out)
{
    double units[TNS_PARTS_MAX] = {0}; /* of a pick of none */
    for (int i = 0; i < pick->count; i++)
        units[i] = pick->units[i] + (extra ? extra[i] : 0);
    tns_additions_mix(&t->additions, pick->count, pick->component, units, out);
}
