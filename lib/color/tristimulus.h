/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a spectrum to L*a*b*, for one spectrum and for kernels over many alike. */
#ifndef COLOR_TRISTIMULUS_H
#define COLOR_TRISTIMULUS_H

#include <math.h>

#include <tonsure/colorimetry.h>

#include "base/vmath.h"

/* CIE 015:2018, 8.2.1: a cube root, and below (6/29)^3 the line that joins it smoothly. */
TNS_KERNEL_INLINE double tns_f_from_ratio(double t)
{
    double root = tns_vcbrt(t), line = t * (841.0 / 108) + 4.0 / 29;
    return t > 216.0 / 24389 ? root : line;
}

/* Its slope. */
static inline double tns_f_slope(double t)
{
    const double corner = 6.0 / 29;
    return t > corner * corner * corner ? 1 / (3 * cbrt(t * t)) : 1 / (3 * corner * corner);
}

TNS_KERNEL_INLINE tns_lab tns_lab_of_ratios(double x, double y, double z)
{
    double fx = tns_f_from_ratio(x), fy = tns_f_from_ratio(y), fz = tns_f_from_ratio(z);
    return (tns_lab){116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

/* How L*, a*, b* of a spectrum move with each band of it. */
void tns_lab_by_bands(const tns_spectrum *seen, const tns_viewing *viewing,
                      double out[3][TNS_BANDS]);

/*
 * Colors of n spectra that lie band after band: band b of spectrum i at [b * row + i], `row` a
 * multiple of TNS_DOUBLE_LANES, n or more, and all of it readable.
 */
void tns_lab_from_bands(const double *by_band, size_t row, size_t n, const tns_viewing *viewing,
                        tns_lab *out);

#endif
