/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes of a characterisation. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pigment/ink_system.h"

enum { FIRST_STEPS = 40, SCANNED_EVERY = 3, STEPS = 4, PASSES = 10, PART_PASSES = 7 };

/* The first prior, about the start: a factor of e^3 either way. */
static const double FIRST_SPREAD = 3;

static bool first_descent(tns_ink_system *s, int b)
{
    tns_band *band = &s->band[b];
    size_t bytes = (size_t)tns_band_parameters(band) * sizeof(double);
    bool scans = b % SCANNED_EVERY == 0;
    if (scans && !tns_band_start(band, s->x[b]))
        return false;
    if (!scans)
        memcpy(s->x[b], s->x[b - 1], bytes);
    memcpy(band->prior, s->x[b], bytes);
    for (int p = 0; p < tns_band_parameters(band); p++)
        band->strength[p] = 1 / FIRST_SPREAD;
    tns_band_solve(s->solver, band, FIRST_STEPS, s->x[b]);
    if (b == 0 || !scans)
        return true;
    double other[TNS_BAND_PARAMETERS_MAX];
    memcpy(other, s->x[b - 1], bytes);
    tns_band_solve(s->solver, band, FIRST_STEPS, other);
    if (tns_band_cost(band, other) < tns_band_cost(band, s->x[b]))
        memcpy(s->x[b], other, bytes);
    return true;
}

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
}

static bool cancelled(const tns_context *context, tns_error *err)
{
    if (!tns_context_cancelled(context))
        return false;
    tns_error_set(err, TNS_ERROR_CANCELLED, "fit: cancelled");
    return true;
}

static bool first_pass(tns_ink_system *s, const tns_context *context, tns_error *err)
{
    for (size_t r = 0; r < s->rows; r++)
        s->blend[r].weight = s->used[r];
    tns_ink_system_set_scales(s, false);
    for (int b = 0; b < TNS_BANDS; b++) {
        if (cancelled(context, err))
            return false;
        if (!first_descent(s, b))
            return no_memory(err);
    }
    return true;
}

static bool enough(const tns_ink_system *s)
{
    size_t used = 0;
    for (size_t r = 0; r < s->rows; r++)
        used += s->used[r];
    return used > (size_t)tns_band_parameters(&s->band[0]);
}

/*
 * From now on the neighbours speak where the samples do not, and the prior is about where x is: it
 * only shortens the steps. About the first start, which knew neither them nor k2, it would pull.
 */
static void loosen(tns_ink_system *s)
{
    for (int b = 0; b < TNS_BANDS; b++)
        memcpy(s->band[b].prior, s->x[b], sizeof s->band[b].prior);
}

/* Weights, descent and what is known then; without redundancy the readings are met as they are. */
static bool pass(tns_ink_system *s, bool smooth)
{
    if (s->noise_known && !(tns_ink_system_weigh(s) && tns_ink_system_learn_noise(s)))
        return false;
    if (s->slips && !tns_ink_system_learn_slips(s))
        return false;
    if (smooth)
        loosen(s);
    tns_ink_system_set_scales(s, true);
    if (!tns_ink_system_descend(s, STEPS) || !tns_ink_system_take_stock(s))
        return false;
    if (smooth)
        tns_ink_system_learn_stiffness(s);
    return true;
}

bool tns_ink_system_solve_on(tns_ink_system *s, const tns_context *context, tns_error *err)
{
    bool done = true;
    for (int i = 0; done && i < (s->noise_known ? PASSES : 1); i++) {
        if (cancelled(context, err))
            return false;
        done = pass(s, s->noise_known && i + 1 < PASSES);
    }
    return (done && tns_ink_system_learn_spread(s)) ||
           tns_error_set(err, TNS_ERROR_NUMERIC, "fit: the samples' equations are singular");
}

bool tns_ink_system_solve(tns_ink_system *s, const tns_context *context, tns_error *err)
{
    if (!first_pass(s, context, err))
        return false;
    s->noise_known = enough(s);
    if (s->noise_known)
        tns_ink_system_start_stiffness(s);
    if (!tns_ink_system_descend(s, STEPS) || !tns_ink_system_take_stock(s))
        return tns_error_set(err, TNS_ERROR_NUMERIC, "fit: the samples' equations are singular");
    return tns_ink_system_solve_on(s, context, err);
}

bool tns_ink_system_solve_part(tns_ink_system *part, tns_error *err)
{
    bool done = true;
    tns_ink_system_start_stiffness(part);
    for (size_t r = 0; r < part->rows; r++)
        part->blend[r].slip *= part->used[r];
    for (int i = 0; done && i < PART_PASSES; i++)
        done = pass(part, i + 1 < PART_PASSES);
    return done || no_memory(err);
}
