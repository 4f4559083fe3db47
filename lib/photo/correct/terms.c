/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "photo/correct/terms.h"
#include "photo/correct/tone.h"

const tns_xyz tns_photo_white = {96.422, 100, 82.521};

/* After the color's own; the first four are the tone's. */
enum {
    TONE,
    LEAN_RED,
    LEAN_BLUE,
    SHOULDER,
    SLOPE_X,
    SLOPE_Y,
    BEND_XX,
    BEND_XY,
    BEND_YY,
    OFFSET,
    DRIFT
};
enum { LIGHT_FIRST = SLOPE_X, OTHERS = DRIFT + 4 };

/*
 * Of log tone, its lean, shoulder, log light per chart width and per its square, and the offset in
 * OFFSET_UNIT. The bend pays on flat charts lit from near by: left-out errors fall by 0.2 dE00.
 */
static const double prior[OTHERS] = {0.5, 0.1, 0.1, 0.3, 0.15, 0.15, 0.3,
                                     0.3, 0.3, 1,   0.3, 0.3,  0.3,  0.3};
static const double OFFSET_UNIT = 0.02;

/* Beyond the chart the bend goes on as it is at its edge: nothing there tells of it. */
static const double BEND_REACH = 0.55;

/* ITU-R BT.2087-0: from the primaries of BT.2020 to those of BT.709, which sRGB shares. */
static const double to_bt709[3][3] = {{1.660491, -0.587641, -0.072850},
                                      {-0.124550, 1.132900, -0.008349},
                                      {-0.018151, -0.100579, 1.118730}};

/* Exponents of red, green and blue in the terms beyond the matrix. */
static const double exponent[TNS_EXTRA_MAX][3] = {
    {1 / 2., 1 / 2., 0}, {0, 1 / 2., 1 / 2.},     {1 / 2., 0, 1 / 2.}, {1 / 3., 2 / 3., 0},
    {0, 1 / 3., 2 / 3.}, {1 / 3., 0, 2 / 3.},     {2 / 3., 1 / 3., 0}, {0, 2 / 3., 1 / 3.},
    {2 / 3., 0, 1 / 3.}, {1 / 3., 1 / 3., 1 / 3.}};

static const double LEAST_LIGHT = 1e-5; /* under a root */

/* Light on its way from the sensor to the matrix, with what moves it. */
typedef struct passage {
    double t[3], extra[TNS_EXTRA_MAX], extra_by_t[TNS_EXTRA_MAX][3];
    double step[OTHERS][3]; /* of t, by each of the parameters after the color's */
} passage;

int tns_extra_count(int degree)
{
    return degree < 2 ? 0 : degree == 2 ? 3 : TNS_EXTRA_MAX;
}

static int colors_of(const tns_model *model)
{
    return 9 + 3 * tns_extra_count(model->degree);
}

static int first_of(const tns_model *model)
{
    return model->is_linear ? LIGHT_FIRST : 0;
}

/* Past the last of the parameters after the color's. */
static int end_of(const tns_model *model)
{
    return model->is_plain ? first_of(model) : model->drifts ? OTHERS : DRIFT;
}

int tns_parameter_count(const tns_model *model)
{
    return colors_of(model) + end_of(model) - first_of(model);
}

int tns_drift_parameter(const tns_model *model)
{
    return colors_of(model) + DRIFT - first_of(model);
}

int tns_slope_parameter(const tns_model *model)
{
    return model->is_plain ? -1 : colors_of(model) + SLOPE_X - first_of(model);
}

double tns_parameter_prior(const tns_model *model, int parameter)
{
    int n = tns_extra_count(model->degree), other = parameter - colors_of(model);
    if (other >= 0)
        return prior[other + first_of(model)];
    return parameter % (3 + n) < 3 ? 0 : model->ridge;
}

/* The parameters after the color's, where the correction keeps them. */
static void others_of(tns_correction *c, double *at[OTHERS])
{
    double *const list[OTHERS] = {&c->tone,        &c->lean[0],    &c->lean[1],     &c->shoulder,
                                  &c->slope[0],    &c->slope[1],   &c->bend[0],     &c->bend[1],
                                  &c->bend[2],     &c->offset,     &c->drift[0][0], &c->drift[0][1],
                                  &c->drift[1][0], &c->drift[1][1]};
    memcpy(at, list, sizeof list);
}

