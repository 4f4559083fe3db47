/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The unknowns are the logarithms of the factors, so that no amount falls below zero. Residuals:
 * measured - R for each number read, whitened by the covariance of what noise and the palette may
 * make of it; (f - 1) / spread for each part, of a miscounted one log f / TNS_MISCOUNT.
 *
 * What the palette is unsure of, each part's K and S as a whole, is no unknown but a part of the
 * covariance (integrated out, to first order), so that the amounts are no surer than it is.
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

/* Of a variance, that rounding leaves positive: 36 times 2e-16, and some more. */
static const double LEAST_NOISE = 1e-12;

typedef struct fit {
    const tns_pot *pot;
    const tns_evidence *evidence;
    double root[TNS_BANDS][TNS_BANDS]; /* lower root of the covariance of what is read */
} fit;

void tns_pot_mix(const tns_pot *pot, const double *factor, tns_mix *out)
{
    memset(out, 0, sizeof *out);
    for (int i = 0; i < pot->count; i++) {
        const tns_component *one = &pot->components[i];
        tns_mix unit = {.amount = one->amount};
        memcpy(unit.K, one->K, sizeof unit.K);
        memcpy(unit.S, one->S, sizeof unit.S);
        tns_mix_add(out, pot->units[i] * factor[i], &unit);
    }
}

double tns_pot_doubt_part(const tns_pot *pot, const double *factor, int part, const tns_mix *mix,
                          tns_mix *darker, tns_mix *lighter)
{
    double more = pot->uncertainty[part] * pot->units[part] * factor[part];
    *darker = *lighter = *mix;
    for (int b = 0; b < TNS_BANDS; b++) {
        darker->K[b] += more * pot->components[part].K[b];
        lighter->S[b] += more * pot->components[part].S[b];
    }
    return more;
}

/* The numbers that a reading of the mixture would give. */
static void observe(const tns_evidence *evidence, const tns_mix *mix, double *out)
{
    tns_coefficients c;
    tns_mix_coefficients(mix, &c);
    tns_spectrum seen = tns_surface_reflectance(evidence->surface, c.K, c.S);
    if (!evidence->viewing) {
        memcpy(out, &seen.value[evidence->first], (size_t)evidence->count * sizeof *out);
        return;
    }
    tns_lab lab = tns_lab_from_spectrum(&seen, evidence->viewing);
    out[0] = lab.L;
    out[1] = lab.a;
    out[2] = lab.b;
}

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

/* Divides by the root: forward substitution. */
static void whiten(const fit *f, double *v)
{
    for (int i = 0; i < f->evidence->count; i++) {
        for (int k = 0; k < i; k++)
            v[i] -= f->root[i][k] * v[k];
        v[i] /= f->root[i][i];
    }
}

