/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/difference.h>
#include <tonsure/instrument.h>

#include "base/sort.h"
#include "measure/repeats.h"

/* The median of absolute deviations times this is the standard deviation of normal errors. */
static const double MAD_TO_SD = 1.4826;

/* Within this, in dE00, repeats are never set aside: skin differs so from one touch to the next. */
static const double ALWAYS_KEPT_DE00 = 0.5;

/*
 * The variance of a median over that of a mean, of many normal errors; of three it is 1.35. Of one
 * or two a median is the mean.
 */
static const double MEDIAN_OVER_MEAN = 1.5707963267948966; /* pi/2 */

/* Standard deviation of one axis from touch to touch, and how many repeats it counts as. */
static const double USUAL_SD = 0.4, USUAL_WEIGHT = 4;

double tns_median(double *values, size_t n)
{
    tns_sort_numbers(values, n);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

typedef enum axis { AXIS_L, AXIS_A, AXIS_B } axis;

static double on_axis(const tns_lab *lab, axis which)
{
    return which == AXIS_L ? lab->L : which == AXIS_A ? lab->a : lab->b;
}

/* The kept ones' values on an axis; gives how many. */
static size_t kept_values(const tns_lab *labs, const bool *kept, size_t n, axis which,
                          double out[TNS_REPEATS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (kept[i])
            out[count++] = on_axis(&labs[i], which);
    return count;
}

tns_lab tns_lab_median(const tns_lab *labs, const bool *kept, size_t n)
{
    double middle[3], values[TNS_REPEATS_MAX];
    for (int k = 0; k < 3; k++) {
        size_t count = kept_values(labs, kept, n, (axis)k, values);
        middle[k] = tns_median(values, count);
    }
    return (tns_lab){middle[0], middle[1], middle[2]};
}

size_t tns_outliers_find(const tns_lab *labs, size_t n, bool *kept)
{
    double distance[TNS_REPEATS_MAX], sorted[TNS_REPEATS_MAX];
    size_t left_out = 0;
    for (size_t i = 0; i < n; i++)
        kept[i] = true;
    if (n < 3)
        return 0;
    tns_lab middle = tns_lab_median(labs, kept, n);
    for (size_t i = 0; i < n; i++)
        sorted[i] = distance[i] = tns_de00(middle, labs[i]);
    double limit = fmax(ALWAYS_KEPT_DE00, 3 * MAD_TO_SD * tns_median(sorted, n));
    for (size_t i = 0; i < n; i++) {
        kept[i] = distance[i] <= limit;
        left_out += kept[i] ? 0 : 1;
    }
    return left_out;
}

double tns_spread_from(tns_lab middle, const tns_lab *labs, const bool *kept, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        if (kept[i])
            most = fmax(most, tns_de00(middle, labs[i]));
    return most;
}

/* ---- uncertainty ---- */

/*
 * What one axis of a color is trusted to, one standard deviation, whatever the repeats say: how two
 * sound instruments of the kind, each with its own white, differ on one surface. A judgement.
 */
static double floor_of(tns_confidence confidence)
{
    static const double floors[] = {
        [TNS_CONFIDENCE_LOW] = 2, [TNS_CONFIDENCE_MEDIUM] = 0.75, [TNS_CONFIDENCE_HIGH] = 0.3};
    return floors[confidence];
}

static double pooled_variance(const double *values, size_t n)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        mean += values[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return (USUAL_WEIGHT * USUAL_SD * USUAL_SD + squares) / (USUAL_WEIGHT + (double)n - 1);
}

tns_uncertainty tns_repeats_uncertainty(const tns_lab *labs, const bool *kept, size_t n,
                                        tns_confidence confidence)
{
    double half[3], values[TNS_REPEATS_MAX], floor = floor_of(confidence);
    for (int k = 0; k < 3; k++) {
        size_t count = kept_values(labs, kept, n, (axis)k, values);
        double middle = (count > 2 ? MEDIAN_OVER_MEAN : 1) * pooled_variance(values, count);
        half[k] = 2 * sqrt(floor * floor + middle / (double)count);
    }
    return (tns_uncertainty){.L = half[0], .a = half[1], .b = half[2], .k = 2};
}

double tns_blanching(const tns_lab *labs, size_t n)
{
    if (n < 3)
        return 0;
    for (size_t i = 1; i < n; i++)
        if (labs[i].a >= labs[i - 1].a)
            return 0;
    double fall = labs[0].a - labs[n - 1].a;
    return fall >= 1 ? fall : 0;
}
