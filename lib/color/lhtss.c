/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Least hyperbolic tangent slope squared: S. A. Burns, "Numerical methods for smoothest reflectance
 * reconstruction", Color Res. Appl. 45, 8 (2020). With R = (tanh z + 1)/2, minimise the summed
 * squared steps |D z|^2 subject to W R = X. W may have negative entries; nothing here minds.
 *
 * Newton's method on the Lagrangian, as published, finds the answer from nearby only. In R the
 * constraint is a plane through the cube (0, 1)^n, and that brings us near for every color there
 * is: (1) the analytic centre of the slice, a convex problem that is solvable exactly when the
 * color is that of an object; (2) descent in the plane by Gauss-Newton steps, which cannot leave
 * the cube because slopes grow without bound at its faces; (3) Newton in z, to the last digits.
 */
#include <math.h>
#include <string.h>

#include "color/lhtss.h"

enum { MULTIPLIERS = 3, UNKNOWNS = TNS_BANDS + MULTIPLIERS };

/* Reflectances or z of the bands, then the multipliers: as a point and as a step. */
typedef double unknowns[UNKNOWNS];
typedef double bordered[UNKNOWNS][UNKNOWNS];

typedef struct problem {
    const tns_viewing *viewing;
    double wanted[MULTIPLIERS];
} problem;

/* Largest |z|: at 18 the reflectance is 2e-16 from 0 or 1, and doubles have no more to give. */
static const double z_limit = 18;

/* Not by tanh: near black 1 + tanh z would cancel. */
static double reflectance_at(double z)
{
    return 1 / (1 + exp(-2 * z));
}

static double z_at(double reflectance)
{
    return 0.5 * log(reflectance / (1 - reflectance));
}

/* A row of W in hundredths, so that all unknowns are of one size. */
static double weight(const problem *p, int k, int band)
{
    return p->viewing->weight[k][band] / 100;
}

/* (W R - X)[k] in hundredths. */
static double miss(const problem *p, int k, const double *reflectance)
{
    double sum = -p->wanted[k] / 100;
    for (int i = 0; i < TNS_BANDS; i++)
        sum += weight(p, k, i) * reflectance[i];
    return sum;
}

/* (D^T D z)[i]: half the gradient of the summed squared steps. */
static double curvature(const double *z, int i)
{
    double sum = 0;
    if (i > 0)
        sum += z[i] - z[i - 1];
    if (i < TNS_BANDS - 1)
        sum += z[i] - z[i + 1];
    return sum;
}

/*
 * The Hessian of |D z|^2 with each z[i] standing for scale[i] units of its unknown, bordered by the
 * constraints with columns times `slope`.
 */
static void set_bordered(const problem *p, const double *scale, const double *slope, bordered out)
{
    memset(out, 0, sizeof(bordered));
    for (int i = 0; i < TNS_BANDS; i++) {
        int neighbours = (i > 0) + (i < TNS_BANDS - 1);
        out[i][i] = 2 * neighbours * scale[i] * scale[i];
        if (i > 0)
            out[i][i - 1] = out[i - 1][i] = -2 * scale[i] * scale[i - 1];
        for (int k = 0; k < MULTIPLIERS; k++)
            out[i][TNS_BANDS + k] = out[TNS_BANDS + k][i] = weight(p, k, i) * slope[i];
    }
}

static void swap_rows(bordered m, unknowns right, int a, int b)
{
    unknowns row;
    double one = right[a];
    memcpy(row, m[a], sizeof row);
    memcpy(m[a], m[b], sizeof row);
    memcpy(m[b], row, sizeof row);
    right[a] = right[b];
    right[b] = one;
}

/* Takes column k out of the rows below: of a bordered band most have nothing there. */
static void eliminate(bordered m, unknowns right, int k)
{
    for (int i = k + 1; i < UNKNOWNS; i++) {
        if (m[i][k] == 0)
            continue;
        double share = m[i][k] / m[k][k];
        for (int j = k + 1; j < UNKNOWNS; j++)
            m[i][j] -= share * m[k][j];
        right[i] -= share * right[k];
    }
}

/* Solves m x = right in place, by the largest pivot of each column. False when m is singular. */
static bool solve(bordered m, unknowns right)
{
    for (int k = 0; k < UNKNOWNS; k++) {
        int pivot = k;
        for (int i = k + 1; i < UNKNOWNS; i++)
            pivot = fabs(m[i][k]) > fabs(m[pivot][k]) ? i : pivot;
        if (!(fabs(m[pivot][k]) > 0))
            return false;
        if (pivot != k)
            swap_rows(m, right, pivot, k);
        eliminate(m, right, k);
    }
    for (int k = UNKNOWNS - 1; k >= 0; k--) {
        for (int j = k + 1; j < UNKNOWNS; j++)
            right[k] -= m[k][j] * right[j];
        right[k] /= m[k][k];
    }
    return true;
}

/* The part of a step, at most 1, that keeps nine tenths clear of the cube's faces. */
static double part_inside(const double *r, const double *step)
{
    double part = 1;
    for (int i = 0; i < TNS_BANDS; i++) {
        double room = step[i] < 0 ? r[i] : 1 - r[i];
        if (step[i] != 0)
            part = fmin(part, 0.9 * room / fabs(step[i]));
    }
    return part;
}

/*
 * Towards the least of -sum log R(1 - R) on the plane, by Newton's method from outside it (Boyd and
 * Vandenberghe, Convex Optimization, 10.3). A full step lands on the plane, which is enough.
 */
