/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "base/random.h"
#include "skin/ways.h"

/* lib/skin/data: median, spread, spread when the median was told */
extern const double skin_healing[][3];

/* Logarithms are normal, cut off where the tails would be fancy. */
static const double CUT = 2;

static double quantile(double share)
{
    double below = gsl_cdf_ugaussian_P(-CUT);
    return gsl_cdf_ugaussian_Pinv(below + share * (1 - 2 * below));
}

static double figure_at(int figure, double told, double share)
{
    const double *row = skin_healing[figure];
    double median = told > 0 ? told : row[0], spread = told > 0 ? row[2] : row[1];
    return median * exp(spread * quantile(share));
}

tns_healing tns_healing_at(const tns_healing_terms *terms, const double share[TNS_HEALING_FIGURES])
{
    tns_healing way = {
        .depth_mm = figure_at(TNS_HEALING_DEPTH, terms->depth_mm, share[TNS_HEALING_DEPTH]),
        .thickness_mm = figure_at(TNS_HEALING_THICKNESS, 0, share[TNS_HEALING_THICKNESS]),
        .deposit = figure_at(TNS_HEALING_DEPOSIT, terms->deposit, share[TNS_HEALING_DEPOSIT]),
        .retention = fmin(figure_at(TNS_HEALING_RETENTION, 0, share[TNS_HEALING_RETENTION]), 1)};
    way.depth_mm = fmin(way.depth_mm, TNS_DEEPEST_MM);
    way.deposit = fmin(way.deposit, TNS_MOST_DEPOSIT);
    return way;
}

tns_healing tns_healing_typical(const tns_healing_terms *terms)
{
    static const double middle[TNS_HEALING_FIGURES] = {0.5, 0.5, 0.5, 0.5};
    const tns_healing_terms nothing = {0};
    return tns_healing_at(terms ? terms : &nothing, middle);
}

/* ---- drawing ---- */

static int by_value(const void *a, const void *b)
{
    const double *u = *(const double *const *)a, *v = *(const double *const *)b;
    return (*u > *v) - (*u < *v);
}

/* A number's place among those of its column for the number itself. */
static void make_even(double (*rows)[TNS_HEALING_FIGURES], size_t count, int figure, double **order)
{
    for (size_t i = 0; i < count; i++)
        order[i] = &rows[i][figure];
    qsort(order, count, sizeof *order, by_value);
    for (size_t i = 0; i < count; i++)
        *order[i] = ((double)i + 0.5) / (double)count;
}

/*
 * Additive recurrence by the powers of 1/g, g the root of x^5 = x + 1 (the golden ratio's kin in
 * four dimensions: M. Roberts, The unreasonable effectiveness of quasirandom sequences, 2018).
 */
static const double KIN = 1.1673039782614187;

bool tns_healing_shares(size_t count, uint64_t seed, double (*out)[TNS_HEALING_FIGURES])
{
    tns_random random = tns_random_make(seed);
    double **order = calloc(count, sizeof *order), pace = 1;
    if (!order)
        return false;
    for (int figure = 0; figure < TNS_HEALING_FIGURES; figure++) {
        double start = tns_random_unit(&random), whole;
        pace /= KIN;
        for (size_t i = 0; i < count; i++)
            out[i][figure] = modf(start + pace * (double)(i + 1), &whole);
        make_even(out, count, figure, order);
    }
    free(order);
    return true;
}
