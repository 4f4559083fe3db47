/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The unknowns are the logarithms of the factors, so that no amount falls below zero. Residuals:
 * measured - R for each number read, whitened by the covariance of what noise and the palette may
 * make of it (bottles.h); (f - 1) / spread for each part, of a miscounted one log f / TNS_MISCOUNT.
 */
#include <gsl/gsl_blas.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <string.h>

#include "color/numeric.h"
#include "match/pot/effective.h"

/* A factor beyond e^12 either way means nothing any more, and its mixture overflows. */
static const double MOST_LOG = 12;

/* A factor further from 1 than so many spreads is a miscount, which the next drops do not share. */
static const double STRENGTH_SPREADS = 3;

typedef struct fit {
    const tns_pot *pot;
    const tns_evidence *evidence;
    tns_bottles bottles;
} fit;

static void factors_of(const gsl_vector *x, double *factor)
{
    for (size_t i = 0; i < x->size; i++)
        factor[i] = exp(fmin(fmax(gsl_vector_get(x, i), -MOST_LOG), MOST_LOG));
}

static double prior_residual(const tns_pot *pot, int i, double factor)
{
    if (!(pot->spread[i] > 0))
        return 0;
    return pot->miscounted[i] ? log(factor) / TNS_MISCOUNT : (factor - 1) / pot->spread[i];
}

static double prior_slope(const tns_pot *pot, int i, double factor)
{
    if (!(pot->spread[i] > 0))
        return 0;
    return pot->miscounted[i] ? 1 / TNS_MISCOUNT : factor / pot->spread[i];
}

/* What the amounts leave of the reading, as the palette has the bottles. */
static void left_by(const fit *f, const double *factor, double *left)
{
    tns_mix mix;
    double read[TNS_BANDS];
    tns_pot_mix(f->pot, factor, NULL, &mix);
    tns_spectrum seen = tns_evidence_see(f->evidence, &mix);
    tns_evidence_read(f->evidence, &seen, read);
    for (int b = 0; b < f->evidence->count; b++)
        left[b] = f->evidence->value[b] - read[b];
}

static int residuals(const gsl_vector *x, void *params, gsl_vector *out)
{
    const fit *f = params;
    double factor[TNS_POT_MAX], left[TNS_BANDS];
    size_t n = (size_t)f->evidence->count;
    factors_of(x, factor);
    left_by(f, factor, left);
    tns_bottles_whiten(&f->bottles, left);
    for (size_t b = 0; b < n; b++)
        gsl_vector_set(out, b, left[b]);
    for (size_t i = 0; i < x->size; i++)
        gsl_vector_set(out, n + i, prior_residual(f->pot, (int)i, factor[i]));
    return GSL_SUCCESS;
}

static int slopes(const gsl_vector *x, void *params, gsl_matrix *out)
{
    const fit *f = params;
    double factor[TNS_POT_MAX], by_band[TNS_BANDS], read[TNS_BANDS];
    size_t n = (size_t)f->evidence->count;
    tns_mix mix;
    tns_sight sight;
    factors_of(x, factor);
    tns_pot_mix(f->pot, factor, NULL, &mix);
    tns_sight_init(&sight, f->evidence, &mix);
    gsl_matrix_set_zero(out);
    for (size_t i = 0; i < x->size; i++) {
        tns_mix unit = tns_component_unit(&f->pot->components[i]);
        tns_sight_add(&sight, f->pot->units[i] * factor[i], &unit, by_band);
        tns_sight_read(&sight, by_band, read);
        tns_bottles_whiten(&f->bottles, read);
        for (size_t b = 0; b < n; b++)
            gsl_matrix_set(out, b, i, -read[b]);
        gsl_matrix_set(out, n + i, i, prior_slope(f->pot, (int)i, factor[i]));
    }
    return GSL_SUCCESS;
}

static void keep_covariance(const gsl_multifit_nlinear_workspace *work, size_t p,
                            tns_effective *out)
{
    gsl_matrix *c = gsl_matrix_alloc(p, p);
    if (c && gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(work), 0, c) == GSL_SUCCESS)
        for (size_t i = 0; i < p; i++)
            for (size_t k = 0; k < p; k++)
                out->covariance[i][k] = gsl_matrix_get(c, i, k);
    gsl_matrix_free(c);
}

