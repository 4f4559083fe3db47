/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlinear.h>

#include "pigment/learn_work.h"

enum { STEPS_MOST = 60 };

bool tns_learn_no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "learn: out of memory");
}

/* ---- residuals, whitened ---- */

/* Divides by the lower root: forward substitution. */
static void whiten(double root[TNS_BANDS][TNS_BANDS], int n, double *v)
{
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++)
            v[i] -= root[i][k] * v[k];
        v[i] /= root[i][i];
    }
}

/* Prediction less reading. */
static void residual(const tns_mix *mix, const tns_mix_slopes *m, double *out)
{
    if (mix->from_color) {
        tns_lab lab = tns_mix_lab(mix, m->R);
        out[0] = lab.L - mix->color.L;
        out[1] = lab.a - mix->color.a;
        out[2] = lab.b - mix->color.b;
        return;
    }
    for (int b = 0; b < TNS_BANDS; b++)
        out[b] = m->R[b] - mix->measured.value[b];
}

static bool teaches(const tns_learn_work *w, size_t m)
{
    return !w->aside[m] && w->left_out != (int)m;
}

static void move_to(tns_learn_work *w, const gsl_vector *z)
{
    double values[TNS_LEARN_INKS_MAX * TNS_LEARN_PARAMETERS_MAX];
    for (size_t i = 0; i < w->parameters; i++)
        values[i] = gsl_vector_get(z, i);
    tns_learn_move(&w->state, values);
    for (size_t m = 0; m < w->count; m++)
        tns_mix_predict(&w->state, &w->mixes[m], &w->slopes[m]);
}

static int residuals(const gsl_vector *z, void *data, gsl_vector *f)
{
    tns_learn_work *w = data;
    size_t at = w->parameters;
    move_to(w, z);
    for (size_t i = 0; i < w->parameters; i++)
        gsl_vector_set(f, i, gsl_vector_get(z, i));
    for (size_t m = 0; m < w->count; m++) {
        double r[TNS_BANDS];
        int n = tns_mix_dimension(&w->mixes[m]);
        residual(&w->mixes[m], &w->slopes[m], r);
        whiten(w->root[m], n, r);
        for (int i = 0; i < n; i++)
            gsl_vector_set(f, at++, teaches(w, m) ? r[i] : 0);
    }
    return GSL_SUCCESS;
}

/* How a mix moves with one parameter of an ink that is its part: by the curves, then by z. */
static void mix_slope(const tns_learn_work *w, size_t m, size_t part, const tns_learn_ink *ink,
                      int parameter, double *out)
{
    const tns_mix_slopes *s = &w->slopes[m];
    int curves = w->curves.count;
    memset(out, 0, TNS_BANDS * sizeof *out);
    for (int k = parameter; k < ink->count; k++) {
        const double *by = k < curves ? s->by_K[part] : s->by_S[part];
        const double *curve = w->curves.value[k % curves];
        for (int b = 0; b < TNS_BANDS; b++)
            out[b] += ink->mobility[k][parameter] * by[b] * curve[b];
    }
}

static void to_color(const tns_mix *mix, const tns_mix_slopes *s, double *v)
{
    double J[3][TNS_BANDS], lab[3] = {0};
    tns_mix_lab_slopes(mix, s->R, J);
    for (int i = 0; i < 3; i++)
        for (int b = 0; b < TNS_BANDS; b++)
            lab[i] += J[i][b] * v[b];
    memcpy(v, lab, sizeof lab);
}

static void fill_mix_jacobian(const tns_learn_work *w, size_t m, size_t row, gsl_matrix *J)
{
    const tns_mix *mix = &w->mixes[m];
    int n = tns_mix_dimension(mix);
    for (size_t part = 0; part < mix->part_count; part++)
        for (size_t i = 0; i < w->state.ink_count; i++) {
            const tns_learn_ink *ink = &w->inks[i];
            for (int k = 0; ink->pigment == mix->pigment[part] && k < ink->count; k++) {
                double v[TNS_BANDS];
                mix_slope(w, m, part, ink, k, v);
                if (mix->from_color)
                    to_color(mix, &w->slopes[m], v);
                whiten(w->root[m], n, v);
                for (int r = 0; r < n; r++)
                    gsl_matrix_set(J, row + (size_t)r, (size_t)(ink->at + k), v[r]);
            }
        }
}

