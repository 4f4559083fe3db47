/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "color/nnls.h"
#include "match/search/seed.h"
#include "match/surface.h"

enum { COLUMNS = TNS_PARTS_MAX + 1, ROWS = TNS_BANDS + 1, FILM_ROUNDS = 5 };

/* The row sum c = 1 must hold to a digit no band can outweigh. */
static const double SUM_WEIGHT = 1e3;

/* Darker or brighter targets have a K/S that means nothing. */
static const double DARKEST = 1e-4, BRIGHTEST = 0.9999;

typedef struct fit {
    const tns_problem *problem;
    const tns_surface *surface;
    const double *seen;       /* the target as an instrument reads it */
    double target[TNS_BANDS]; /* the target below what lies above the ink */
    double eye[TNS_BANDS];
    int columns;
    double A[ROWS * COLUMNS], b[ROWS];
} fit;

static const tns_surface *main_surface(const tns_goal *goal)
{
    size_t most = 0;
    for (size_t s = 1; s < goal->surface_count; s++)
        if (goal->surface_weights[s] > goal->surface_weights[most])
            most = s;
    return &goal->surfaces[most];
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static void start(fit *f, const tns_problem *problem, const tns_spectrum *target, int columns)
{
    f->problem = problem;
    f->surface = main_surface(&problem->goal);
    f->seen = target->value;
    f->columns = columns;
    const tns_viewing *eye = &problem->goal.viewings[0];
    for (int b = 0; b < TNS_BANDS; b++) {
        f->target[b] = clamp(tns_surface_ink(f->surface, b, target->value[b]), DARKEST, BRIGHTEST);
        f->eye[b] = (fabs(eye->weight[0][b]) + fabs(eye->weight[1][b]) + fabs(eye->weight[2][b])) /
                    eye->white.Y;
    }
}

/* The last row: the amounts make one whole. */
static void close_sum(fit *f)
{
    for (int i = 0; i < f->columns; i++)
        f->A[TNS_BANDS * f->columns + i] = SUM_WEIGHT;
    f->b[TNS_BANDS] = SUM_WEIGHT;
}

static const tns_pigment *stock_of(const fit *f, const tns_support *support, int column)
{
    if (column >= support->count)
        return f->problem->diluent;
    int pigment = f->problem->components[support->component[column]].pigment;
    return &f->problem->palette->pigments[pigment];
}

/* K and S of the mixture whose amounts are c: the support's pigments, then the diluent. */
static void mix(const fit *f, const tns_support *support, const double *c, tns_coefficients *out)
{
    double sum = 0;
    *out = (tns_coefficients){{0}, {0}};
    for (int i = 0; i < f->columns; i++) {
        const tns_pigment *stock = stock_of(f, support, i);
        sum += c[i];
        for (int b = 0; b < TNS_BANDS; b++) {
            out->K[b] += c[i] * stock->K[b];
            out->S[b] += c[i] * stock->S[b];
        }
    }
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] /= sum;
        out->S[b] /= sum;
    }
}

/* Amounts by the palette's basis into units of sum 1 and a shade; false where there are none. */
static bool take(const fit *f, const double *c, tns_support *support)
{
    double units = 0, per_shade = 0;
    for (int i = 0; i < support->count; i++) {
        const tns_component *part = &f->problem->components[support->component[i]];
        support->units[i] = c[i] / part->amount;
        units += support->units[i];
        per_shade += support->units[i] * part->dilution;
    }
    if (!(units > 0) || !isfinite(units))
        return false;
    for (int i = 0; i < support->count; i++)
        support->units[i] /= units;
    bool diluted = f->columns > support->count;
    support->shade = diluted ? clamp(c[f->columns - 1] / per_shade, 0, f->problem->max_shade) : 0;
    return true;
}