/* No progress means as near as doubles come; running out of steps leaves amounts that will do. */
static bool descend(gsl_multifit_nlinear_workspace *work, gsl_multifit_nlinear_fdf *fdf,
                    const gsl_vector *start)
{
    int info;
    if (gsl_multifit_nlinear_init(start, fdf, work) != GSL_SUCCESS)
        return false;
    int status = gsl_multifit_nlinear_driver(100, 1e-9, 1e-9, 0, NULL, NULL, &info, work);
    return status == GSL_SUCCESS || status == GSL_EMAXITER || status == GSL_ENOPROG;
}

static void keep(const fit *f, const gsl_multifit_nlinear_workspace *work, tns_effective *out)
{
    const gsl_vector *left = gsl_multifit_nlinear_residual(work);
    size_t n = (size_t)f->evidence->count, parts = (size_t)f->pot->count;
    gsl_vector_const_view prior = gsl_vector_const_subvector(left, n, parts);
    gsl_blas_ddot(left, left, &out->cost);
    gsl_blas_ddot(&prior.vector, &prior.vector, &out->prior_cost);
    factors_of(gsl_multifit_nlinear_position(work), out->factor);
    keep_covariance(work, parts, out);
}

/* By noise alone first; then with the palette, as it shows in what was found. */
static bool descend_twice(fit *f, gsl_multifit_nlinear_workspace *work,
                          gsl_multifit_nlinear_fdf *fdf, gsl_vector *start, tns_effective *out)
{
    double factor[TNS_POT_MAX];
    factors_of(start, factor);
    tns_bottles_init(&f->bottles, f->pot, f->evidence, factor, true);
    if (!descend(work, fdf, start))
        return false;
    if (tns_pot_is_unsure(f->pot)) {
        gsl_vector_memcpy(start, gsl_multifit_nlinear_position(work));
        factors_of(start, factor);
        tns_bottles_init(&f->bottles, f->pot, f->evidence, factor, false);
        if (!descend(work, fdf, start))
            return false;
    }
    keep(f, work, out);
    return true;
}

bool tns_effective_fit(const tns_pot *pot, const tns_evidence *evidence, tns_effective *out,
                       tns_error *err)
{
    tns_numeric_init();
    fit f = {.pot = pot, .evidence = evidence};
    size_t parts = (size_t)pot->count;
    gsl_multifit_nlinear_fdf fdf = {.f = residuals,
                                    .df = slopes,
                                    .n = (size_t)evidence->count + parts,
                                    .p = parts,
                                    .params = &f};
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    memset(out, 0, sizeof *out);
    gsl_vector *start = gsl_vector_calloc(parts);
    gsl_multifit_nlinear_workspace *work =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, fdf.n, fdf.p);
    bool room = start && work, done = room && descend_twice(&f, work, &fdf, start, out);
    gsl_vector_free(start);
    gsl_multifit_nlinear_free(work);
    for (size_t i = 0; i < parts && done; i++)
        done = isfinite(out->factor[i]);
    return done || tns_error_set(err, room ? TNS_ERROR_NUMERIC : TNS_ERROR_MEMORY,
                                 room ? "correct: the amounts in the pot were not found"
                                      : "correct: out of memory");
}

double tns_effective_strength(const tns_pot *pot, const double *factor, int pigment)
{
    int i = tns_pot_place(pot, pigment);
    return i >= 0 && fabs(factor[i] - 1) <= STRENGTH_SPREADS * pot->spread[i] ? factor[i] : 1;
}

double tns_effective_most_strength(const tns_pot *pot, const double *factor, int pigment)
{
    int i = tns_pot_place(pot, pigment);
    double most = i >= 0 ? STRENGTH_SPREADS * pot->spread[i] : 0;
    return i >= 0 ? fmin(fmax(factor[i], 1 - most), 1 + most) : 1;
}

void tns_effective_root(const tns_effective *effective, int count,
                        double root[TNS_POT_MAX][TNS_POT_MAX])
{
    for (int k = 0; k < count; k++)
        for (int i = k; i < count; i++) {
            double rest = effective->covariance[i][k];
            for (int j = 0; j < k; j++)
                rest -= root[i][j] * root[k][j];
            if (i == k)
                root[k][k] = sqrt(fmax(rest, 0));
            else
                root[i][k] = root[k][k] > 0 ? rest / root[k][k] : 0;
        }
}
