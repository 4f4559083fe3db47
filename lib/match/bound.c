/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "match/bound.h"

static const double STEPS_PER_UNIT = 32;

/* What rounding may cost L*; the same as the goal allows. */
static const double DARKER_SLACK = 1e-9;

/* The inner function of CIE L*a*b* (CIE 015:2018, 8.2.1): rising and concave, on all numbers. */
static double compressed(double t)
{
    const double corner = 6.0 / 29;
    return t > corner * corner * corner ? cbrt(t) : t / (3 * corner * corner) + 4.0 / 29;
}

/* 1 - rho/2, falling with the chroma. */
static double rotation_left(double chroma)
{
    double c = chroma / 25, c2 = c * c, c7 = c2 * c2 * c2 * c;
    return 1 - sqrt(3) / 2 * sqrt(c7 / (1 + c7));
}

static double in_units_of_chroma(double distance, double chroma)
{
    return distance / (1 + 0.045 * (chroma + distance / 2));
}

/*
 * From the far end: below every distance in [i, i + 1] steps is the falling factor at its end times
 * the rising one at its start; below all beyond the table, the least factor at the table's end.
 */
static void tabulate_chroma(double chroma, double table[TNS_BOUND_STEPS])
{
    double beyond = in_units_of_chroma(TNS_BOUND_STEPS / STEPS_PER_UNIT, chroma);
    double least = (1 - sqrt(3) / 2) * beyond * beyond;
    for (int i = TNS_BOUND_STEPS - 1; i >= 0; i--) {
        double near = in_units_of_chroma(i / STEPS_PER_UNIT, chroma);
        double far = chroma + (i + 1) / STEPS_PER_UNIT / 2;
        least = fmin(least, rotation_left(far) * near * near);
        table[i] = least;
    }
}

static void init_viewing(tns_bound_viewing *out, const tns_viewing *viewing, tns_lab target,
                         double weight)
{
    out->weight = weight;
    out->target = target;
    for (int b = 0; b < TNS_BANDS; b++) {
        double x = viewing->weight[0][b] / viewing->white.X;
        double y = viewing->weight[1][b] / viewing->white.Y;
        double z = viewing->weight[2][b] / viewing->white.Z;
        out->y[b] = y;
        out->xy[b] = x - y;
        out->yz[b] = y - z;
    }
    tabulate_chroma(hypot(1.5 * target.a, target.b), out->chroma);
}

bool tns_bound_init(tns_bound *bound, const tns_goal *goal, tns_error *err)
{
    bound->goal = goal;
    bound->viewings = calloc(goal->viewing_count, sizeof *bound->viewings);
    if (!bound->viewings)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu illuminants",
                             goal->viewing_count);
    for (size_t v = 0; v < goal->viewing_count; v++)
        init_viewing(&bound->viewings[v], &goal->viewings[v], goal->target[v], goal->weights[v]);
    return true;
}

void tns_bound_finish(tns_bound *bound)
{
    free(bound->viewings);
    bound->viewings = NULL;
}

typedef struct interval {
    double low, high;
} interval;

/* A weighted sum over the bands; the weights may be negative. */
static interval weighted(const double weight[TNS_BANDS], const tns_reach *reach)
{
    double middle[4] = {0}, spread[4] = {0};
    for (int b = 0; b < TNS_BANDS; b += 4)
        for (int i = 0; i < 4; i++) {
            double w = weight[b + i], low = reach->low[b + i], high = reach->high[b + i];
            middle[i] += w * (high + low);
            spread[i] += fabs(w) * (high - low);
        }
    double m = (middle[0] + middle[1]) + (middle[2] + middle[3]);
    double s = (spread[0] + spread[1]) + (spread[2] + spread[3]);
    interval sum = {(m - s) / 2, (m + s) / 2};
    return sum;
}

static double outside(double target, interval reach)
{
    return target < reach.low ? reach.low - target : target > reach.high ? target - reach.high : 0;
}