static void keep_better(const fit *f, const double *c, tns_support *best)
{
    tns_support candidate = *best;
    if (!take(f, c, &candidate))
        return;
    tns_support_rate(f->problem, &candidate);
    if (candidate.objective < best->objective)
        *best = candidate;
}

static void opaque_rows(fit *f, const tns_support *support, const tns_coefficients *guess)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double R = f->target[b], q = tns_km_ratio(R);
        double weight = f->eye[b] * 2 * R * R / ((1 - R * R) * fmax(guess->S[b], 1e-30));
        for (int i = 0; i < f->columns; i++) {
            const tns_pigment *stock = stock_of(f, support, i);
            f->A[b * f->columns + i] = weight * (stock->K[b] - q * stock->S[b]);
        }
        f->b[b] = 0;
    }
    close_sum(f);
}

static void even_amounts(double *c, int count)
{
    for (int i = 0; i < count; i++)
        c[i] = 1.0 / count;
}

/* Twice: the second time the weights know how much the mixture scatters. */
static void fit_opaque(fit *f, tns_support *best)
{
    double c[COLUMNS];
    tns_coefficients guess;
    even_amounts(c, f->columns);
    for (int round = 0; round < 2; round++) {
        mix(f, best, c, &guess);
        opaque_rows(f, best, &guess);
        tns_nnls(ROWS, f->columns, f->A, f->b, c);
        keep_better(f, c, best);
    }
}

/* R + sum dR/dc_i (c_i - guess_i) = target, the guess's own part moved to the right. */
static void film_rows(fit *f, const tns_support *support, const tns_coefficients *guess)
{
    const tns_goal *goal = &f->problem->goal;
    tns_km_slopes slopes[TNS_BANDS];
    if (goal->reducer == TNS_REDUCE_BLEND)
        tns_goal_slopes(goal, 0, guess, slopes);
    else
        for (int b = 0; b < TNS_BANDS; b++)
            slopes[b] = tns_surface_slopes(f->surface, b, guess->K[b], guess->S[b]);
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_km_slopes at = slopes[b];
        double moved = at.dR_dK * guess->K[b] + at.dR_dS * guess->S[b];
        for (int i = 0; i < f->columns; i++) {
            const tns_pigment *stock = stock_of(f, support, i);
            f->A[b * f->columns + i] =
                f->eye[b] * (at.dR_dK * stock->K[b] + at.dR_dS * stock->S[b]);
        }
        f->b[b] = f->eye[b] * (f->seen[b] - at.R + moved);
    }
    close_sum(f);
}

/* Amounts that no longer move: another round would find them again. */
static bool are_still(const double *c, const double *before, int count)
{
    for (int i = 0; i < count; i++)
        if (fabs(c[i] - before[i]) > 1e-12)
            return false;
    return true;
}

static void fit_film(fit *f, double shade, tns_support *best)
{
    double c[COLUMNS] = {0}, before[COLUMNS];
    tns_coefficients guess;
    even_amounts(c, best->count);
    if (f->columns > best->count)
        c[best->count] = shade;
    for (int round = 0; round < FILM_ROUNDS; round++) {
        memcpy(before, c, sizeof before);
        mix(f, best, c, &guess);
        film_rows(f, best, &guess);
        tns_nnls(ROWS, f->columns, f->A, f->b, c);
        if (round > 0 && are_still(c, before, f->columns))
            break;
        keep_better(f, c, best);
    }
}

void tns_seed(const tns_problem *problem, const tns_spectrum *target, tns_support *support)
{
    fit f;
    bool dilutes = problem->max_shade > 0;
    start(&f, problem, target, support->count + (dilutes ? 1 : 0));
    support->objective = INFINITY;
    if (f.surface->kind == TNS_SURFACE_OPAQUE) {
        f.columns = support->count;
        fit_opaque(&f, support);
        return;
    }
    fit_film(&f, fmin(2, problem->max_shade), support);
    if (dilutes)
        fit_film(&f, fmin(12, problem->max_shade), support);
}
