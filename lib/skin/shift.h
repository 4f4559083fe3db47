/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A spectrum moved by a small step of its color, as smoothly as may be: R exp(c0 + c1 t + c2 t^2)
 * with t over the visible. For the errors of readings, which are told in L*, a* and b*.
 */
#ifndef SKIN_SHIFT_H
#define SKIN_SHIFT_H

#include <tonsure/colorimetry.h>
#include <tonsure/spectrum.h>

typedef struct tns_shift {
    tns_spectrum spectrum;
    double per_step[3][TNS_BANDS]; /* of log R, for z = 1 of three independent numbers */
} tns_shift;

/* `covariance` LL, La, Lb, aa, ab, bb; what is not positive definite is taken without what goes
   together. */
tns_shift tns_shift_make(const tns_spectrum *spectrum, const double covariance[6],
                         const tns_viewing *viewing);

tns_spectrum tns_shift_by(const tns_shift *shift, const double z[3]);

#endif
