/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/read/select.h"

static const double SINGLE = 0.4; /* quantile of widths: some are of hairs side by side */

typedef struct weighted {
    double value, weight;
} weighted;

static int by_value(const void *left, const void *right)
{
    double a = ((const weighted *)left)->value, b = ((const weighted *)right)->value;
    return (a > b) - (a < b);
}

static double weighted_quantile(weighted *v, size_t n, double share)
{
    double all = 0, sum = 0;
    qsort(v, n, sizeof *v, by_value);
    for (size_t i = 0; i < n; i++)
        all += v[i].weight;
    for (size_t i = 0; i < n; i++) {
        sum += v[i].weight;
        if (sum >= share * all)
            return v[i].value;
    }
    return 0;
}

double tns_spot_redness(const tns_spot *spot)
{
    return spot->tint[1] > 0 ? spot->tint[0] / spot->tint[1] : spot->tint[0] > 0 ? 2 : 0;
}

/*
 * Its length in widths, which is the same at every magnification, times the square of what stands
 * out, so that neither a mole nor a hundred grains of skin outvote ten hairs.
 */
double tns_spot_evidence(const tns_spot *spot)
{
    double widths = fmin(spot->area / (spot->width * spot->width), 10);
    return widths * sqrt(spot->width) * spot->stand_out * spot->stand_out;
}

bool tns_spots_usual(const tns_spots *spots, bool (*could_be)(const tns_spot *), tns_usual *out)
{
    size_t room = spots->count + 1, n = 0;
    weighted *v = malloc(3 * room * sizeof *v), *contrast = v + room, *across = contrast + room;
    if (!v)
        return false;
    for (size_t i = 0; i < spots->count; i++) {
        const tns_spot *spot = &spots->spot[i];
        double weight = tns_spot_evidence(spot);
        if (!could_be(spot))
            continue;
        v[n] = (weighted){tns_spot_redness(spot), weight};
        contrast[n] = (weighted){spot->stand_out, weight};
        across[n++] = (weighted){spot->width, weight};
    }
    out->redness = weighted_quantile(v, n, 0.5);
    out->stand_out = weighted_quantile(contrast, n, 0.5);
    out->width = weighted_quantile(across, n, SINGLE);
    free(v);
    return true;
}
