/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "color/numeric.h"
#include "photo/correct/fit.h"

enum { P = TNS_PARAMETERS_MAX, STEPS = 60, STEPS_WARM = 6 };

/*
 * Standard deviation of a residual in dE00 to begin with (what a 3x3 leaves of a camera's JPEG),
 * and its limits.
 */
static const double RESIDUAL = 2.5, RESIDUAL_LEAST = 0.3, RESIDUAL_MOST = 6;

static const double DAMPING = 1e-3, DAMPING_MOST = 1e8;
static const double ENOUGH = 1e-7, ENOUGH_WARM = 1e-4; /* share of the squares a step takes away */

/* The least squares problem at one place. */
typedef struct normal {
    double matrix[P][P], gradient[P]; /* lower triangle */
    double cost, squares;             /* with the priors, in units of the residual; without */
} normal;

static void add_row(normal *to, const double *row, double residual, int count)
{
    for (int i = 0; i < count; i++) {
        double v = row[i];
        for (int j = 0; j <= i; j++)
            to->matrix[i][j] += v * row[j];
        to->gradient[i] += v * residual;
    }
}

static void add_priors(normal *to, const tns_color_fit *fit, const double *p, int count)
{
    double scale = fit->residual * fit->residual;
    for (int i = 0; i < count; i++) {
        double sd = tns_parameter_prior(&fit->model, i), weight = sd > 0 ? scale / (sd * sd) : 0;
        to->matrix[i][i] += weight;
        to->gradient[i] += weight * p[i];
        to->cost += weight * p[i] * p[i];
    }
}

/* In weighted dE00: the priors are brought to that unit. */
static void make_normal(const tns_color_fit *fit, const tns_fit_patch *patches, const double *p,
                        normal *out)
{
    int count = tns_parameter_count(&fit->model);
    tns_correction c;
    for (int i = 0; i < count; i++)
        memset(out->matrix[i], 0, (size_t)count * sizeof(double));
    memset(out->gradient, 0, sizeof out->gradient);
    out->squares = out->cost = 0;
    tns_parameters_set(&fit->model, p, &c);
    for (int i = 0; i < fit->n; i++) {
        double residual[3], rows[3][P];
        tns_residual(&fit->model, &c, &patches[i], residual, rows);
        for (int k = 0; k < 3; k++) {
            add_row(out, rows[k], residual[k], count);
            out->squares += residual[k] * residual[k];
        }
    }
    add_priors(out, fit, p, count);
    out->cost += out->squares;
}

/* One damped step; false when the matrix is no longer positive. */
static bool step_from(const normal *at, int count, double damping, const double *p, double *next)
{
    double root[P][P], step[P];
    for (int i = 0; i < count; i++) {
        memcpy(root[i], at->matrix[i], (size_t)(i + 1) * sizeof(double));
        root[i][i] += damping * at->matrix[i][i] + 1e-12;
        step[i] = at->gradient[i];
    }
    if (!tns_cholesky(&root[0][0], (size_t)count, P, 0))
        return false;
    tns_cholesky_solve(&root[0][0], (size_t)count, P, step);
    for (int i = 0; i < count; i++)
        next[i] = p[i] - step[i];
    return true;
}

static void descend(const tns_color_fit *fit, const tns_fit_patch *patches, double *p, int steps,
                    double enough, normal *at)
{
    int count = tns_parameter_count(&fit->model);
    double damping = DAMPING, next[P];
    normal there;
    make_normal(fit, patches, p, at);
    for (int k = 0; k < steps && damping < DAMPING_MOST; k++) {
        if (!step_from(at, count, damping, p, next)) {
            damping *= 10;
            continue;
        }
        make_normal(fit, patches, next, &there);
        if (!(there.cost < at->cost)) {
            damping *= 6;
            continue;
        }
        double gain = (at->cost - there.cost) / at->cost;
        memcpy(p, next, (size_t)count * sizeof *p);
        *at = there;
        damping /= 8;
        if (gain < enough)
            break;
    }
}

/* As a fit of the matrix alone would tell it, whatever the model. */
static double residual_of(double squares, int n)
{
    const int usual = 14;
    double found = sqrt(squares / fmax(3 * n - usual, usual));
    return fmin(fmax(found, RESIDUAL_LEAST), RESIDUAL_MOST);
}

static bool finish(tns_color_fit *fit, const double *p, const normal *at)
{
    int count = tns_parameter_count(&fit->model), slope = tns_slope_parameter(&fit->model);
    tns_parameters_set(&fit->model, p, &fit->correction);
    fit->squares = at->squares;
    for (int i = 0; i < count; i++)
        memcpy(fit->root[i], at->matrix[i], (size_t)(i + 1) * sizeof(double));
    if (!isfinite(at->cost) || !tns_cholesky(&fit->root[0][0], (size_t)count, P, 0))
        return false;
    double scale = fit->residual * fit->residual;
    for (int k = 0; k < 2 && slope >= 0; k++) {
        double unit[P] = {0};
        unit[slope + k] = 1;
        tns_cholesky_solve(&fit->root[0][0], (size_t)count, P, unit);
        fit->correction.slope_covariance[2 * k] = scale * unit[slope + k];
        fit->correction.slope_covariance[1] = scale * unit[slope + 1 - k];
    }
    return true;
}

