/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sampled curve over wavelength, as it comes from outside: any spacing, borrowed arrays. */
#ifndef COLOR_CURVE_H
#define COLOR_CURVE_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>

typedef struct tns_curve {
    const double *nm; /* rising */
    const double *value;
    size_t n;
    bool held; /* beyond the samples: the end values (reflectance) or zero (a lamp) */
} tns_curve;

/*
 * Fails, naming the sample, on fewer than 3 samples, on numbers that are not finite, on wavelengths
 * that do not rise or that leave 200-2500 nm, and when from_nm..to_nm is not covered.
 */
bool tns_curve_check(const tns_curve *curve, double from_nm, double to_nm, tns_error *err);

/* Linear interpolation. */
double tns_curve_at(const tns_curve *curve, double nm);

/*
 * The mean under a triangle of the given half width, by exact integration of the piecewise-linear
 * curve; so the spacing of the samples has no weight of its own.
 */
double tns_curve_mean(const tns_curve *curve, double center_nm, double half_width_nm);

/* The widest gap between neighbouring samples of which some part lies in from_nm..to_nm; 0 = none.
 */
double tns_curve_gap(const tns_curve *curve, double from_nm, double to_nm);

#endif
