/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Films whose load is not quite what was stated: a thickness that is off moves all bands of a film
 * together, and is one unknown of it, the log of its true load over the stated one. Slips are drawn
 * from Student's t; its scale is what makes them most likely. What the slips of a pigment's films
 * have in common is its K and S: loads are right on average.
 */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_linalg.h>

#include "pigment/ink_system.h"

/* Degrees of freedom: a film wholly misread costs little. */
static const double TAIL = 4;

static const double SLIP_USUAL = 0.05, SLIP_LEAST = 0.003, SLIP_MOST = 0.3, SLIP_OF_ONE = 1.5;

/* Keeps the means regular; a film counts 1. */
static const double WEAK = 1e-3;

typedef struct coefficients {
    double K[TNS_BANDS][TNS_FIT_PIGMENTS_MAX], S[TNS_BANDS][TNS_FIT_PIGMENTS_MAX];
} coefficients;

static bool takes_part(const tns_ink_system *s, size_t r)
{
    return s->used[r] && s->blend[r].film && s->blend[r].count > 0;
}

static double precision(const tns_ink_system *s, double square)
{
    return (TAIL + 1) / (TAIL * s->slip_sd * s->slip_sd + square);
}

/* The likeliest slip of a row, by its slopes in log K and log S together; its variance. */
static double find_slip(tns_ink_system *s, size_t r, const coefficients *c)
{
    tns_blend *blend = &s->blend[r];
    double square = precision(s, blend->slip * blend->slip), product = 0;
    tns_band_row row;
    for (int b = 0; b < TNS_BANDS; b++) {
        double slope = 0;
        if (!tns_band_linearize(&s->band[b], r, c->K[b], c->S[b], false, &row))
            continue;
        for (int i = 0; i < row.count; i++)
            slope += row.slope[i];
        square += slope * slope;
        product += slope * (row.residual - slope * blend->slip);
    }
    blend->slip = fmin(fmax(-product / square, -SLIP_OF_ONE), SLIP_OF_ONE);
    return 1 / square;
}

static double total(const tns_blend *blend)
{
    double sum = 0;
    for (int i = 0; i < blend->count; i++)
        sum += blend->amount[i];
    return sum;
}

/* Of each pigment, by least squares of the slips on the pigments' shares, with their covariance.
   False: no memory. */
static bool common_slips(tns_ink_system *s, gsl_vector *mean)
{
    size_t n = (size_t)s->pigments;
    gsl_matrix *A = gsl_matrix_calloc(n, n);
    if (!A)
        return false;
    for (size_t i = 0; i < n; i++)
        gsl_matrix_set(A, i, i, WEAK);
    for (size_t r = 0; r < s->rows; r++) {
        const tns_blend *blend = &s->blend[r];
        double all = total(blend);
        for (int i = 0; takes_part(s, r) && i < blend->count; i++) {
            size_t p = (size_t)blend->pigment[i];
            double share = blend->weight * blend->amount[i] / all;
            *gsl_vector_ptr(mean, p) += share * blend->slip;
            for (int j = 0; j < blend->count; j++)
                *gsl_matrix_ptr(A, p, (size_t)blend->pigment[j]) += share * blend->amount[j] / all;
        }
    }
    bool done = gsl_linalg_cholesky_decomp1(A) == GSL_SUCCESS &&
                gsl_linalg_cholesky_svx(A, mean) == GSL_SUCCESS &&
                gsl_linalg_cholesky_invert(A) == GSL_SUCCESS;
    for (size_t i = 0; done && i < n; i++)
        for (size_t j = 0; j < n; j++)
            s->common[i][j] = s->slip_sd * s->slip_sd * gsl_matrix_get(A, i, j);
    gsl_matrix_free(A);
    return done;
}

/* Out of the slips and into K and S. */
static void take_common(tns_ink_system *s, const gsl_vector *mean)
{
    for (size_t r = 0; r < s->rows; r++) {
        tns_blend *blend = &s->blend[r];
        double all = total(blend);
        for (int i = 0; takes_part(s, r) && i < blend->count; i++)
            blend->slip -= blend->amount[i] / all * gsl_vector_get(mean, (size_t)blend->pigment[i]);
    }
    for (int b = 0; b < TNS_BANDS; b++)
        for (int i = 0; i < s->pigments; i++) {
            s->x[b][i] += gsl_vector_get(mean, (size_t)i);
            s->x[b][tns_band_scattering(&s->band[b], i)] += gsl_vector_get(mean, (size_t)i);
        }
}

static void find_slips(tns_ink_system *s, const coefficients *c)
{
    double sum = 0, n = 1e-6;
    for (size_t r = 0; r < s->rows; r++) {
        if (!takes_part(s, r))
            continue;
        double variance = find_slip(s, r, c), square = s->blend[r].slip * s->blend[r].slip;
        sum += precision(s, square) * s->slip_sd * s->slip_sd * (square + variance);
        n++;
    }
    s->slip_sd = fmin(fmax(sqrt(sum / n), SLIP_LEAST), SLIP_MOST);
}

void tns_ink_system_start_slips(tns_ink_system *s)
{
    s->slips = true;
    s->slip_sd = SLIP_USUAL;
}

bool tns_ink_system_learn_slips(tns_ink_system *s)
{
    coefficients *c = malloc(sizeof *c);
    gsl_vector *mean = gsl_vector_calloc((size_t)s->pigments);
    bool done = c && mean;
    for (int b = 0; done && b < TNS_BANDS; b++)
        tns_band_coefficients(&s->band[b], s->x[b], c->K[b], c->S[b]);
    if (done)
        find_slips(s, c);
    done = done && common_slips(s, mean);
    if (done)
        take_common(s, mean);
    gsl_vector_free(mean);
    free(c);
    return done;
}
