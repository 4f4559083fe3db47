/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CIEDE2000 as a vector of three with its slopes, in single precision, for kernels (base/cpu.h). */
#ifndef MATCH_REAL_DESCENT_DIFFERENCE_H
#define MATCH_REAL_DESCENT_DIFFERENCE_H

#include <math.h>

#include "match/bound/single.h"

/* sqrt(C^7 / (C^7 + 25^7)) */
TNS_KERNEL_INLINE float tns_chroma_switch(float C)
{
    float C3 = C * C * C, C7 = C3 * C3 * C;
    return sqrtf(C7 / (C7 + 6103515625.0F));
}

/* T, eq (15), of the hue whose cosine and sine these are. */
TNS_KERNEL_INLINE float tns_hue_weight(float c, float s)
{
    float c2 = 2 * c * c - 1, s2 = 2 * s * c, c3 = c * (2 * c2 - 1), s3 = s * (2 * c2 + 1);
    float c4 = 2 * c2 * c2 - 1, s4 = 2 * s2 * c2;
    return 1 - 0.17F * (c * 0.8660254F + s * 0.5F) + 0.24F * c2 +
           0.32F * (c3 * 0.99452190F - s3 * 0.10452846F) -
           0.20F * (c4 * 0.45399050F - s4 * -0.89100652F);
}

/*
 * sin 2 dtheta, eq (16). With v = 1 - cos of what the hue is away from 275 degrees, that angle's
 * square is 2 v + v^2/3 + 4 v^3/45 + ..., and where the series is poor nothing is left.
 */
TNS_KERNEL_INLINE float tns_hue_rotation(float c, float s)
{
    const float per_25 = 5.2524820F; /* (180 / 25 / pi)^2 */
    float v = 1 - (c * 0.087155743F - s * 0.99619470F);
    float square = v * (2 + v * (1.0F / 3 + v * (4.0F / 45 + v * (1.0F / 35 + v * 0.01F))));
    float x = 1.04719755F * tns_single_exp(-per_25 * square), x2 = x * x;
    return x * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42)));
}

/*
 * A difference of length dE00 and its slopes: the first of L* alone, the other two of a* and b*.
 * With x = dC'/S_C, y = dH'/S_H, dE00^2 = l^2 + (x + R/2 y)^2 + (1 - R^2/4) y^2. Slopes are those
 * of dL', dC', dH', S_L and of S_C and S_H in C'; G, T and R hardly move.
 * Letters and equations: Sharma, Wu, Dalal, Color Res. Appl. 30, 21 (2005).
 */
typedef struct tns_difference_slopes {
    float l, x, y, by_L, x_by_a, x_by_b, y_by_a, y_by_b;
} tns_difference_slopes;

TNS_KERNEL_INLINE tns_difference_slopes tns_difference_of(const float target[3], float L, float a,
                                                          float b)
{
    const float tiny = 1e-12F;
    float m = (L + target[0]) / 2 - 50, root = sqrtf(20 + m * m), SL = 1 + 0.015F * m * m / root;
    float l = (L - target[0]) / SL;
    float SL_slope = 0.0075F * m * (40 + m * m) / (root * root * root);

    float mean = (sqrtf(target[1] * target[1] + target[2] * target[2]) + sqrtf(a * a + b * b)) / 2;
    float stretch = 1.5F - 0.5F * tns_chroma_switch(mean), a1 = stretch * target[1], b1 = target[2];
    float a2 = stretch * a, C1 = sqrtf(a1 * a1 + b1 * b1 + tiny),
          C2 = sqrtf(a2 * a2 + b * b + tiny);
    float c1 = a1 / C1, s1 = b1 / C1, c2 = a2 / C2, s2 = b / C2;

    /* half the angle between the hues, and the hue between them */
    float dot = c1 * c2 + s1 * s2, side = c1 * s2 - s1 * c2 < 0 ? -1 : 1;
    float half_c = sqrtf(tns_single_greater(0.5F + 0.5F * dot, 0));
    float half_s = (c1 * s2 - s1 * c2) / tns_single_greater(2 * half_c, 1e-6F);
    float wide = side * sqrtf(tns_single_greater(0.5F - 0.5F * dot, 0));
    half_s = dot > 0 ? half_s : wide;
    float cm = c1 * half_c - s1 * half_s, sm = s1 * half_c + c1 * half_s;

    float C = (C1 + C2) / 2, T = tns_hue_weight(cm, sm), SC = 1 + 0.045F * C,
          SH = 1 + 0.015F * C * T;
    float R = -2 * tns_chroma_switch(C) * tns_hue_rotation(cm, sm), along = sqrtf(1 - R * R / 4);
    float root1 = sqrtf(C1 / C2), x = (C2 - C1) / SC, y = 2 * root1 * C2 * half_s / SH;
    float x_C = (1 - 0.0225F * x) / SC; /* slope in C2, and of y in C2 and in the arc of hue 2 */
    float y_C = (root1 * half_s - 0.0075F * T * y) / SH, y_h = root1 * half_c / SH;

    float y_a = stretch * (y_C * c2 - y_h * s2), y_b = y_C * s2 + y_h * c2;
    tns_difference_slopes d = {l,
                               x + R / 2 * y,
                               along * y,
                               (1 - l * SL_slope) / SL,
                               stretch * x_C * c2 + R / 2 * y_a,
                               x_C * s2 + R / 2 * y_b,
                               along * y_a,
                               along * y_b};
    return d;
}

#endif
