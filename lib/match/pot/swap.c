/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * On a dark film two inks differ little from band to band, and a wrong one stays below what noise
 * may leave of any band. All bands together tell it: by the odds of the two explanations.
 */
#include <math.h>

#include "match/pot/swap.h"

/* Of any one of the parts to be of another bottle. */
static const double SWAPPED = 0.05;

/* So much likelier than the inks that were named; a logarithm. */
static const double SURE = 3;

/* What an explanation costs, its bands held against what noise and the palette may leave. */
static double cost_of(const tns_pot_job *j, const tns_pot *pot, const tns_effective *found,
                      const tns_bottles *named)
{
    tns_mix mix;
    double read[TNS_BANDS], cost = found->prior_cost;
    const tns_evidence *e = &j->evidence;
    tns_pot_mix(pot, found->factor, NULL, &mix);
    tns_spectrum seen = tns_evidence_see(e, &mix);
    tns_evidence_read(e, &seen, read);
    for (int b = 0; b < e->count; b++)
        cost += (e->value[b] - read[b]) * (e->value[b] - read[b]) / named->variance[b];
    return cost;
}

/* Whether it is an ink that was not put in, by what was said. */
static bool is_candidate(const tns_pot_job *j, int pigment)
{
    tns_pigment_kind kind = j->request->palette->pigments[pigment].kind;
    for (int i = 0; i < j->pot.count; i++)
        if (j->pot.components[i].pigment == pigment)
            return false;
    return kind == TNS_PIGMENT || kind == TNS_PRESHADE;
}

static double cost_with(const tns_pot_job *j, int part, int pigment, const tns_bottles *named,
                        double *units)
{
    tns_pot pot = j->pot;
    tns_effective found;
    tns_pot_fill(&pot, part, j->request->palette, pigment, j->request->unit);
    if (!tns_effective_fit(&pot, &j->evidence, &found, NULL))
        return INFINITY;
    *units = pot.units[part] * found.factor[part];
    return cost_of(j, &pot, &found, named);
}

tns_swap tns_swap_find(const tns_pot_job *job)
{
    const tns_palette *palette = job->request->palette;
    double candidates = 0, units = 0;
    tns_bottles named;
    tns_swap out = {.pigment = -1};
    tns_bottles_init(&named, &job->pot, &job->evidence, job->effective.factor, false);
    for (size_t p = 0; p < palette->count; p++)
        candidates += is_candidate(job, (int)p);
    double least = cost_of(job, &job->pot, &job->effective, &named) -
                   2 * (SURE + log(job->pot.count * candidates / SWAPPED));
    for (int i = 0; i < job->pot.count; i++) {
        if (palette->pigments[job->pot.components[i].pigment].kind == TNS_DILUENT)
            continue;
        for (size_t p = 0; p < palette->count; p++) {
            double cost =
                is_candidate(job, (int)p) ? cost_with(job, i, (int)p, &named, &units) : INFINITY;
            if (cost < least) {
                least = cost;
                out = (tns_swap){i, (int)p, units};
            }
        }
    }
    return out;
}
