/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pigment/ink_system.h"

/* No mirror lies below a film; the same end as in matching. */
static const double BRIGHTEST_BACKING = 0.9999;

/* A reading's deviations until the samples tell: what good mixing and a good instrument give. */
static const double USUAL_NOISE = 0.001, USUAL_RELATIVE = 0.01;

/* ---- life ---- */

void tns_ink_system_destroy(tns_ink_system *system)
{
    if (!system)
        return;
    tns_band_solver_destroy(system->solver);
    free(system->blend);
    free(system->used);
    free(system->backing);
    free(system->seen);
    tns_banded_finish(&system->covariance);
    free(system->leverage);
    free(system->predicted);
    free(system->storage);
    free(system);
}

static bool allocate(tns_ink_system *s)
{
    size_t n = s->rows, p = (size_t)(2 * s->pigments - (s->unit >= 0));
    s->blend = calloc(n, sizeof *s->blend);
    s->used = calloc(n, sizeof *s->used);
    s->backing = calloc(n, sizeof *s->backing);
    s->seen = calloc(n, sizeof *s->seen);
    s->leverage = calloc(n, sizeof *s->leverage);
    s->predicted = calloc(n, sizeof *s->predicted);
    s->storage = calloc(3 * n * TNS_BANDS, sizeof(double));
    s->solver = tns_band_solver_create(n, (int)p);
    return tns_banded_init(&s->covariance, TNS_BANDS * p, 2 * p) && s->blend && s->used &&
           s->backing && s->seen && s->leverage && s->predicted && s->storage && s->solver;
}

tns_ink_system *tns_ink_system_create(size_t rows, int pigments, int unit)
{
    tns_ink_system *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->rows = rows;
    s->pigments = pigments;
    s->unit = unit;
    s->noise = USUAL_NOISE;
    s->relative = USUAL_RELATIVE;
    if (!allocate(s)) {
        tns_ink_system_destroy(s);
        return NULL;
    }
    for (size_t r = 0; r < rows; r++)
        s->used[r] = true;
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_band *band = &s->band[b];
        band->pigments = pigments;
        band->unit = unit;
        band->rows = rows;
        band->blend = s->blend;
        band->seen = s->storage + (size_t)b * 3 * rows;
        band->backing = band->seen + rows;
        band->scale = band->backing + rows;
    }
    return s;
}

static void copy_answer(tns_ink_system *s, const tns_ink_system *from)
{
    memcpy(s->x, from->x, sizeof s->x);
    memcpy(s->predicted, from->predicted, s->rows * sizeof *s->predicted);
    memcpy(s->leverage, from->leverage, s->rows * sizeof *s->leverage);
    memcpy(s->bend, from->bend, sizeof s->bend);
    memcpy(s->stiffness, from->stiffness, sizeof s->stiffness);
    s->noise = from->noise;
    s->relative = from->relative;
    s->slip_sd = from->slip_sd;
    s->noise_known = from->noise_known;
    for (int b = 0; b < TNS_BANDS; b++) {
        memcpy(s->band[b].prior, from->band[b].prior, sizeof s->band[b].prior);
        memcpy(s->band[b].strength, from->band[b].strength, sizeof s->band[b].strength);
        memcpy(s->band[b].scale, from->band[b].scale, s->rows * sizeof(double));
    }
}

tns_ink_system *tns_ink_system_copy(const tns_ink_system *system)
{
    tns_ink_system *s = tns_ink_system_create(system->rows, system->pigments, system->unit);
    if (!s)
        return NULL;
    memcpy(s->blend, system->blend, s->rows * sizeof *s->blend);
    memcpy(s->used, system->used, s->rows * sizeof *s->used);
    memcpy(s->backing, system->backing, s->rows * sizeof *s->backing);
    memcpy(s->seen, system->seen, s->rows * sizeof *s->seen);
    tns_ink_system_set_surface(s, system->band[0].surface);
    s->fits_k2 = system->fits_k2;
    s->weights = system->weights;
    s->slips = system->slips;
    s->scatter = system->scatter;
    copy_answer(s, system);
    return s;
}

void tns_ink_system_set_surface(tns_ink_system *s, tns_saunderson surface)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        s->band[b].surface = surface;
        for (size_t r = 0; r < s->rows; r++) {
            double inside = tns_saunderson_internal(surface, s->backing[r][b]);
            s->band[b].seen[r] = s->seen[r][b];
            s->band[b].backing[r] = fmin(fmax(inside, 0), BRIGHTEST_BACKING);
        }
    }
}

/* ---- what it says of a row ---- */

tns_spectrum tns_ink_system_predict(const tns_ink_system *s, size_t row)
{
    tns_spectrum out = tns_spectrum_constant(0);
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    double stated = exp(-s->blend[row].slip);
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_band_coefficients(&s->band[b], s->x[b], K, S);
        for (int i = 0; i < s->pigments; i++) {
            K[i] *= stated;
            S[i] *= stated;
        }
        out.value[b] = tns_band_predict(&s->band[b], row, K, S);
    }
    return out;
}

double tns_ink_system_misfit(const tns_ink_system *s, size_t row)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double e = (s->predicted[row][b] - s->seen[row][b]) * s->band[b].scale[row];
        sum += e * e;
    }
    return sqrt(sum / TNS_BANDS);
}

double tns_ink_system_leverage(const tns_ink_system *s, size_t row)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        sum += s->leverage[row][b];
    return sum / TNS_BANDS;
}

double tns_ink_system_covariance(const tns_ink_system *s, int band, int parameter, int other_band,
                                 int other_parameter)
{
    size_t p = (size_t)tns_band_parameters(&s->band[0]);
    size_t i = (size_t)band * p + (size_t)parameter;
    size_t j = (size_t)other_band * p + (size_t)other_parameter;
    return i >= j ? *tns_banded_at(&s->covariance, i, j) : *tns_banded_at(&s->covariance, j, i);
}
