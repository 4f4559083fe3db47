/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/correct/correction.h"
#include "photo/read/statistics.h"

enum { ENOUGH = 16384 };

static size_t stride_of(const tns_region_pixels *p)
{
    return (p->count + ENOUGH - 1) / ENOUGH;
}

static float median_light(const tns_region_pixels *p, int channel, float *scratch)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count; i += stride_of(p))
        scratch[n++] = p->item[i].xyz[channel];
    return tns_float_median(scratch, n);
}

static double axis(tns_lab lab, int k)
{
    return k == 0 ? lab.L : k == 1 ? lab.a : lab.b;
}

static tns_lab lab_of(const tns_region_pixel *p)
{
    return tns_lab_from_xyz((tns_xyz){p->xyz[0], p->xyz[1], p->xyz[2]}, tns_photo_white);
}

static double median_deviation(const tns_region_pixels *p, int k, float *scratch)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count; i += stride_of(p))
        scratch[n++] = (float)axis(lab_of(&p->item[i]), k);
    double median = tns_float_median(scratch, n);
    for (size_t i = 0; i < n; i++)
        scratch[i] = (float)fabs(scratch[i] - median);
    return tns_float_median(scratch, n);
}

bool tns_region_spread(const tns_region_pixels *p, tns_region_statistics *out)
{
    float *scratch = malloc(ENOUGH * sizeof *scratch);
    if (!scratch)
        return false;
    tns_xyz middle = {median_light(p, 0, scratch), median_light(p, 1, scratch),
                      median_light(p, 2, scratch)};
    out->median = tns_lab_from_xyz(middle, tns_photo_white);
    for (int k = 0; k < 3; k++)
        out->mad[k] = median_deviation(p, k, scratch);
    free(scratch);
    return true;
}

/* Ties with the limits stay, so that of an even region all does. */
bool tns_region_trim(tns_region_pixels *p, double trim)
{
    size_t cut = (size_t)(trim * (double)p->count), kept = 0;
    float *light = malloc(p->count * sizeof *light);
    if (!light)
        return false;
    for (size_t i = 0; i < p->count; i++)
        light[i] = p->item[i].xyz[1];
    float low = tns_float_select(light, p->count, cut);
    float high = tns_float_select(light, p->count, p->count - 1 - cut);
    free(light);
    for (size_t i = 0; i < p->count; i++)
        if (p->item[i].xyz[1] >= low && p->item[i].xyz[1] <= high)
            p->item[kept++] = p->item[i];
    p->count = kept;
    return true;
}
