/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions in single precision for the kernels of this room (base/cpu.h): no calls, no branches,
 * the same bits on every instruction set.
 */
#ifndef MATCH_BOUND_SINGLE_H
#define MATCH_BOUND_SINGLE_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/cpu.h"

/* CIE 015:2018, 8.2.1: below it the inner function of CIE L*a*b* is a line. */
#define TNS_SINGLE_CORNER (216.0F / 24389)

TNS_KERNEL_INLINE float tns_single_lesser(float a, float b)
{
    return a < b ? a : b;
}

TNS_KERNEL_INLINE float tns_single_greater(float a, float b)
{
    return a > b ? a : b;
}

/* From a guess by the exponent, 3 % off, two of Halley's steps; t >= 0. */
TNS_KERNEL_INLINE float tns_single_cube_root(float t)
{
    int32_t bits;
    memcpy(&bits, &t, sizeof bits);
    bits = (int32_t)((float)bits * (1.0F / 3)) + 709921077;
    float y;
    memcpy(&y, &bits, sizeof y);
    for (int i = 0; i < 2; i++) {
        float cube = y * y * y;
        y = y * (cube + 2 * t) / (2 * cube + t);
    }
    return y;
}

/* The inner function of CIE L*a*b*: rising and concave, on all numbers. */
TNS_KERNEL_INLINE float tns_single_compressed(float t)
{
    float root = tns_single_cube_root(tns_single_greater(t, TNS_SINGLE_CORNER));
    float line = t * (841.0F / 108) + 4.0F / 29;
    return t > TNS_SINGLE_CORNER ? root : line;
}

/* The same, and its slope: below the corner, that of the corner. */
TNS_KERNEL_INLINE float tns_single_compressed_slope(float t, float *slope)
{
    float above = tns_single_greater(t, TNS_SINGLE_CORNER), root = tns_single_cube_root(above);
    *slope = 1 / (3 * root * root);
    return root + 841.0F / 108 * (t - above);
}

/*
 * e^x to 2e-7, x held to +-87: a power of two from the bits of x / ln 2 rounded by adding 1.5 2^23,
 * and Taylor's polynomial on what is left, |r| <= ln(2)/2.
 */
TNS_KERNEL_INLINE float tns_single_exp(float x)
{
    const float magic = 12582912;
    float held = tns_single_lesser(tns_single_greater(x, -87), 87);
    float shifted = held * 1.44269504F + magic, k = shifted - magic;
    float r = (held - k * 0.693359375F) - k * -2.12194440e-4F;
    float p = 1 + r / 4 * (1 + r / 5 * (1 + r * (1.0F / 6)));
    p = 1 + r * (1 + r / 2 * (1 + r * (1.0F / 3) * p));
    uint32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return p * power;
}

#endif
