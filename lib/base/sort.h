/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>

/* Puts numbers, none of them NaN, in rising order, in their place: for medians and quantiles. */
void tns_sort_numbers(double *values, size_t count);

#endif
