/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_multilarge_nlinear.h>

#include <tonsure/kubelka_munk.h>

#include "pigment/band.h"

/* Keeps exp finite on a wild step; no ink spans e^60. */
static const double LOG_MAX = 30;

struct tns_band_solver {
    size_t rows;
    int parameters;
    gsl_multilarge_nlinear_workspace *work;
    gsl_vector *x, *gradient, *f;
    gsl_matrix *A;
};

int tns_band_parameters(const tns_band *band)
{
    return 2 * band->pigments - (band->unit >= 0);
}

int tns_band_scattering(const tns_band *band, int pigment)
{
    if (pigment == band->unit)
        return -1;
    return band->pigments + pigment - (band->unit >= 0 && pigment > band->unit);
}

static double held(double log_value)
{
    return exp(fmin(fmax(log_value, -LOG_MAX), LOG_MAX));
}

void tns_band_coefficients(const tns_band *band, const double *x, double *K, double *S)
{
    for (int i = 0; i < band->pigments; i++) {
        int s = tns_band_scattering(band, i);
        K[i] = held(x[i]);
        S[i] = s < 0 ? 1 : held(x[s]);
    }
}

static void blend_sums(const tns_blend *blend, const double *K, const double *S, double sums[2])
{
    double load = exp(blend->slip);
    sums[0] = sums[1] = 0;
    for (int i = 0; i < blend->count; i++) {
        sums[0] += load * blend->amount[i] * K[blend->pigment[i]];
        sums[1] += load * blend->amount[i] * S[blend->pigment[i]];
    }
}

double tns_band_predict(const tns_band *band, size_t row, const double *K, const double *S)
{
    const tns_blend *blend = &band->blend[row];
    double sums[2];
    blend_sums(blend, K, S, sums);
    double inside = blend->film ? tns_km_film(sums[0], sums[1], 1, band->backing[row])
                                : tns_km_opaque(sums[0], sums[1]);
    return tns_saunderson_measured(band->surface, inside);
}

static double row_weight(const tns_band *band, size_t row)
{
    return sqrt(band->blend[row].weight) * band->scale[row];
}

double tns_band_cost(const tns_band *band, const double *x)
{
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX], sum = 0;
    tns_band_coefficients(band, x, K, S);
    for (size_t r = 0; r < band->rows; r++) {
        double weight = row_weight(band, r);
        double e = weight > 0 ? weight * (tns_band_predict(band, r, K, S) - band->seen[r]) : 0;
        sum += e * e;
    }
    return sum;
}

/* What LM brings down: with the priors. */
static double full_cost(const tns_band *band, const double *x)
{
    double sum = tns_band_cost(band, x);
    for (int p = 0; p < tns_band_parameters(band); p++) {
        double e = band->strength[p] * (x[p] - band->prior[p]);
        sum += e * e;
    }
    return sum;
}

/* Residuals of the rows, then of the priors. */
static int residuals(const gsl_vector *x, void *params, gsl_vector *f)
{
    const tns_band *band = params;
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    tns_band_coefficients(band, x->data, K, S);
    for (size_t r = 0; r < band->rows; r++) {
        double weight = row_weight(band, r);
        f->data[r] = weight > 0 ? weight * (tns_band_predict(band, r, K, S) - band->seen[r]) : 0;
    }
    for (int p = 0; p < tns_band_parameters(band); p++)
        f->data[band->rows + (size_t)p] = band->strength[p] * (x->data[p] - band->prior[p]);
    return GSL_SUCCESS;
}

static void put(tns_band_row *row, int place, double slope)
{
    row->place[row->count] = place;
    row->slope[row->count++] = slope;
}

/* By a central difference: a film's backing inside the medium moves with k2 too. */
static double slope_by_k2(const tns_band *band, size_t row, double K, double S)
{
    const double step = 1e-4;
    double seen[2];
    for (int side = 0; side < 2; side++) {
        tns_saunderson surface = band->surface;
        surface.k2 += side ? step : -step;
        double bare = tns_saunderson_measured(band->surface, band->backing[row]);
        double inside = band->blend[row].film
                            ? tns_km_film(K, S, 1, tns_saunderson_internal(surface, bare))
                            : tns_km_opaque(K, S);
        seen[side] = tns_saunderson_measured(surface, inside);
    }
    return (seen[1] - seen[0]) / (2 * step);
}

bool tns_band_linearize(const tns_band *band, size_t row, const double *K, const double *S,
                        bool with_k2, tns_band_row *out)
{
    double weight = row_weight(band, row), sums[2];
    out->count = 0;
    out->by_k2 = 0;
    if (!(weight > 0))
        return false;
    const tns_blend *blend = &band->blend[row];
    blend_sums(blend, K, S, sums);
    tns_km_slopes slope = blend->film ? tns_km_film_slopes(sums[0], sums[1], 1, band->backing[row])
                                      : tns_km_opaque_slopes(sums[0], sums[1]);
    double outside = weight * tns_saunderson_slope(band->surface, slope.R);
    double load = exp(blend->slip);
    out->residual = weight * (tns_saunderson_measured(band->surface, slope.R) - band->seen[row]);
    if (with_k2)
        out->by_k2 = weight * slope_by_k2(band, row, sums[0], sums[1]);
    for (int i = 0; i < blend->count; i++) {
        int pigment = blend->pigment[i], s = tns_band_scattering(band, pigment);
        put(out, pigment, outside * slope.dR_dK * load * blend->amount[i] * K[pigment]);
        if (s >= 0)
            put(out, s, outside * slope.dR_dS * load * blend->amount[i] * S[pigment]);
    }
    return true;
}