static int residuals(const gsl_vector *x, void *params, gsl_vector *out)
{
    const fit *f = params;
    double factor[TNS_POT_MAX], seen[TNS_BANDS];
    tns_mix mix;
    factors_of(x, factor);
    tns_pot_mix(f->pot, factor, &mix);
    observe(f->evidence, &mix, seen);
    size_t n = (size_t)f->evidence->count;
    for (size_t b = 0; b < n; b++)
        seen[b] = f->evidence->value[b] - seen[b];
    whiten(f, seen);
    for (size_t b = 0; b < n; b++)
        gsl_vector_set(out, b, seen[b]);
    for (size_t i = 0; i < x->size; i++)
        gsl_vector_set(out, n + i, prior_residual(f->pot, (int)i, factor[i]));
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

/* Adds one error's share, the difference of what is seen with it and without. */
static void add_error(const tns_evidence *evidence, const tns_mix *mix, const double *seen,
                      double covariance[TNS_BANDS][TNS_BANDS])
{
    double moved[TNS_BANDS];
    observe(evidence, mix, moved);
    for (int b = 0; b < evidence->count; b++)
        for (int c = 0; c <= b; c++)
            covariance[b][c] += (moved[b] - seen[b]) * (moved[c] - seen[c]);
}

/* K, or S, of one part as much more as it may be. */
static void move_part(const tns_pot *pot, int i, const double *factor, bool scatters, tns_mix *mix)
{
    double more = pot->uncertainty[i] * pot->units[i] * factor[i];
    for (int b = 0; b < TNS_BANDS; b++)
        if (scatters)
            mix->S[b] += more * pot->components[i].S[b];
        else
            mix->K[b] += more * pot->components[i].K[b];
}

/* Noise so small that rounding would lose it beside the palette's share is taken for more. */
static void keep_positive(fit *f)
{
    double most = 0, noise = f->evidence->noise;
    for (int b = 0; b < f->evidence->count; b++)
        most = fmax(most, f->root[b][b]);
    for (int b = 0; b < f->evidence->count; b++)
        f->root[b][b] += fmax(LEAST_NOISE * most - noise * noise, 0);
}

/* False where nothing of the palette is unsure: then the root is the noise's. */
static bool fill_root(fit *f, const double *factor, bool with_palette)
{
    tns_mix mix;
    bool unsure = false;
    double seen[TNS_BANDS], noise = f->evidence->noise;
    memset(f->root, 0, sizeof f->root);
    tns_pot_mix(f->pot, factor, &mix);
    observe(f->evidence, &mix, seen);
    for (int b = 0; b < f->evidence->count; b++)
        f->root[b][b] = noise * noise;
    for (int i = 0; i < 2 * f->pot->count && with_palette; i++) {
        tns_mix moved = mix;
        move_part(f->pot, i / 2, factor, i % 2 == 1, &moved);
        add_error(f->evidence, &moved, seen, f->root);
        unsure = unsure || f->pot->uncertainty[i / 2] > 0;
    }
    keep_positive(f);
    tns_cholesky(&f->root[0][0], (size_t)f->evidence->count, TNS_BANDS, 0);
    return unsure;
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
    fill_root(f, factor, false);
    if (!descend(work, fdf, start))
        return false;
    gsl_vector_memcpy(start, gsl_multifit_nlinear_position(work));
    factors_of(start, factor);
    if (fill_root(f, factor, true) && !descend(work, fdf, start))
        return false;
    keep(f, work, out);
    return true;
}

bool tns_effective_fit(const tns_pot *pot, const tns_evidence *evidence, tns_effective *out,
                       tns_error *err)
{
    tns_numeric_init();
    fit f = {.pot = pot, .evidence = evidence};
    size_t parts = (size_t)pot->count;
    gsl_multifit_nlinear_fdf fdf = {
        .f = residuals, .n = (size_t)evidence->count + parts, .p = parts, .params = &f};
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    settings.fdtype = GSL_MULTIFIT_NLINEAR_CTRDIFF;
    settings.h_df = 1e-5; /* central: an error of about 1e-10, relative */
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
    for (int i = 0; i < pot->count; i++)
        if (pot->components[i].pigment == pigment)
            return fabs(factor[i] - 1) <= STRENGTH_SPREADS * pot->spread[i] ? factor[i] : 1;
    return 1;
}

double tns_effective_most_strength(const tns_pot *pot, const double *factor, int pigment)
{
    for (int i = 0; i < pot->count; i++) {
        double most = STRENGTH_SPREADS * pot->spread[i];
        if (pot->components[i].pigment == pigment)
            return fmin(fmax(factor[i], 1 - most), 1 + most);
    }
    return 1;
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

/* Adds what one part's uncertainty, of K or of S, does to each number read. */
static void add_variance(const tns_evidence *evidence, const tns_mix *mix, const double *seen,
                         double *variance)
{
    double moved[TNS_BANDS];
    observe(evidence, mix, moved);
    for (int b = 0; b < evidence->count; b++)
        variance[b] += (moved[b] - seen[b]) * (moved[b] - seen[b]);
}

void tns_effective_residual(const tns_pot *pot, const tns_evidence *evidence, const double *factor,
                            double residual[TNS_BANDS], double expected[TNS_BANDS])
{
    tns_mix mix;
    double seen[TNS_BANDS], variance[TNS_BANDS];
    tns_pot_mix(pot, factor, &mix);
    observe(evidence, &mix, seen);
    for (int b = 0; b < evidence->count; b++)
        variance[b] = evidence->noise * evidence->noise;
    for (int i = 0; i < pot->count; i++) {
        tns_mix darker, lighter;
        double more = tns_pot_doubt_part(pot, factor, i, &mix, &darker, &lighter);
        if (more > 0) {
            add_variance(evidence, &darker, seen, variance);
            add_variance(evidence, &lighter, seen, variance);
        }
    }
    for (int b = 0; b < evidence->count; b++) {
        residual[b] = evidence->value[b] - seen[b];
        expected[b] = sqrt(variance[b]);
    }
}
