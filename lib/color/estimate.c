/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Least hyperbolic tangent slope squared: S. A. Burns, "Numerical methods for smoothest reflectance
 * reconstruction", Color Res. Appl. 45, 8 (2020).
 *
 * With R = (tanh z + 1)/2, minimise sum (z[i+1] - z[i])^2 subject to W R = X. The stationary points
 * of the Lagrangian are found by Newton's method in z and the three multipliers; W may have
 * negative entries, which nothing here minds.
 *
 * Newton from afar does not converge for every colour. So the target is moved in a straight line
 * from the grey of the same Y, whose solution is known (all z alike, no multipliers), to the colour
 * asked for, each solution starting the next. The colours of all reflectances form a convex body:
 * if the colour is in it, so is every target on the way.
 */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

#include <tonsure/estimate.h>

#include "color/numeric.h"

enum { MULTIPLIERS = 3, UNKNOWNS = TNS_BANDS + MULTIPLIERS };

/* Largest |z|: at 18 the reflectance is 2e-16 from 0 or 1, and doubles have no more to give. */
static const double z_limit = 18;

/* z, then the multipliers. */
typedef struct point {
    double at[UNKNOWNS];
} point;

/* Not by tanh: near black 1 + tanh z would cancel. */
static double reflectance(double z)
{
    return 1 / (1 + exp(-2 * z));
}

static void spread(const point *p, double r[TNS_BANDS])
{
    for (int i = 0; i < TNS_BANDS; i++)
        r[i] = reflectance(p->at[i]);
}

/* H z: half the gradient of the summed squared steps; H is tridiagonal. */
static double curvature(const double *z, int i)
{
    double sum = 0;
    if (i > 0)
        sum += z[i] - z[i - 1];
    if (i < TNS_BANDS - 1)
        sum += z[i] - z[i + 1];
    return sum;
}

/* (W^T lambda)[i], weights in hundredths so that all unknowns are of one size. */
static double pull(const tns_viewing *v, const point *p, int i)
{
    double sum = 0;
    for (int k = 0; k < MULTIPLIERS; k++)
        sum += v->weight[k][i] / 100 * p->at[TNS_BANDS + k];
    return sum;
}

/* The gradient of the Lagrangian: zero at a solution. */
static void gradient(const tns_viewing *v, const double target[3], const point *p,
                     double out[UNKNOWNS])
{
    double r[TNS_BANDS];
    spread(p, r);
    for (int i = 0; i < TNS_BANDS; i++)
        out[i] = 2 * curvature(p->at, i) + 2 * r[i] * (1 - r[i]) * pull(v, p, i);
    for (int k = 0; k < MULTIPLIERS; k++) {
        double sum = -target[k];
        for (int i = 0; i < TNS_BANDS; i++)
            sum += v->weight[k][i] * r[i];
        out[TNS_BANDS + k] = sum / 100;
    }
}

static void hessian(const tns_viewing *v, const point *p, double out[UNKNOWNS][UNKNOWNS])
{
    memset(out, 0, sizeof(double[UNKNOWNS][UNKNOWNS]));
    for (int i = 0; i < TNS_BANDS; i++) {
        double r = reflectance(p->at[i]);
        double slope = 2 * r * (1 - r); /* dR/dz */
        int neighbours = (i > 0) + (i < TNS_BANDS - 1);
        out[i][i] = 2 * neighbours + 2 * (1 - 2 * r) * slope * pull(v, p, i);
        if (i > 0)
            out[i][i - 1] = out[i - 1][i] = -2;
        for (int k = 0; k < MULTIPLIERS; k++)
            out[i][TNS_BANDS + k] = out[TNS_BANDS + k][i] = v->weight[k][i] / 100 * slope;
    }
}

/* Solves m x = right in place, on the stack. False when m is singular. */
static bool solve(double m[UNKNOWNS][UNKNOWNS], double right[UNKNOWNS])
{
    size_t order[UNKNOWNS];
    gsl_permutation pivots = {UNKNOWNS, order};
    gsl_matrix_view matrix = gsl_matrix_view_array(m[0], UNKNOWNS, UNKNOWNS);
    gsl_vector_view x = gsl_vector_view_array(right, UNKNOWNS);
    int sign;
    return gsl_linalg_LU_decomp(&matrix.matrix, &pivots, &sign) == GSL_SUCCESS &&
           gsl_linalg_LU_svx(&matrix.matrix, &pivots, &x.vector) == GSL_SUCCESS;
}