static int jacobian(const gsl_vector *z, void *data, gsl_matrix *J)
{
    tns_learn_work *w = data;
    size_t row = w->parameters;
    move_to(w, z);
    gsl_matrix_set_zero(J);
    for (size_t i = 0; i < w->parameters; i++)
        gsl_matrix_set(J, i, i, 1);
    for (size_t m = 0; m < w->count; m++) {
        if (teaches(w, m))
            fill_mix_jacobian(w, m, row, J);
        row += (size_t)tns_mix_dimension(&w->mixes[m]);
    }
    return GSL_SUCCESS;
}

/* ---- the likeliest ---- */

static bool descend(tns_learn_work *w, gsl_multifit_nlinear_workspace *s, double *z,
                    bool covariance, tns_error *err)
{
    gsl_multifit_nlinear_fdf fdf = {.f = residuals,
                                    .df = jacobian,
                                    .n = w->rows + w->parameters,
                                    .p = w->parameters,
                                    .params = w};
    gsl_vector_view start = gsl_vector_view_array(z, w->parameters);
    int info;
    if (gsl_multifit_nlinear_init(&start.vector, &fdf, s) != GSL_SUCCESS)
        return tns_error_set(err, TNS_ERROR_NUMERIC, "learn: cannot start");
    /* Running out of steps, or of progress, leaves the best point met. */
    gsl_multifit_nlinear_driver(STEPS_MOST, 1e-7, 1e-10, 0, NULL, NULL, &info, s);
    for (size_t i = 0; i < w->parameters; i++) {
        z[i] = gsl_vector_get(s->x, i);
        if (!isfinite(z[i]))
            return tns_error_set(err, TNS_ERROR_NUMERIC, "learn: did not converge");
    }
    if (covariance)
        gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(s), 0, w->covariance);
    move_to(w, s->x);
    return true;
}

bool tns_learn_likeliest(tns_learn_work *w, int left_out, double *z, tns_error *err)
{
    gsl_multifit_nlinear_parameters usual = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_workspace *s = gsl_multifit_nlinear_alloc(
        gsl_multifit_nlinear_trust, &usual, w->rows + w->parameters, w->parameters);
    if (!s)
        return tns_learn_no_memory(err);
    w->left_out = left_out;
    bool done = descend(w, s, z, left_out == TNS_LEARN_ALL, err);
    gsl_multifit_nlinear_free(s);
    return done;
}

void tns_learn_weigh(tns_learn_work *w)
{
    for (size_t m = 0; m < w->count; m++) {
        tns_mix_predict(&w->state, &w->mixes[m], &w->slopes[m]);
        tns_mix_root(&w->state, &w->mixes[m], &w->slopes[m], &w->options, w->scale, w->root[m]);
    }
}

static double log_determinant(const gsl_matrix *positive)
{
    double sum = 0;
    gsl_matrix *root = gsl_matrix_alloc(positive->size1, positive->size2);
    if (!root)
        return NAN;
    gsl_matrix_memcpy(root, positive);
    if (gsl_linalg_cholesky_decomp1(root) != GSL_SUCCESS)
        sum = NAN;
    for (size_t i = 0; i < root->size1; i++)
        sum += 2 * log(gsl_matrix_get(root, i, i));
    gsl_matrix_free(root);
    return sum;
}

double tns_learn_evidence(const tns_learn_work *w)
{
    double sum = log_determinant(w->covariance) / 2;
    for (size_t i = 0; i < w->parameters; i++)
        sum -= w->z[i] * w->z[i] / 2;
    for (size_t m = 0; m < w->count; m++) {
        double r[TNS_BANDS];
        int n = tns_mix_dimension(&w->mixes[m]);
        residual(&w->mixes[m], &w->slopes[m], r);
        whiten(w->root[m], n, r);
        for (int i = 0; i < n && !w->aside[m]; i++)
            sum -= r[i] * r[i] / 2 + log(w->root[m][i][i]);
    }
    return sum;
}

double tns_learn_misfit(tns_learn_work *w, size_t m)
{
    double r[TNS_BANDS], sum = 0;
    int n = tns_mix_dimension(&w->mixes[m]);
    residual(&w->mixes[m], &w->slopes[m], r);
    whiten(w->root[m], n, r);
    for (int i = 0; i < n; i++)
        sum += r[i] * r[i];
    return sqrt(sum / n);
}
