/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repeats of one reading: which of them agree, where their middle is, how far it can be trusted. */
#ifndef MEASURE_REPEATS_H
#define MEASURE_REPEATS_H

#include <stddef.h>

#include <tonsure/driver.h>

/* The middle one of n numbers, of an even count the mean of the two; sorts them. n > 0. */
double tns_median(double *values, size_t n);

/* Of each of L*, a*, b* the median. */
tns_lab tns_lab_median(const tns_lab *labs, const bool *kept, size_t n);

/*
 * Sets kept[i] to false where a color lies further from the median than its fellows do: over three
 * standard deviations as told by the median distance, and over dE00 0.5. Never half of them or
 * more; of fewer than three all are kept. Gives how many are left out.
 */
size_t tns_outliers_find(const tns_lab *labs, size_t n, bool *kept);

/* The largest dE00 of a kept color from `middle`. */
double tns_spread_from(tns_lab middle, const tns_lab *labs, const bool *kept, size_t n);

/*
 * Half widths at k = 2 of the median of the kept: what the kind of instrument is trusted to, and
 * the spread of the repeats over the root of their number, times what a median is less sure by than
 * a mean. The spread is pooled with a usual one that counts as four repeats, so that two readings
 * that agree by chance do not pass for certain.
 */
tns_uncertainty tns_repeats_uncertainty(const tns_lab *labs, const bool *kept, size_t n,
                                        tns_confidence confidence);

/*
 * How far a* has fallen, when it fell from each of three repeats or more to the next and by 1 or
 * more in all; else 0. Pressed skin loses its blood, and with it its red.
 */
double tns_blanching(const tns_lab *labs, size_t n);

#endif