/* One Newton step; `size` gets its largest change of z. False when it leads nowhere. */
static bool step(const tns_viewing *v, const double target[3], point *p, double *size)
{
    double m[UNKNOWNS][UNKNOWNS], change[UNKNOWNS];
    gradient(v, target, p, change);
    hessian(v, p, m);
    if (!solve(m, change))
        return false;
    *size = 0;
    for (int i = 0; i < UNKNOWNS; i++) {
        p->at[i] -= change[i];
        if (i >= TNS_BANDS)
            continue;
        *size = fmax(*size, fabs(change[i]));
        if (!(fabs(p->at[i]) < z_limit))
            return false;
    }
    return true;
}

/* Newton from p; on failure p is left as it was. */
static bool converge(const tns_viewing *v, const double target[3], point *p)
{
    point trial = *p;
    double size = 0;
    for (int i = 0; i < 20; i++) {
        if (!step(v, target, &trial, &size))
            return false;
        if (size < 1e-9) {
            *p = trial;
            return true;
        }
    }
    return false;
}

/* Follows the solution from the grey (p) to the target; the stride adapts. */
static bool follow(const tns_viewing *v, const double from[3], const double to[3], point *p)
{
    const double shortest = 1.0 / 8192;
    double done = 0, stride = 1;
    while (done < 1) {
        double next = fmin(done + stride, 1), target[3];
        for (int k = 0; k < 3; k++)
            target[k] = next < 1 ? from[k] + next * (to[k] - from[k]) : to[k];
        if (converge(v, target, p)) {
            done = next;
            stride *= 2;
        } else {
            stride /= 2;
        }
        if (stride < shortest)
            return false;
    }
    return true;
}

static bool check_lab(tns_lab lab, tns_error *err)
{
    if (!isfinite(lab.L) || !isfinite(lab.a) || !isfinite(lab.b))
        return tns_error_set(err, TNS_ERROR_RANGE, "L* a* b* must be finite numbers");
    if (lab.L < 0 || lab.L > 100)
        return tns_error_set(err, TNS_ERROR_RANGE, "L* is %g: expected 0 to 100", lab.L);
    return true;
}

static bool unreachable(tns_lab lab, const tns_viewing *v, tns_error *err)
{
    return tns_error_set(
        err, TNS_ERROR_RANGE,
        "no reflectance between 0 and 1 was found that has the colour L* %.2f a* %.2f "
        "b* %.2f under %s/%d",
        lab.L, lab.a, lab.b, v->illuminant, v->observer);
}

static bool is_near(tns_xyz a, tns_xyz b)
{
    const double tolerance = 1e-6;
    return fabs(a.X - b.X) <= tolerance && fabs(a.Y - b.Y) <= tolerance &&
           fabs(a.Z - b.Z) <= tolerance;
}

static void label(tns_spectrum *s)
{
    s->effective_channels = 3;
    s->reconstructed = true;
    memcpy(s->prior, "lhtss", sizeof "lhtss");
}

/* Starts from `grey`, which is not the colour itself, so that its value lies between 0 and 1. */
static bool search(const tns_viewing *v, tns_xyz wanted, tns_spectrum *grey)
{
    double r = grey->value[0];
    if (!(r > 0 && r < 1))
        return false;
    tns_xyz from = tns_xyz_from_spectrum(grey, v);
    point p = {{0}};
    for (int i = 0; i < TNS_BANDS; i++)
        p.at[i] = 0.5 * log(r / (1 - r));
    tns_numeric_init();
    if (!follow(v, (double[]){from.X, from.Y, from.Z}, (double[]){wanted.X, wanted.Y, wanted.Z},
                &p))
        return false;
    spread(&p, grey->value);
    return is_near(tns_xyz_from_spectrum(grey, v), wanted);
}

bool tns_spectrum_from_lab(tns_lab lab, const tns_viewing *viewing, tns_spectrum *out,
                           tns_error *err)
{
    if (!check_lab(lab, err))
        return false;
    tns_xyz wanted = tns_xyz_from_lab(lab, viewing->white);
    tns_spectrum s = tns_spectrum_constant(fmin(wanted.Y / viewing->white.Y, 1));
    /* A grey has no slope at all: the constant is the answer, and for black and white the only one.
     */
    if (!is_near(tns_xyz_from_spectrum(&s, viewing), wanted) && !search(viewing, wanted, &s))
        return unreachable(lab, viewing, err);
    label(&s);
    *out = s;
    return true;
}
