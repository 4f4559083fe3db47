/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Elementary functions for kernels (base/cpu.h): without calls, branches or tables, so that a loop
 * over them becomes vector code, with the same bits on every instruction set and from every
 * compiler. NaN gives NaN; errno stays. The bounds were measured against long double at 10^7
 * arguments; the polynomials are minimax on double coefficients (Sollya's fpminimax).
 */
#ifndef BASE_VMATH_H
#define BASE_VMATH_H

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/cpu.h"

static_assert(FLT_EVAL_METHOD == 0 || FLT_EVAL_METHOD == 1,
              "doubles must be computed as doubles, on 32-bit x86 by -msse2 -mfpmath=sse");

TNS_KERNEL_INLINE uint64_t tns_bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

TNS_KERNEL_INLINE double tns_of_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/*
 * e^x within 1.6 ulp; 0 below -708 (no subnormal results), infinity where e^x overflows.
 *
 * x = k ln 2 + r, |r| <= ln 2 / 2. Adding 1.5 2^52 rounds x / ln 2 to the integer k, which then
 * lies in the low bits of the sum; ln 2 is split so that k times its first part is exact (Cody,
 * Waite).
 */
TNS_KERNEL_INLINE double tns_vexp(double x)
{
    const double shift = 0x1.8p52, per_ln2 = 0x1.71547652b82fep0;
    double shifted = x * per_ln2 + shift, k = shifted - shift;
    double r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
    double r2 = r * r, r4 = r2 * r2;
    double low = 0.5000000000000011 + r * 0.16666666666666424 +
                 r2 * (0.04166666666652707 + r * 0.008333333333487052);
    double high = 0.0013888888944304325 + r * 0.00019841269522449036 +
                  r2 * (2.4801492495636072e-05 + r * 2.7557572329195426e-06);
    double p = low + r4 * (high + r4 * (2.763043895704491e-07 + r * 2.5004469476879477e-08));
    p = 1 + (r + r2 * p);
    double scaled = p * tns_of_bits((tns_bits_of(shifted) + 1022) << 52) * 2; /* 2^(k-1), twice */
    scaled = x > 709.79 ? (double)INFINITY : scaled;
    return x < -708 ? 0 : scaled;
}

/*
 * The cube root of 0 or of a positive normal number, within 1.3 ulp; infinity of infinity.
 *
 * A third of the exponent and mantissa, taken as one integer, gives r = x^(-1/3) to 3.5 % (as in
 * fdlibm); with e = 1 - x r^3 the series of (1 - e)^(-1/3), to e^3, brings it to 2e-5, and that of
 * (1 - e)^(-2/3) on x r^2 to the end. No division.
 */
TNS_KERNEL_INLINE double tns_vcbrt(double x)
{
    const double two52 = 0x1p52;
    double third = (two52 * 4 / 3 + 1430186164) -
                   tns_of_bits(tns_bits_of(x) >> 32 | tns_bits_of(two52)) * (1.0 / 3);
    double r = tns_of_bits(tns_bits_of(third) << 32);
    double e = 1 - x * r * r * r;
    r = r + r * e * (1.0 / 3 + e * (2.0 / 9 + e * (14.0 / 81)));
    double root = x * r * r;
    e = 1 - root * r;
    return root + root * e * (2.0 / 3 + e * (5.0 / 9 + e * (40.0 / 81)));
}

/*
 * The angle of (x, y), -pi..pi, within 2.2 ulp; 0 of (0, 0). Neither may be infinite; -0 counts as
 * 0.
 *
 * The ratio of the lesser to the greater is turned back by pi/4 when its angle exceeds pi/8; what
 * remains goes into the odd polynomial.
 */
TNS_KERNEL_INLINE double tns_vatan2(double y, double x)
{
    const double pi = 3.14159265358979323846, tan_eighth = 0.41421356237309503;
    double wide = fabs(x), high = fabs(y);
    double most = high > wide ? high : wide, least = high > wide ? wide : high;
    double over = least > most * tan_eighth ? most : 0;
    double below = over + (over > 0 ? least : most);
    double z = (least - over) / (below == 0 ? 1 : below);
    double t = z * z;
    double p = 0.03806621222330109 + t * -0.01790921104866432;
    p = 0.05847900771230932 + t * (-0.05039362878251227 + t * p);
    p = 0.07692060325843501 + t * (-0.06663105446569778 + t * p);
    p = 0.11111110783693186 + t * (-0.09090897763738551 + t * p);
    p = 0.19999999999953696 + t * (-0.14285714280203005 + t * p);
    p = z + z * t * (-0.333333333333332 + t * p);
    double angle = over > 0 ? pi / 4 + p : p;
    angle = high > wide ? pi / 2 - angle : angle;
    angle = x < 0 ? pi - angle : angle;
    return y < 0 ? -angle : angle;
}

/* sin x for |x| <= pi/3, within 1.2 ulp. */
TNS_KERNEL_INLINE double tns_vsin_third(double x)
{
    double t = x * x;
    double p = 1.605696844385367e-10 + t * -7.527205542902736e-13;
    p = 2.755731913406864e-06 + t * (-2.5052089867174428e-08 + t * p);
    p = 0.008333333333333068 + t * (-0.00019841269841040733 + t * p);
    return x + x * t * (-0.16666666666666666 + t * p);
}

#endif
