/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * G = b coth b, by which a film that absorbs grows dark, for the kernels of this room: no calls, no
 * branches, the same bits on every instruction set.
 */
#ifndef MATCH_BOUND_GROWTH_H
#define MATCH_BOUND_GROWTH_H

#include <stdbool.h>

#include "base/cpu.h"
#include "match/bound/fading.h"

/* At b: G, and its first two derivatives, the first over b (linked.h). */
typedef struct tns_growth {
    double G, slope_by_b, bend;
} tns_growth;

/* Where the closed forms would lose digits, by series in b^2; the last is then no less than it. */
TNS_KERNEL_INLINE tns_growth tns_growth_at(double b)
{
    const double w = b * b, E = tns_fading(2 * b), c = (1 + E) / (1 - E);
    const double steep = 4 * E / ((1 - E) * (1 - E)); /* c^2 - 1 */
    const tns_growth near = {1 + w / 3 * (1 - w / 15 * (1 - 2 * w / 21 * (1 - w / 10))),
                             2.0 / 3 * (1 - 2 * w / 15 * (1 - w / 7 * (1 - 2 * w / 15))),
                             2.0 / 3 * (1 - 2 * w / 5 * (1 - 5 * w / 21))};
    const tns_growth far = {b * c, (c - b * steep) / b, 2 * (b * c - 1) * steep};
    const bool small = !(w > 0.05);
    return (tns_growth){small ? near.G : far.G, small ? near.slope_by_b : far.slope_by_b,
                        small ? near.bend : far.bend};
}

#endif
