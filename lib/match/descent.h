/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A quick descent to the nearest best real amounts of a few inks, by Gauss and Newton with amounts
 * that stay non-negative. One call of the vector code gives the colors at a point and a step along
 * each ink, hence the slopes; the differences are made linear with CIEDE2000's factors between
 * target and point; non-negative least squares gives the direction; one more call tries eight
 * lengths of it. Colors are in single precision: good to about 0.001, a start for polish.h.
 */
#ifndef MATCH_DESCENT_H
#define MATCH_DESCENT_H

#include "match/bound.h"

enum { TNS_DESCENT_INKS = TNS_LANES - 1 };

typedef struct tns_descent {
    const tns_bound *bound;
    int count; /* of inks, at least 1 */
    const tns_ink *ink[TNS_DESCENT_INKS];
} tns_descent;

/* From amounts >= 0 whose sum is 1 to such; of many surfaces the first four count. */
void tns_descend(const tns_descent *descent, double amount[TNS_DESCENT_INKS]);

#endif
