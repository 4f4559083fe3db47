/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The likeliest spectrum of a color under a Gaussian prior on z = log(R / (1 - R)): least |y|^2
 * subject to W R = X, z = mean + F y. (Maximum a posteriori without noise; the constraint stands
 * for the likelihood.) By Gauss-Newton on the Lagrangian: each step solves the problem with R made
 * linear about the last point,
 *
 *     y <- J' (J J')^-1 (J y - g),    J = W diag(R (1 - R)) F,    g = W R - X,
 *
 * shortened where it would lead away from the color. A fixed point fulfils the conditions of the
 * true optimum, because there y is in the span of J' and g = 0.
 */
#include <math.h>
#include <string.h>

#include "color/numeric.h"
#include "color/prior.h"

enum { MULTIPLIERS = 3 };

/* A pivot's square that is none. */
static const double NOTHING = 1e-300;
typedef double scores[TNS_PRIOR_COMPONENTS];

typedef struct problem {
    const tns_prior_row *table;
    const tns_viewing *viewing;
    double wanted[MULTIPLIERS];
} problem;

/* What the constraints are at a point: miss = W R - X and its slopes, in hundredths. */
typedef struct constraint {
    double miss[MULTIPLIERS];
    double slope[MULTIPLIERS][TNS_PRIOR_COMPONENTS];
} constraint;

static double reflectance_at(const problem *p, const scores y, int band)
{
    double z = p->table[band][1];
    for (int j = 0; j < TNS_PRIOR_COMPONENTS; j++)
        z += p->table[band][2 + j] * y[j];
    return 1 / (1 + exp(-z));
}

static constraint constraint_at(const problem *p, const scores y)
{
    constraint c = {0};
    for (int k = 0; k < MULTIPLIERS; k++)
        c.miss[k] = -p->wanted[k];
    for (int i = 0; i < TNS_BANDS; i++) {
        double r = reflectance_at(p, y, i);
        for (int k = 0; k < MULTIPLIERS; k++) {
            double weight = p->viewing->weight[k][i] / 100;
            c.miss[k] += weight * r;
            for (int j = 0; j < TNS_PRIOR_COMPONENTS; j++)
                c.slope[k][j] += weight * r * (1 - r) * p->table[i][2 + j];
        }
    }
    return c;
}

static double size(const constraint *c)
{
    return sqrt(c->miss[0] * c->miss[0] + c->miss[1] * c->miss[1] + c->miss[2] * c->miss[2]);
}

/* Where the problem made linear about y has its optimum. */
static bool linear_optimum(const constraint *c, const scores y, scores out)
{
    double square[MULTIPLIERS][MULTIPLIERS] = {{0}}, multiplier[MULTIPLIERS];
    for (int k = 0; k < MULTIPLIERS; k++) {
        multiplier[k] = -c->miss[k];
        for (int j = 0; j < TNS_PRIOR_COMPONENTS; j++) {
            multiplier[k] += c->slope[k][j] * y[j];
            for (int l = 0; l < MULTIPLIERS; l++)
                square[k][l] += c->slope[k][j] * c->slope[l][j];
        }
    }
    if (!tns_cholesky(&square[0][0], MULTIPLIERS, MULTIPLIERS, NOTHING))
        return false;
    tns_cholesky_solve(&square[0][0], MULTIPLIERS, MULTIPLIERS, multiplier);
    for (int j = 0; j < TNS_PRIOR_COMPONENTS; j++)
        out[j] = c->slope[0][j] * multiplier[0] + c->slope[1][j] * multiplier[1] +
                 c->slope[2][j] * multiplier[2];
    return true;
}

/*
 * Goes towards `goal` as far as the color comes nearer, at most `longest` standard deviations;
 * `moved` gets how far. Once the color is met only the optimum matters, and steps are taken whole.
 */
static bool step(const problem *p, const scores goal, scores y, constraint *c, double *moved)
{
    const double longest = 3, met = 1e-6, least = 1e-4;
    double length = 0;
    for (int j = 0; j < TNS_PRIOR_COMPONENTS; j++)
        length += (goal[j] - y[j]) * (goal[j] - y[j]);
    length = sqrt(length);
    double before = size(c);
    for (double part = fmin(1, longest / length); part > least; part /= 2) {
        scores trial;
        for (int j = 0; j < TNS_PRIOR_COMPONENTS; j++)
            trial[j] = y[j] + part * (goal[j] - y[j]);
        constraint there = constraint_at(p, trial);
        if (size(&there) < fmax(met, (1 - 0.1 * part) * before)) {
            memcpy(y, trial, sizeof trial);
            *c = there;
            *moved = part * length;
            return true;
        }
    }
    return false;
}

bool tns_prior_likeliest(const tns_prior_row table[TNS_BANDS], const tns_viewing *viewing,
                         tns_xyz wanted, double reflectance[TNS_BANDS], double *distance)
{
    const problem p = {table, viewing, {wanted.X / 100, wanted.Y / 100, wanted.Z / 100}};
    scores y = {0}, goal;
    constraint c = constraint_at(&p, y);
    double moved = INFINITY;
    for (int round = 0; moved > 1e-8 || size(&c) > 1e-12; round++)
        if (round == 100 || !linear_optimum(&c, y, goal) || !step(&p, goal, y, &c, &moved))
            return false;
    *distance = 0;
    for (int j = 0; j < TNS_PRIOR_COMPONENTS; j++)
        *distance = hypot(*distance, y[j]);
    for (int i = 0; i < TNS_BANDS; i++)
        reflectance[i] = reflectance_at(&p, y, i);
    return true;
}
