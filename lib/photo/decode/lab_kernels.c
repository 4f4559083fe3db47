/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/lab_kernels.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/*
 * BT.2020 (primaries and D65 of its table 3) to X, Y, Z over those of D50: the white (0.9642, 1,
 * 0.8249) of ICC.1:2010, 6.3.4.3, reached from D65 by Bradford's matrix (annex E there). Each row
 * sums to 1.
 */
static const float to_ratios[3][3] = {{0.698485986f, 0.171822450f, 0.129691563f},
                                      {0.279042585f, 0.675344496f, 0.045612919f},
                                      {-0.002343900f, 0.036347254f, 0.965996645f}};

/* One array an axis, so that registers fill without shuffling. */
typedef struct planes {
    float axis[3][TNS_LAB_BLOCK];
} planes;

TNS_KERNEL_INLINE int32_t bits_of(float x)
{
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

TNS_KERNEL_INLINE float of_bits(int32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/*
 * The cube root of a positive normal number, within 4e-7 of it: tns_vcbrt (base/vmath.h) in single
 * precision. A third of the bits taken as one integer gives x^(-1/3) to 3.5 %; series bring that to
 * 2e-5, and x times its square to the end.
 */
TNS_KERNEL_INLINE float cube_root(float x)
{
    float third = 1419967116.0f - (float)bits_of(x) * (1.0f / 3);
    float r = of_bits((int32_t)third);
    float e = 1 - x * r * r * r;
    r = r + r * e * (1.0f / 3 + e * (2.0f / 9 + e * (14.0f / 81)));
    float root = x * r * r;
    e = 1 - root * r;
    return root + root * e * (2.0f / 3);
}

/* CIE 015:2018, 8.2.1.1: f(t). */
TNS_KERNEL_INLINE float f_of(float t)
{
    const float limit = 216.0f / 24389;
    float root = cube_root(t > limit ? t : 1);
    return t > limit ? root : t * (841.0f / 108) + 4.0f / 29;
}

static void lab_from_light(const float (*restrict light)[4], size_t n, float (*restrict lab)[3])
{
    planes t;
    for (size_t i = 0; i < TNS_LAB_BLOCK; i++)
        for (int axis = 0; axis < 3; axis++)
            t.axis[axis][i] = to_ratios[axis][0] * light[i][0] + to_ratios[axis][1] * light[i][1] +
                              to_ratios[axis][2] * light[i][2];
    for (int axis = 0; axis < 3; axis++)
        for (size_t i = 0; i < TNS_LAB_BLOCK; i++)
            t.axis[axis][i] = f_of(t.axis[axis][i]);
    for (size_t i = 0; i < n; i++) {
        float fx = t.axis[0][i], fy = t.axis[1][i], fz = t.axis[2][i];
        lab[i][0] = 116 * fy - 16;
        lab[i][1] = 500 * (fx - fy);
        lab[i][2] = 200 * (fy - fz);
    }
}

const tns_lab_kernels TNS_KERNELS(tns_lab_kernels) = {lab_from_light};
