/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multifit_nlinear.h>

#include "color/numeric.h"
#include "photo/correct/correction.h"

const tns_xyz tns_photo_white = {96.422, 100, 82.521};

/* Parameters: the matrix row by row, then these; the offset in units of its prior. */
enum { TONE = 9, SHOULDER, SLOPE_X, SLOPE_Y, OFFSET, PARAMETERS, PRIORS = PARAMETERS - TONE };

/*
 * Standard deviations: of a residual in dE00 (what a 3x3 leaves of a camera's JPEG) to begin with
 * and its limits, and of the
 * priors on log tone, shoulder, slope per chart width and offset in linear light.
 */
static const double RESIDUAL = 2.5, RESIDUAL_LEAST = 0.3, RESIDUAL_MOST = 6;
static const double prior[PRIORS] = {0.5, 0.3, 0.15, 0.15, 1};
static const double OFFSET_UNIT = 0.02;

/* ITU-R BT.2087-0: from the primaries of BT.2020 to those of BT.709, which sRGB shares. */
static const double to_bt709[3][3] = {{1.660491, -0.587641, -0.072850},
                                      {-0.124550, 1.132900, -0.008349},
                                      {-0.018151, -0.100579, 1.118730}};

/* Below this the power goes on as its tangent, so that black and negative light stay defined. */
static const double TANGENT = 1e-3;
static const double STEEPEST = 0.05; /* least 1 - shoulder y */

typedef struct fit_data {
    const tns_fit_patch *patches;
    size_t n;
    double residual; /* standard deviation, against which the priors are weighed */
} fit_data;

/* One channel on its way: the toned light and its slopes. */
typedef struct toned {
    double t, by_y, by_shoulder, by_log_tone;
} toned;

static toned tone_of(const tns_correction *c, double y)
{
    double d = fmax(1 - c->shoulder * y, STEEPEST), u = y / d, gamma = c->tone;
    double at = fmax(u, TANGENT), power = pow(at, gamma), beyond = (u - at) / at;
    double by_u = gamma * power / at;
    bool bends = d > STEEPEST;
    toned out = {.t = power * (1 + gamma * beyond)};
    out.by_y = by_u * (bends ? 1 / (d * d) : 1 / d);
    out.by_shoulder = bends ? by_u * u * u : 0;
    out.by_log_tone = gamma * (out.t * log(at) + power * beyond);
    return out;
}

