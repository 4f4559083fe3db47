/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reading scatters by, learned from the residuals, and how far a sample is to be trusted. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "color/nnls.h"
#include "pigment/ink_system.h"

enum { ROUNDS = 8 };

static const double LEAST_NOISE = 1e-4, LEAST_RELATIVE = 1e-4;

/* No instrument scatters more: what does is the model's, and dark samples keep their say. */
static const double MOST_NOISE = 0.0035;

/* A misfit of so many medians counts half. */
static const double HALF_COUNTS_AT = 4;

/* Beyond this share of R + 0.03 it is amounts, films or the model, not the instrument. */
static const double INSTRUMENT_RELATIVE = 0.01;

static double level(double reflectance)
{
    return fmax(reflectance, 0) + 0.03;
}

void tns_ink_system_set_scales(tns_ink_system *s, bool predicted)
{
    for (size_t r = 0; r < s->rows; r++)
        for (int b = 0; b < TNS_BANDS; b++) {
            double R = predicted ? s->predicted[r][b] : s->seen[r][b];
            s->band[b].scale[r] = 1 / hypot(s->noise, s->relative * level(R));
        }
}

/*
 * The two deviations of a reading, from the residuals of all bands: least squares on their squares,
 * each weighted by its own expected square (what maximum likelihood comes to in such a model).
 */
static void fit_deviations(const tns_ink_system *s, const double *square, double *A, double *b,
                           double v[2])
{
    size_t n = s->rows * TNS_BANDS;
    bool even = s->weights == TNS_WEIGHTS_EVEN;
    double most = even ? LEAST_NOISE * LEAST_NOISE : MOST_NOISE * MOST_NOISE;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < n; i++) {
            double l = level(s->predicted[i / TNS_BANDS][i % TNS_BANDS]);
            double weight = s->blend[i / TNS_BANDS].weight / (v[0] + v[1] * l * l);
            A[2 * i] = even ? 0 : weight;
            A[2 * i + 1] = weight * l * l;
            b[i] = weight * square[i];
        }
        tns_nnls((int)n, 2, A, b, v);
        v[0] = fmin(fmax(v[0], LEAST_NOISE * LEAST_NOISE), most);
        v[1] = fmax(v[1], LEAST_RELATIVE * LEAST_RELATIVE);
    }
}

bool tns_ink_system_learn_noise(tns_ink_system *s)
{
    size_t n = s->rows * TNS_BANDS;
    double *square = calloc(4 * n, sizeof *square);
    if (!square)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t r = i / TNS_BANDS, b = i % TNS_BANDS;
        double e = s->predicted[r][b] - s->seen[r][b];
        square[i] = e * e / fmax(1 - s->leverage[r][b], 0.1);
    }
    double v[2] = {s->noise * s->noise, s->relative * s->relative};
    fit_deviations(s, square, square + n, square + 3 * n, v);
    free(square);
    s->noise = sqrt(v[0]);
    s->relative = sqrt(v[1]);
    return true;
}

bool tns_ink_system_model_errs(const tns_ink_system *s)
{
    return s->noise > 0.999 * MOST_NOISE || s->relative > INSTRUMENT_RELATIVE;
}

static double median_misfit(const tns_ink_system *s, const double *misfit, double *room)
{
    size_t n = 0;
    for (size_t r = 0; r < s->rows; r++)
        if (s->used[r])
            room[n++] = misfit[r];
    gsl_sort(room, 1, n);
    return n > 0 ? gsl_stats_median_from_sorted_data(room, 1, n) : 0;
}

/* Cauchy's weights on a sample's misfit in all bands together, and 1 up to the usual one. */
bool tns_ink_system_weigh(tns_ink_system *s)
{
    double *misfit = calloc(2 * s->rows, sizeof *misfit);
    if (!misfit)
        return false;
    for (size_t r = 0; r < s->rows; r++)
        misfit[r] = s->used[r] ? tns_ink_system_misfit(s, r) /
                                     sqrt(fmax(1 - tns_ink_system_leverage(s, r), 0.1))
                               : 0;
    double usual = fmax(median_misfit(s, misfit, misfit + s->rows), 1e-2);
    double half = HALF_COUNTS_AT * HALF_COUNTS_AT;
    for (size_t r = 0; r < s->rows; r++) {
        double times = fmax(misfit[r] / usual, 1);
        s->blend[r].weight = !s->used[r]      ? 0
                             : s->noise_known ? half / (half - 1 + times * times)
                                              : 1;
    }
    free(misfit);
    return true;
}
