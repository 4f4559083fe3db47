/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/real/evened.h"

/* K + S in all bands. */
static double strength(const tns_ink *ink)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        sum += ink->K[b] + ink->S[b];
    return sum;
}

static void scale_ink(tns_ink *ink, double scale)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        ink->K[b] *= (float)scale;
        ink->S[b] *= (float)scale;
    }
    ink->amount *= (float)scale;
}

static void set_water(tns_evened *e)
{
    tns_mix water = {.amount = 1};
    memcpy(water.K, e->problem->diluent->K, sizeof water.K);
    memcpy(water.S, e->problem->diluent->S, sizeof water.S);
    tns_ink_set(&e->water, &water);
}

bool tns_evened_init(tns_evened *e, const tns_problem *problem)
{
    e->problem = problem;
    e->inks = calloc(problem->count, sizeof *e->inks);
    e->units = calloc(problem->count, sizeof *e->units);
    e->takes = calloc(problem->count, sizeof *e->takes);
    if (!e->inks || !e->units || !e->takes)
        return false;
    for (size_t i = 0; i < problem->count; i++) {
        tns_mix unit;
        tns_component_dilute(&problem->components[i], NULL, 0, &unit);
        tns_ink_set(&e->inks[i], &unit);
        e->units[i] = 1 / strength(&e->inks[i]);
        e->takes[i] = (float)(e->units[i] * problem->components[i].dilution);
        scale_ink(&e->inks[i], e->units[i]);
    }
    if (problem->diluent)
        set_water(e);
    return true;
}

void tns_evened_finish(tns_evened *e)
{
    free(e->inks);
    free(e->units);
    free(e->takes);
}

void tns_evened_support(const tns_evened *e, const tns_descent *at, tns_support *out)
{
    double sum = 0, y = at->at[at->count], most = e->problem->max_shade;
    out->count = at->count;
    for (int i = 0; i < out->count; i++) {
        out->component[i] = at->ink[i];
        out->units[i] = exp((double)at->at[i]) * e->units[at->ink[i]];
        sum += out->units[i];
    }
    for (int i = 0; i < out->count; i++)
        out->units[i] /= sum;
    out->shade = most > 0 ? most / (1 + exp(-y)) : 0;
    tns_support_rate(e->problem, out);
}