static bool find_center(const problem *p, double r[TNS_BANDS])
{
    static const double none[TNS_BANDS] = {0};
    double one[TNS_BANDS];
    for (int i = 0; i < TNS_BANDS; i++) {
        r[i] = 0.5;
        one[i] = 1;
    }
    for (int round = 0; round < 100; round++) {
        bordered m;
        unknowns step;
        set_bordered(p, none, one, m);
        for (int i = 0; i < TNS_BANDS; i++) {
            m[i][i] = 1 / (r[i] * r[i]) + 1 / ((1 - r[i]) * (1 - r[i]));
            step[i] = 1 / r[i] - 1 / (1 - r[i]);
        }
        for (int k = 0; k < MULTIPLIERS; k++)
            step[TNS_BANDS + k] = -miss(p, k, r);
        if (!solve(m, step))
            return false;
        double part = part_inside(r, step);
        for (int i = 0; i < TNS_BANDS; i++)
            r[i] += part * step[i];
        if (part == 1)
            return true;
    }
    return false;
}

static double slope_squared(const double *r)
{
    double sum = 0;
    for (int i = 0; i + 1 < TNS_BANDS; i++) {
        double step = z_at(r[i + 1]) - z_at(r[i]);
        sum += step * step;
    }
    return sum;
}

/* The Gauss-Newton step in the plane, and the multipliers it implies. */
static bool descent_step(const problem *p, const double *r, unknowns step)
{
    bordered m;
    double z[TNS_BANDS], steepness[TNS_BANDS], one[TNS_BANDS];
    for (int i = 0; i < TNS_BANDS; i++) {
        z[i] = z_at(r[i]);
        steepness[i] = 0.5 / (r[i] * (1 - r[i])); /* dz/dR */
        one[i] = 1;
    }
    set_bordered(p, steepness, one, m);
    for (int i = 0; i < TNS_BANDS; i++) {
        m[i][i] += 1e-6 * steepness[i] * steepness[i]; /* a grey step has no slope of its own */
        step[i] = -2 * curvature(z, i) * steepness[i];
    }
    for (int k = 0; k < MULTIPLIERS; k++)
        step[TNS_BANDS + k] = -miss(p, k, r);
    return solve(m, step);
}

/* Takes as much of the step as makes the slopes less; gives that part, 0 when none does. */
static double descend(double r[TNS_BANDS], const double *step)
{
    const double before = slope_squared(r);
    for (double part = part_inside(r, step); part > 1e-12; part /= 2) {
        double trial[TNS_BANDS];
        for (int i = 0; i < TNS_BANDS; i++)
            trial[i] = r[i] + part * step[i];
        if (slope_squared(trial) < before) {
            memcpy(r, trial, sizeof trial);
            return part;
        }
    }
    return 0;
}

/* One Newton step in z on the Lagrangian; `size` gets its largest change of z. */
static bool newton_step(const problem *p, unknowns at, double *size)
{
    bordered m;
    unknowns change;
    double r[TNS_BANDS], slope[TNS_BANDS], one[TNS_BANDS];
    for (int i = 0; i < TNS_BANDS; i++) {
        r[i] = reflectance_at(at[i]);
        slope[i] = 2 * r[i] * (1 - r[i]); /* dR/dz */
        one[i] = 1;
    }
    set_bordered(p, one, slope, m);
    for (int i = 0; i < TNS_BANDS; i++) {
        double pull = 0;
        for (int k = 0; k < MULTIPLIERS; k++)
            pull += weight(p, k, i) * at[TNS_BANDS + k];
        m[i][i] += 2 * (1 - 2 * r[i]) * slope[i] * pull;
        change[i] = 2 * curvature(at, i) + slope[i] * pull;
    }
    for (int k = 0; k < MULTIPLIERS; k++)
        change[TNS_BANDS + k] = miss(p, k, r);
    if (!solve(m, change))
        return false;
    *size = 0;
    for (int i = 0; i < UNKNOWNS; i++)
        at[i] -= change[i];
    for (int i = 0; i < TNS_BANDS; i++) {
        *size = fmax(*size, fabs(change[i]));
        if (!(fabs(at[i]) < z_limit))
            return false;
    }
    return true;
}

/* Newton from r and the step's multipliers; on failure r stays as it was. */
static bool polish(const problem *p, const unknowns step, double r[TNS_BANDS])
{
    unknowns at;
    memcpy(at, step, sizeof at);
    for (int i = 0; i < TNS_BANDS; i++)
        at[i] = z_at(r[i]);
    double size = 0;
    for (int round = 0; round < 20; round++) {
        if (!newton_step(p, at, &size))
            return false;
        if (size < 1e-9) {
            for (int i = 0; i < TNS_BANDS; i++)
                r[i] = reflectance_at(at[i]);
            return true;
        }
    }
    return false;
}

bool tns_lhtss(const tns_viewing *viewing, tns_xyz wanted, double reflectance[TNS_BANDS])
{
    problem p = {viewing, {wanted.X, wanted.Y, wanted.Z}};
    if (!find_center(&p, reflectance))
        return false;
    for (int round = 0; round < 100; round++) {
        unknowns step;
        if (!descent_step(&p, reflectance, step))
            return false;
        double part = descend(reflectance, step);
        if ((part == 0 || part > 0.1) && polish(&p, step, reflectance))
            return true;
        if (part == 0)
            return false;
    }
    return false;
}