/* Of a 3x3 matrix, row by row, and a vector. */
static void product(const double *m, const double v[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
}

/* d(L, a, b) / d(X, Y, Z), XYZ over 100. */
static void lab_slopes(const double xyz[3], double out[3][3])
{
    const double white[3] = {tns_photo_white.X / 100, 1, tns_photo_white.Z / 100};
    double f[3];
    for (int i = 0; i < 3; i++) {
        double ratio = xyz[i] / white[i];
        f[i] =
            (ratio > 216.0 / 24389 ? 1 / (3 * cbrt(ratio * ratio)) : 24389.0 / 27 / 116) / white[i];
    }
    const double lab[3][3] = {
        {0, 116 * f[1], 0}, {500 * f[0], -500 * f[1], 0}, {0, 200 * f[1], -200 * f[2]}};
    memcpy(out, lab, sizeof lab);
}

/* Light in BT.709 primaries without the offset, and the light's factor at a place. */
static void light_of(const tns_correction *c, const double rgb[3], double y[3])
{
    product(&to_bt709[0][0], rgb, y);
    for (int k = 0; k < 3; k++)
        y[k] -= c->offset;
}

static double slope_at(const tns_correction *c, double x, double y)
{
    return exp(-c->slope[0] * x - c->slope[1] * y);
}

static void xyz_of(const tns_correction *c, const double rgb[3], double x, double y, double xyz[3])
{
    double light[3], t[3], factor = slope_at(c, x, y);
    light_of(c, rgb, light);
    for (int k = 0; k < 3; k++)
        t[k] = tone_of(c, light[k]).t * factor;
    product(&c->matrix[0][0], t, xyz);
}

static void parameters_of(const gsl_vector *p, tns_correction *out)
{
    for (size_t i = 0; i < 9; i++)
        out->matrix[i / 3][i % 3] = gsl_vector_get(p, i);
    out->tone = exp(gsl_vector_get(p, TONE));
    out->shoulder = gsl_vector_get(p, SHOULDER);
    out->slope[0] = gsl_vector_get(p, SLOPE_X);
    out->slope[1] = gsl_vector_get(p, SLOPE_Y);
    out->offset = gsl_vector_get(p, OFFSET) * OFFSET_UNIT;
}

static void set_parameters(const tns_correction *c, gsl_vector *p)
{
    for (size_t i = 0; i < 9; i++)
        gsl_vector_set(p, i, c->matrix[i / 3][i % 3]);
    gsl_vector_set(p, TONE, log(c->tone));
    gsl_vector_set(p, SHOULDER, c->shoulder);
    gsl_vector_set(p, SLOPE_X, c->slope[0]);
    gsl_vector_set(p, SLOPE_Y, c->slope[1]);
    gsl_vector_set(p, OFFSET, c->offset / OFFSET_UNIT);
}

static int residuals(const gsl_vector *p, void *user, gsl_vector *f)
{
    const fit_data *data = user;
    tns_correction c;
    parameters_of(p, &c);
    for (size_t i = 0; i < data->n; i++) {
        const tns_fit_patch *patch = &data->patches[i];
        tns_lab lab = tns_correction_lab(&c, patch->rgb, patch->x, patch->y);
        double d[3] = {lab.L - patch->reference.L, lab.a - patch->reference.a,
                       lab.b - patch->reference.b};
        double r[3];
        product(&patch->metric[0][0], d, r);
        for (size_t k = 0; k < 3; k++)
            gsl_vector_set(f, 3 * i + k, r[k] / data->residual);
    }
    for (size_t k = 0; k < PRIORS; k++)
        gsl_vector_set(f, 3 * data->n + k, gsl_vector_get(p, TONE + k) / prior[k]);
    return GSL_SUCCESS;
}

/* metric x dLab/dXYZ: from a step in XYZ to a step in the residual. */
static void residual_slopes(const tns_fit_patch *patch, const double xyz[3], double out[3][3])
{
    double lab[3][3];
    lab_slopes(xyz, lab);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out[i][j] = (patch->metric[i][0] * lab[0][j] + patch->metric[i][1] * lab[1][j] +
                         patch->metric[i][2] * lab[2][j]);
}

/* One patch's three rows of the Jacobian. */
static void patch_slopes(const tns_correction *c, const tns_fit_patch *patch,
                         double out[3][PARAMETERS])
{
    double light[3], t[3], xyz[3], by_xyz[3][3], factor = slope_at(c, patch->x, patch->y);
    double step[PRIORS][3]; /* of t / light by log tone, shoulder, slope x, slope y, offset */
    light_of(c, patch->rgb, light);
    for (int k = 0; k < 3; k++) {
        toned s = tone_of(c, light[k]);
        t[k] = s.t * factor;
        step[0][k] = s.by_log_tone * factor;
        step[1][k] = s.by_shoulder * factor;
        step[2][k] = -patch->x * t[k];
        step[3][k] = -patch->y * t[k];
        step[4][k] = -s.by_y * factor * OFFSET_UNIT;
    }
    product(&c->matrix[0][0], t, xyz);
    residual_slopes(patch, xyz, by_xyz);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 9; k++)
            out[i][k] = by_xyz[i][k / 3] * t[k % 3];
    for (int k = 0; k < PRIORS; k++) {
        double dxyz[3], d[3];
        product(&c->matrix[0][0], step[k], dxyz);
        product(&by_xyz[0][0], dxyz, d);
        for (int i = 0; i < 3; i++)
            out[i][TONE + k] = d[i];
    }
}

static int slopes(const gsl_vector *p, void *user, gsl_matrix *jacobian)
{
    const fit_data *data = user;
    tns_correction c;
    parameters_of(p, &c);
    gsl_matrix_set_zero(jacobian);
    for (size_t i = 0; i < data->n; i++) {
        double rows[3][PARAMETERS];
        patch_slopes(&c, &data->patches[i], rows);
        for (size_t k = 0; k < 3; k++)
            for (size_t j = 0; j < PARAMETERS; j++)
                gsl_matrix_set(jacobian, 3 * i + k, j, rows[k][j] / data->residual);
    }
    for (size_t k = 0; k < PRIORS; k++)
        gsl_matrix_set(jacobian, 3 * data->n + k, TONE + k, 1 / prior[k]);
    return GSL_SUCCESS;
}

/* Three rows of the linear system for the matrix alone, weighted as near the reference. */
static void set_linear_rows(const tns_fit_patch *patch, size_t i, gsl_matrix *x, gsl_vector *y)
{
    tns_xyz reference = tns_xyz_from_lab(patch->reference, tns_photo_white);
    double xyz[3] = {reference.X / 100, reference.Y / 100, reference.Z / 100};
    double weight[3][3], target[3], light[3];
    residual_slopes(patch, xyz, weight);
    product(&weight[0][0], xyz, target);
    product(&to_bt709[0][0], patch->rgb, light);
    for (size_t k = 0; k < 3; k++) {
        gsl_vector_set(y, 3 * i + k, target[k]);
        for (size_t j = 0; j < 9; j++)
            gsl_matrix_set(x, 3 * i + k, j, weight[k][j / 3] * light[j % 3]);
    }
}