void tns_parameters_get(const tns_model *model, const tns_correction *from, double *p)
{
    tns_correction c = *from;
    double *at[OTHERS];
    int n = tns_extra_count(model->degree);
    others_of(&c, at);
    c.tone = log(c.tone);
    c.offset /= OFFSET_UNIT;
    for (int i = 0; i < 3; i++) {
        memcpy(p, from->matrix[i], sizeof from->matrix[i]);
        memcpy(p + 3, from->extra[i], (size_t)n * sizeof *p);
        p += 3 + n;
    }
    for (int k = first_of(model); k < end_of(model); k++)
        *p++ = *at[k];
}

void tns_parameters_set(const tns_model *model, const double *p, tns_correction *to)
{
    double *at[OTHERS];
    int n = tns_extra_count(model->degree);
    memset(to, 0, sizeof *to);
    to->degree = model->degree;
    others_of(to, at);
    for (int i = 0; i < 3; i++) {
        memcpy(to->matrix[i], p, sizeof to->matrix[i]);
        memcpy(to->extra[i], p + 3, (size_t)n * sizeof *p);
        p += 3 + n;
    }
    for (int k = first_of(model); k < end_of(model); k++)
        *at[k] = *p++;
    to->tone = exp(to->tone);
    to->offset *= OFFSET_UNIT;
}

/* Of a 3x3 matrix, row by row, and a vector. */
static void product(const double *m, const double v[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
}

void tns_bt709(const double rgb[3], double out[3])
{
    product(&to_bt709[0][0], rgb, out);
}

/* A root less the weighted mean of the same channels: nothing on grey, where the matrix rules. */
static void set_extra(int degree, passage *p)
{
    double light[3], logs[3];
    for (int k = 0; k < 3; k++) {
        light[k] = fmax(p->t[k], LEAST_LIGHT);
        logs[k] = log(light[k]);
    }
    for (int j = 0; j < tns_extra_count(degree); j++) {
        const double *e = exponent[j];
        double root = exp(e[0] * logs[0] + e[1] * logs[1] + e[2] * logs[2]);
        p->extra[j] = root - e[0] * light[0] - e[1] * light[1] - e[2] * light[2];
        for (int k = 0; k < 3; k++)
            p->extra_by_t[j][k] = p->t[k] > LEAST_LIGHT ? e[k] * (root / light[k] - 1) : 0;
    }
}

static void pass(const tns_correction *c, const double rgb[3], double x, double y, passage *p)
{
    double light[3], u = fmin(fmax(x, -BEND_REACH), BEND_REACH);
    double v = fmin(fmax(y, -BEND_REACH), BEND_REACH);
    double factor = exp(-c->slope[0] * x - c->slope[1] * y - c->bend[0] * u * u -
                        c->bend[1] * u * v - c->bend[2] * v * v);
    const double place[5] = {x, y, u * u, u * v, v * v};
    const double lean[3] = {c->lean[0], 0, c->lean[1]};
    double drift[3] = {1, 1, 1};
    for (int i = 0; i < 2; i++)
        if (c->drift[i][0] != 0 || c->drift[i][1] != 0)
            drift[2 * i] = exp(-c->drift[i][0] * x - c->drift[i][1] * y);
    memset(p->step, 0, sizeof p->step);
    tns_bt709(rgb, light);
    for (int k = 0; k < 3; k++) {
        double gamma = lean[k] == 0 ? c->tone : c->tone * exp(lean[k]);
        tns_toned s = tns_tone(light[k] - c->offset, c->shoulder, gamma);
        double here = factor * drift[k];
        p->t[k] = s.t * here;
        p->step[TONE][k] = s.by_log_tone * here;
        p->step[SHOULDER][k] = s.by_shoulder * here;
        for (int j = 0; j < 5; j++)
            p->step[SLOPE_X + j][k] = -place[j] * p->t[k];
        p->step[OFFSET][k] = -s.by_y * here * OFFSET_UNIT;
    }
    for (int j = 0; j < 2; j++) {
        p->step[DRIFT + j][0] = -place[j] * p->t[0];
        p->step[DRIFT + 2 + j][2] = -place[j] * p->t[2];
    }
    p->step[LEAN_RED][0] = p->step[TONE][0];
    p->step[LEAN_BLUE][2] = p->step[TONE][2];
    if (c->degree > 1)
        set_extra(c->degree, p);
}

static void xyz_after(const tns_correction *c, const passage *p, double xyz[3])
{
    product(&c->matrix[0][0], p->t, xyz);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < tns_extra_count(c->degree); j++)
            xyz[i] += c->extra[i][j] * p->extra[j];
}

