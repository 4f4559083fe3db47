/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "photo/read/pixel.h"

static int by_value(const void *a, const void *b)
{
    float u = *(const float *)a, v = *(const float *)b;
    return (u > v) - (u < v);
}

float tns_float_median(float *values, size_t n)
{
    qsort(values, n, sizeof *values, by_value);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}