static double row_dot(const tns_band_row *row, const gsl_vector *v)
{
    double sum = 0;
    for (int i = 0; i < row->count; i++)
        sum += row->slope[i] * v->data[row->place[i]];
    return sum;
}

/* The lower triangle of A + row row'. */
static void add_square(const tns_band_row *row, gsl_matrix *A)
{
    for (int i = 0; i < row->count; i++)
        for (int j = 0; j < row->count; j++)
            if (row->place[i] >= row->place[j])
                A->data[(size_t)row->place[i] * A->tda + (size_t)row->place[j]] +=
                    row->slope[i] * row->slope[j];
}

/* v = J u or J'u, and J'J, in the form gsl_multilarge_nlinear asks for. */
static int jacobian(CBLAS_TRANSPOSE_t transposed, const gsl_vector *x, const gsl_vector *u,
                    void *params, gsl_vector *v, gsl_matrix *A)
{
    const tns_band *band = params;
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    int parameters = tns_band_parameters(band);
    tns_band_row row;
    tns_band_coefficients(band, x->data, K, S);
    gsl_vector_set_zero(v);
    if (A)
        gsl_matrix_set_zero(A);
    for (size_t r = 0; r < band->rows + (size_t)parameters; r++) {
        int p = (int)(r - band->rows);
        if (r < band->rows)
            tns_band_linearize(band, r, K, S, false, &row);
        else
            row = (tns_band_row){.count = 1, .place = {p}, .slope = {band->strength[p]}};
        if (transposed == CblasNoTrans)
            v->data[r] = row_dot(&row, u);
        for (int i = 0; transposed == CblasTrans && i < row.count; i++)
            v->data[row.place[i]] += row.slope[i] * u->data[r];
        if (A)
            add_square(&row, A);
    }
    return GSL_SUCCESS;
}

void tns_band_solver_destroy(tns_band_solver *solver)
{
    if (!solver)
        return;
    if (solver->work)
        gsl_multilarge_nlinear_free(solver->work);
    gsl_vector_free(solver->x);
    gsl_vector_free(solver->gradient);
    gsl_vector_free(solver->f);
    gsl_matrix_free(solver->A);
    free(solver);
}

tns_band_solver *tns_band_solver_create(size_t rows, int parameters)
{
    tns_band_solver *solver = calloc(1, sizeof *solver);
    if (!solver)
        return NULL;
    size_t p = (size_t)parameters;
    gsl_multilarge_nlinear_parameters how = gsl_multilarge_nlinear_default_parameters();
    how.solver = gsl_multilarge_nlinear_solver_cholesky; /* the priors keep J'J regular */
    solver->rows = rows;
    solver->parameters = parameters;
    solver->work = gsl_multilarge_nlinear_alloc(gsl_multilarge_nlinear_trust, &how, rows + p, p);
    solver->x = gsl_vector_alloc(p);
    solver->gradient = gsl_vector_alloc(p);
    solver->f = gsl_vector_calloc(rows + p);
    solver->A = gsl_matrix_alloc(p, p);
    if (solver->work && solver->x && solver->gradient && solver->f && solver->A)
        return solver;
    tns_band_solver_destroy(solver);
    return NULL;
}

/* Steps until nothing moves. */
static void descend(tns_band_solver *solver, int steps)
{
    for (int i = 0, info = 0; i < steps && info == 0; i++)
        if (gsl_multilarge_nlinear_iterate(solver->work) != GSL_SUCCESS ||
            gsl_multilarge_nlinear_test(1e-7, 1e-8, 0, &info, solver->work) == GSL_SUCCESS)
            return;
}

void tns_band_solve(tns_band_solver *solver, const tns_band *band, int steps, double *x)
{
    size_t p = (size_t)solver->parameters;
    gsl_multilarge_nlinear_fdf fdf = {
        .f = residuals,
        .df = jacobian,
        .n = band->rows + p,
        .p = p,
        .params = (void *)band,
    };
    memcpy(solver->x->data, x, p * sizeof *x);
    if (gsl_multilarge_nlinear_init(solver->x, &fdf, solver->work) != GSL_SUCCESS)
        return;
    double before = full_cost(band, x);
    descend(solver, steps);
    const double *found = gsl_multilarge_nlinear_position(solver->work)->data;
    if (full_cost(band, found) <= before)
        memcpy(x, found, p * sizeof *x);
}