tns_xyz tns_correction_xyz(const tns_correction *c, const double rgb[3], double x, double y)
{
    passage p;
    double xyz[3];
    pass(c, rgb, x, y, &p);
    xyz_after(c, &p, xyz);
    return (tns_xyz){100 * xyz[0], 100 * xyz[1], 100 * xyz[2]};
}

tns_lab tns_correction_lab(const tns_correction *c, const double rgb[3], double x, double y)
{
    return tns_lab_from_xyz(tns_correction_xyz(c, rgb, x, y), tns_photo_white);
}

/* d(L, a, b) / d(X, Y, Z), XYZ over 100. */
static void lab_slopes(const double xyz[3], double out[3][3])
{
    const double white[3] = {tns_photo_white.X / 100, 1, tns_photo_white.Z / 100};
    double f[3];
    for (int i = 0; i < 3; i++) {
        double ratio = xyz[i] / white[i], root = cbrt(ratio);
        f[i] = (ratio > 216.0 / 24389 ? 1 / (3 * root * root) : 24389.0 / 27 / 116) / white[i];
    }
    const double lab[3][3] = {
        {0, 116 * f[1], 0}, {500 * f[0], -500 * f[1], 0}, {0, 200 * f[1], -200 * f[2]}};
    memcpy(out, lab, sizeof lab);
}

void tns_metric_by_xyz(const tns_fit_patch *patch, const double xyz[3], double out[3][3])
{
    double lab[3][3];
    lab_slopes(xyz, lab);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out[i][j] = patch->metric[i][0] * lab[0][j] + patch->metric[i][1] * lab[1][j] +
                        patch->metric[i][2] * lab[2][j];
}

/* d XYZ / d t: the matrix, and what the terms beyond it do. */
static void xyz_slopes(const tns_correction *c, const passage *p, double out[3][3])
{
    memcpy(out, c->matrix, sizeof c->matrix);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < tns_extra_count(c->degree); j++)
            for (int k = 0; k < 3; k++)
                out[i][k] += c->extra[i][j] * p->extra_by_t[j][k];
}

static void set_rows(const tns_model *model, const tns_correction *c, const passage *p,
                     double by_xyz[3][3], double rows[3][TNS_PARAMETERS_MAX])
{
    int n = tns_extra_count(model->degree), at = colors_of(model);
    double by_t[3][3];
    for (int i = 0; i < 3; i++)
        for (int r = 0; r < 3; r++) {
            double *to = &rows[i][r * (3 + n)];
            for (int k = 0; k < 3; k++)
                to[k] = by_xyz[i][r] * p->t[k];
            for (int k = 0; k < n; k++)
                to[3 + k] = by_xyz[i][r] * p->extra[k];
        }
    xyz_slopes(c, p, by_t);
    for (int k = first_of(model); k < end_of(model); k++, at++) {
        double xyz[3], d[3];
        product(&by_t[0][0], p->step[k], xyz);
        product(&by_xyz[0][0], xyz, d);
        for (int i = 0; i < 3; i++)
            rows[i][at] = d[i];
    }
}

void tns_residual(const tns_model *model, const tns_correction *c, const tns_fit_patch *patch,
                  double residual[3], double rows[3][TNS_PARAMETERS_MAX])
{
    passage p;
    double xyz[3], by_xyz[3][3];
    pass(c, patch->rgb, patch->x, patch->y, &p);
    xyz_after(c, &p, xyz);
    tns_lab lab =
        tns_lab_from_xyz((tns_xyz){100 * xyz[0], 100 * xyz[1], 100 * xyz[2]}, tns_photo_white);
    double d[3] = {lab.L - patch->reference.L, lab.a - patch->reference.a,
                   lab.b - patch->reference.b};
    product(&patch->metric[0][0], d, residual);
    if (!rows)
        return;
    tns_metric_by_xyz(patch, xyz, by_xyz);
    set_rows(model, c, &p, by_xyz, rows);
}
