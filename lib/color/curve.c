/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "color/curve.h"

/* Near ultraviolet to the end of what silicon and InGaAs see; beyond it the unit is not nm. */
static const double shortest_nm = 200, longest_nm = 2500;

static bool check_sample(const tns_curve *c, size_t i, tns_error *err)
{
    if (!isfinite(c->nm[i]) || !isfinite(c->value[i]))
        return tns_error_set(err, TNS_ERROR_FORMAT, "sample %zu: not a finite number", i + 1);
    if (c->nm[i] < shortest_nm || c->nm[i] > longest_nm)
        return tns_error_set(err, TNS_ERROR_RANGE,
                             "sample %zu: wavelength %g nm is outside %g-%g nm", i + 1, c->nm[i],
                             shortest_nm, longest_nm);
    if (i > 0 && c->nm[i] <= c->nm[i - 1])
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "sample %zu: wavelengths must rise, found %g nm after %g nm", i + 1,
                             c->nm[i], c->nm[i - 1]);
    return true;
}

bool tns_curve_check(const tns_curve *c, double from_nm, double to_nm, tns_error *err)
{
    if (c->n < 3)
        return tns_error_set(err, TNS_ERROR_FORMAT, "expected at least 3 samples, found %zu", c->n);
    for (size_t i = 0; i < c->n; i++)
        if (!check_sample(c, i, err))
            return false;
    if (c->nm[0] > from_nm || c->nm[c->n - 1] < to_nm)
        return tns_error_set(err, TNS_ERROR_RANGE, "must cover %g-%g nm, found %g-%g nm", from_nm,
                             to_nm, c->nm[0], c->nm[c->n - 1]);
    return true;
}

/* How many samples lie at or below nm. */
static size_t count_up_to(const tns_curve *c, double nm)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->nm[middle] <= nm)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The straight line of the segment that starts at sample `i`, read at nm. */
static double on_segment(const tns_curve *c, size_t i, double nm)
{
    double t = (nm - c->nm[i]) / (c->nm[i + 1] - c->nm[i]);
    return c->value[i] + t * (c->value[i + 1] - c->value[i]);
}

double tns_curve_at(const tns_curve *c, double nm)
{
    size_t below = count_up_to(c, nm);
    if (below > 0 && c->nm[below - 1] == nm)
        return c->value[below - 1];
    if (below > 0 && below < c->n)
        return on_segment(c, below - 1, nm);
    if (!c->held)
        return 0;
    return c->value[below == 0 ? 0 : c->n - 1];
}

/*
 * The integral over from..to, where both the curve and the triangle are straight: their product is
 * a parabola, for which two Gauss points are exact. They lie inside, so a lamp's step to zero at
 * the ends of its samples does no harm.
 */
static double piece(const tns_curve *c, double center, double half_width, double from, double to)
{
    const double middle = 0.5 * (from + to), reach = 0.5 * (to - from) / sqrt(3);
    double sum = 0;
    for (int side = -1; side <= 1; side += 2) {
        double nm = middle + side * reach;
        sum += tns_curve_at(c, nm) * (1 - fabs(nm - center) / half_width);
    }
    return sum * 0.5 * (to - from);
}

double tns_curve_mean(const tns_curve *c, double center_nm, double half_width_nm)
{
    double end = center_nm + half_width_nm;
    double sum = 0;
    for (double from = center_nm - half_width_nm; from < end;) {
        size_t next = count_up_to(c, from);
        double to = from < center_nm ? center_nm : end;
        if (next < c->n && c->nm[next] < to)
            to = c->nm[next];
        sum += piece(c, center_nm, half_width_nm, from, to);
        from = to;
    }
    return sum / half_width_nm;
}

double tns_curve_gap(const tns_curve *c, double from_nm, double to_nm)
{
    double widest = 0;
    for (size_t i = 1; i < c->n; i++)
        if (c->nm[i] > from_nm && c->nm[i - 1] < to_nm)
            widest = fmax(widest, c->nm[i] - c->nm[i - 1]);
    return widest;
}