bool tns_correction_linear(const tns_fit_patch *patches, size_t n, tns_correction *out)
{
    tns_numeric_init();
    gsl_matrix *x = gsl_matrix_alloc(3 * n, 9), *covariance = gsl_matrix_alloc(9, 9);
    gsl_vector *y = gsl_vector_alloc(3 * n), *m = gsl_vector_alloc(9);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(3 * n, 9);
    bool done = x && y && m && covariance && work && n >= 3;
    for (size_t i = 0; i < n && done; i++)
        set_linear_rows(&patches[i], i, x, y);
    double chi2;
    done = done && gsl_multifit_linear(x, y, m, covariance, &chi2, work) == GSL_SUCCESS;
    memset(out, 0, sizeof *out);
    out->tone = 1;
    for (size_t i = 0; i < 9 && done; i++)
        out->matrix[i / 3][i % 3] = gsl_vector_get(m, i);
    gsl_multifit_linear_free(work);
    gsl_matrix_free(x);
    gsl_matrix_free(covariance);
    gsl_vector_free(y);
    gsl_vector_free(m);
    return done;
}

/* Covariance of the two slopes. */
static void keep_slope_covariance(const gsl_multifit_nlinear_workspace *work, tns_correction *out)
{
    gsl_matrix *c = gsl_matrix_alloc(PARAMETERS, PARAMETERS);
    if (!c)
        return;
    if (gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(work), 0, c) == GSL_SUCCESS) {
        out->slope_covariance[0] = gsl_matrix_get(c, SLOPE_X, SLOPE_X);
        out->slope_covariance[1] = gsl_matrix_get(c, SLOPE_X, SLOPE_Y);
        out->slope_covariance[2] = gsl_matrix_get(c, SLOPE_Y, SLOPE_Y);
    }
    gsl_matrix_free(c);
}

/* Squared residuals in dE00, without the priors' rows. */
static double sum_of_squares(const gsl_vector *f, const fit_data *data)
{
    double sum = 0;
    for (size_t i = 0; i < 3 * data->n; i++)
        sum += gsl_vector_get(f, i) * gsl_vector_get(f, i);
    return sum * data->residual * data->residual;
}

/* Running out of steps does no harm: what is reached is a correction, only not the best one. */
static bool descend(gsl_multifit_nlinear_workspace *work, gsl_multifit_nlinear_fdf *fdf,
                    gsl_vector *p, double *squares)
{
    int info;
    if (gsl_multifit_nlinear_init(p, fdf, work) != GSL_SUCCESS)
        return false;
    int status = gsl_multifit_nlinear_driver(100, 1e-7, 1e-7, 1e-9, NULL, NULL, &info, work);
    if (status != GSL_SUCCESS && status != GSL_EMAXITER && status != GSL_ENOPROG)
        return false;
    *squares = sum_of_squares(gsl_multifit_nlinear_residual(work), fdf->params);
    gsl_vector_memcpy(p, gsl_multifit_nlinear_position(work));
    return isfinite(*squares);
}

/* Twice: the first time tells how large a residual is, so that the priors get their due weight. */
static bool descend_twice(fit_data *data, gsl_vector *p, tns_correction *out, double *squares)
{
    gsl_multifit_nlinear_fdf fdf = {
        .f = residuals, .df = slopes, .n = 3 * data->n + PRIORS, .p = PARAMETERS, .params = data};
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_workspace *work =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, fdf.n, fdf.p);
    bool done = work && descend(work, &fdf, p, squares);
    if (done) {
        double found = sqrt(*squares / (double)(3 * data->n - PARAMETERS));
        data->residual = fmin(fmax(found, RESIDUAL_LEAST), RESIDUAL_MOST);
        done = descend(work, &fdf, p, squares);
    }
    if (done) {
        parameters_of(p, out);
        keep_slope_covariance(work, out);
    }
    gsl_multifit_nlinear_free(work);
    return done;
}

bool tns_correction_fit(const tns_fit_patch *patches, size_t n, const tns_correction *start,
                        tns_correction *out, double *squares, tns_error *err)
{
    tns_numeric_init();
    if (n < TNS_CORRECTION_MIN_PATCHES)
        return tns_error_set(err, TNS_ERROR_NUMERIC, "correction: %zu patches, fewer than %d", n,
                             TNS_CORRECTION_MIN_PATCHES);
    fit_data data = {patches, n, RESIDUAL};
    gsl_vector *p = gsl_vector_alloc(PARAMETERS);
    tns_correction linear;
    bool done = p && (start || tns_correction_linear(patches, n, &linear));
    if (done) {
        set_parameters(start ? start : &linear, p);
        done = descend_twice(&data, p, out, squares);
    }
    gsl_vector_free(p);
    return done || tns_error_set(err, TNS_ERROR_NUMERIC, "correction: the fit did not converge");
}

tns_xyz tns_correction_xyz(const tns_correction *c, const double rgb[3], double x, double y)
{
    double xyz[3];
    xyz_of(c, rgb, x, y, xyz);
    return (tns_xyz){100 * xyz[0], 100 * xyz[1], 100 * xyz[2]};
}

tns_lab tns_correction_lab(const tns_correction *c, const double rgb[3], double x, double y)
{
    return tns_lab_from_xyz(tns_correction_xyz(c, rgb, x, y), tns_photo_white);
}
