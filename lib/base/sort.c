/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/sort.h"

static int by_value(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

void tns_sort_numbers(double *values, size_t count)
{
    if (count > 1)
        qsort(values, count, sizeof *values, by_value);
}
