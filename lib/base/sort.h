/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts numbers in rising order, in their place; `values` may be NULL where there are none. */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* None of them NaN: for medians and quantiles. */
void tns_sort_numbers(double *values, size_t count);
void tns_sort_floats(float *values, size_t count);

/* The shelf's numbers of what it keeps. */
void tns_sort_ids(int64_t *values, size_t count);

#endif
