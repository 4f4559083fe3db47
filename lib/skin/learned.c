/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "skin/learned.h"

void tns_weights_from_logs(double *log_likelihood, size_t count)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, log_likelihood[i]);
    for (size_t i = 0; i < count; i++)
        sum += log_likelihood[i] = exp(log_likelihood[i] - most);
    for (size_t i = 0; i < count; i++)
        log_likelihood[i] /= sum;
}

static int by_value(const void *a, const void *b)
{
    double u = ((const tns_weighed *)a)->value, v = ((const tns_weighed *)b)->value;
    return (u > v) - (u < v);
}

/* A draw stands in the middle of its own weight. */
static double quantile(const tns_weighed *draws, size_t count, double share)
{
    double below = draws[0].weight / 2;
    if (share <= below)
        return draws[0].value;
    for (size_t i = 1; i < count; i++) {
        double step = (draws[i - 1].weight + draws[i].weight) / 2;
        if (below + step >= share && step > 0)
            return draws[i - 1].value +
                   (share - below) / step * (draws[i].value - draws[i - 1].value);
        below += step;
    }
    return draws[count - 1].value;
}

tns_learned_range tns_learned_range_of(tns_weighed *draws, size_t count)
{
    qsort(draws, count, sizeof *draws, by_value);
    return (tns_learned_range){quantile(draws, count, 0.05), quantile(draws, count, 0.5),
                               quantile(draws, count, 0.95)};
}
