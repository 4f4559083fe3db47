/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/sort.h"

static int by_number(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static int by_float(const void *one, const void *other)
{
    float a = *(const float *)one, b = *(const float *)other;
    return (a > b) - (a < b);
}

static int by_id(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

void tns_sort_numbers(double *values, size_t count)
{
    if (count > 1)
        qsort(values, count, sizeof *values, by_number);
}

void tns_sort_floats(float *values, size_t count)
{
    if (count > 1)
        qsort(values, count, sizeof *values, by_float);
}

void tns_sort_ids(int64_t *values, size_t count)
{
    if (count > 1)
        qsort(values, count, sizeof *values, by_id);
}
