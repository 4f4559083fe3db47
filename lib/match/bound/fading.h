/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exp(-z) in double precision for the kernels of this room (base/cpu.h). */
#ifndef MATCH_BOUND_FADING_H
#define MATCH_BOUND_FADING_H

#include <stdint.h>
#include <string.h>

#include "base/cpu.h"

/* To 1e-10 for z >= 0: a power of two, and a polynomial on what is left, |r| <= ln(2)/2. */
TNS_KERNEL_INLINE double tns_fading(double z)
{
    const double magic = 6755399441055744.0; /* 1.5 * 2^52: adding it rounds to a whole number */
    double scaled = (z < 700 ? z : 700) * -1.4426950408889634;
    double shifted = scaled + magic;
    double r = (scaled - (shifted - magic)) * 0.6931471805599453;
    double p =
        1 +
        r * (1 +
             r / 2 *
                 (1 + r / 3 * (1 + r / 4 * (1 + r / 5 * (1 + r / 6 * (1 + r / 7 * (1 + r / 8)))))));
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return p * power;
}

#endif