/* Squares at the start of a descent tell how large a residual is, so that priors get their due. */
static double residual_at(const tns_color_fit *fit, const tns_fit_patch *patches, const double *p)
{
    tns_correction c;
    double squares = 0;
    tns_parameters_set(&fit->model, p, &c);
    for (int i = 0; i < fit->n; i++) {
        double residual[3];
        tns_residual(&fit->model, &c, &patches[i], residual, NULL);
        for (int k = 0; k < 3; k++)
            squares += residual[k] * residual[k];
    }
    return residual_of(squares, fit->n);
}

bool tns_color_fit_make(const tns_model *model, const tns_fit_patch *patches, int n,
                        const tns_color_fit *start, tns_color_fit *out, tns_error *err)
{
    if (n < TNS_FIT_PATCHES_MIN)
        return tns_error_set(err, TNS_ERROR_NUMERIC, "correction: %d patches, fewer than %d", n,
                             TNS_FIT_PATCHES_MIN);
    tns_correction linear;
    double p[P];
    normal at;
    bool done = start || tns_correction_linear(patches, n, &linear);
    if (done) {
        tns_parameters_get(model, start ? &start->correction : &linear, p);
        out->model = *model;
        out->n = n;
        out->residual = RESIDUAL;
        if (!start)
            descend(out, patches, p, STEPS, ENOUGH, &at);
        out->residual = residual_at(out, patches, p);
        bool is_near = start && start->model.degree == model->degree;
        descend(out, patches, p, is_near ? STEPS_WARM : STEPS, is_near ? ENOUGH_WARM : ENOUGH, &at);
        done = finish(out, p, &at);
    }
    return done || tns_error_set(err, TNS_ERROR_NUMERIC, "correction: the fit did not converge");
}

/* Three rows of the linear system for the matrix alone, weighted as near the reference. */
static void add_linear(const tns_fit_patch *patch, normal *to)
{
    tns_xyz reference = tns_xyz_from_lab(patch->reference, tns_photo_white);
    double xyz[3] = {reference.X / 100, reference.Y / 100, reference.Z / 100};
    double weight[3][3], light[3], row[9];
    tns_metric_by_xyz(patch, xyz, weight);
    tns_bt709(patch->rgb, light);
    for (int k = 0; k < 3; k++) {
        double target = weight[k][0] * xyz[0] + weight[k][1] * xyz[1] + weight[k][2] * xyz[2];
        for (int j = 0; j < 9; j++)
            row[j] = weight[k][j / 3] * light[j % 3];
        add_row(to, row, target, 9);
    }
}

bool tns_correction_linear(const tns_fit_patch *patches, int n, tns_correction *out)
{
    normal at = {.cost = 0};
    memset(out, 0, sizeof *out);
    out->tone = 1;
    for (int i = 0; i < n; i++)
        add_linear(&patches[i], &at);
    if (n < 3 || !tns_cholesky(&at.matrix[0][0], 9, P, 0))
        return false;
    tns_cholesky_solve(&at.matrix[0][0], 9, P, at.gradient);
    memcpy(out->matrix, at.gradient, sizeof out->matrix);
    return true;
}

/* Forward substitution: what of the row is in units of the normal matrix. */
static void whiten(const tns_color_fit *fit, double *row, int count)
{
    for (int i = 0; i < count; i++) {
        double sum = row[i];
        for (int j = 0; j < i; j++)
            sum -= fit->root[i][j] * row[j];
        row[i] = sum / fit->root[i][i];
    }
}

/* The block of the hat matrix that belongs to a place's own three residuals. */
static void hat_block(const tns_color_fit *fit, double rows[3][P], double hat[3][3])
{
    int count = tns_parameter_count(&fit->model);
    for (int k = 0; k < 3; k++)
        whiten(fit, rows[k], count);
    for (int k = 0; k < 3; k++)
        for (int l = 0; l < 3; l++) {
            hat[k][l] = 0;
            for (int j = 0; j < count; j++)
                hat[k][l] += rows[k][j] * rows[l][j];
        }
}

void tns_color_fit_leave_out(const tns_color_fit *fit, const tns_fit_patch *patches,
                             double (*plain)[3], double (*left_out)[3])
{
    for (int i = 0; i < fit->n; i++) {
        double rows[3][P], hat[3][3], weight = patches[i].weight;
        tns_residual(&fit->model, &fit->correction, &patches[i], plain[i], rows);
        hat_block(fit, rows, hat);
        for (int k = 0; k < 3; k++) {
            plain[i][k] /= weight;
            left_out[i][k] = plain[i][k];
            for (int l = 0; l < 3; l++)
                hat[k][l] = (k == l) - hat[k][l];
        }
        if (tns_cholesky(&hat[0][0], 3, 3, 1e-6))
            tns_cholesky_solve(&hat[0][0], 3, 3, left_out[i]);
    }
}

double tns_color_fit_variance(const tns_color_fit *fit, const double rgb[3], double x, double y)
{
    double residual[3], rows[3][P], hat[3][3];
    tns_lab lab = tns_correction_lab(&fit->correction, rgb, x, y);
    tns_fit_patch here = {.rgb = {rgb[0], rgb[1], rgb[2]}, .x = x, .y = y, .reference = lab};
    tns_color_metric(lab, here.metric);
    tns_residual(&fit->model, &fit->correction, &here, residual, rows);
    hat_block(fit, rows, hat);
    return (hat[0][0] + hat[1][1] + hat[2][2]) / 3;
}