/* |dL|/S_L at the lightness nearest to the target's. */
static double squared_lightness(double target, interval L)
{
    double gap = outside(target, L);
    double mean = target + (target < L.low ? gap : -gap) / 2 - 50;
    double term = gap / (1 + 0.015 * mean * mean / sqrt(20 + mean * mean));
    return term * term;
}

/*
 * f(y + d) - f(y) for y and d in their intervals: rises with d, and, f being concave, falls with y
 * for d > 0 and rises for d < 0. `f` has the values of f at the ends of y.
 */
static interval step_up(interval y, interval f, interval d)
{
    interval out;
    out.low = d.low < 0 ? compressed(y.low + d.low) - f.low : compressed(y.high + d.low) - f.high;
    out.high =
        d.high > 0 ? compressed(y.low + d.high) - f.low : compressed(y.high + d.high) - f.high;
    return out;
}

/* f(y) - f(y - e), alike. */
static interval step_down(interval y, interval f, interval e)
{
    interval back = {-e.high, -e.low};
    interval up = step_up(y, f, back);
    interval out = {-up.high, -up.low};
    return out;
}

static double squared_chroma(const tns_bound_viewing *viewing, const tns_reach *reach, interval y,
                             interval f)
{
    interval a = step_up(y, f, weighted(viewing->xy, reach));
    interval b = step_down(y, f, weighted(viewing->yz, reach));
    double da = outside(viewing->target.a / 500, a) * 500;
    double db = outside(viewing->target.b / 200, b) * 200;
    double index = sqrt(da * da + db * db) * STEPS_PER_UNIT;
    return viewing->chroma[index < TNS_BOUND_STEPS ? (int)index : TNS_BOUND_STEPS - 1];
}

static interval lightness(interval f)
{
    interval L = {116 * f.low - 16, 116 * f.high - 16};
    return L;
}

double tns_bound_squared_de00(const tns_bound_viewing *viewing, const tns_reach *reach,
                              double enough)
{
    interval y = weighted(viewing->y, reach);
    interval f = {compressed(y.low), compressed(y.high)};
    double sum = squared_lightness(viewing->target.L, lightness(f));
    return sum > enough ? sum : sum + squared_chroma(viewing, reach, y, f);
}

static bool all_too_dark(const tns_bound *bound, const tns_reach *reach)
{
    if (!bound->goal->never_darker)
        return false;
    double brightest = compressed(weighted(bound->viewings[0].y, reach).high);
    return 116 * brightest - 16 < bound->goal->target[0].L - 2 * DARKER_SLACK;
}

/* On one surface; stops where it has exceeded `enough`. */
static double squared_on(const tns_bound *bound, const tns_reach *reach, double enough)
{
    double sum = 0;
    for (size_t v = 0; v < bound->goal->viewing_count && sum <= enough; v++) {
        const tns_bound_viewing *viewing = &bound->viewings[v];
        if (viewing->weight > 0)
            sum += viewing->weight *
                   tns_bound_squared_de00(viewing, reach, (enough - sum) / viewing->weight);
    }
    return sum;
}

double tns_bound_value(const tns_bound *bound, const tns_coefficients *points, size_t count,
                       double enough)
{
    const tns_goal *goal = bound->goal;
    bool max = goal->reducer == TNS_REDUCE_MAX;
    double most = enough * enough, total = 0;
    for (size_t s = 0; s < goal->surface_count; s++) {
        tns_reach reach;
        tns_reach_of(&goal->surfaces[s], points, count, &reach);
        if (all_too_dark(bound, &reach))
            return INFINITY;
        double weight = max ? 1 : goal->surface_weights[s];
        double here =
            weight > 0 ? squared_on(bound, &reach, (most - (max ? 0 : total)) / weight) : 0;
        total = max ? fmax(total, here) : total + weight * here;
        if (total > most)
            return INFINITY;
    }
    return sqrt(total);
}
