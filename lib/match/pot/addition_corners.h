/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixtures whose convex hull holds all that additions within some ranges can give. */
#ifndef MATCH_POT_ADDITION_CORNERS_H
#define MATCH_POT_ADDITION_CORNERS_H

#include "match/bound/screen.h"

/* Of each pigment so many units, at most max_units of them all, and so much diluent. */
typedef struct tns_addition_hull {
    int count; /* of pigments */
    const tns_ink *unit[TNS_PARTS_MAX];
    int low[TNS_PARTS_MAX], high[TNS_PARTS_MAX];
    const tns_ink *diluent;
    int least_diluent, most_diluent;
    int max_units;
} tns_addition_hull;

/* There are two ends of diluent for each choice of least and most units but the last one's. */
enum { TNS_ADDITION_BASES = 1 << TNS_PARTS_MAX, TNS_ADDITION_CORNERS = 2 * TNS_ADDITION_BASES };

typedef struct tns_addition_corners {
    tns_ink pot; /* set by the caller */
    int count, base_count;
    tns_corner corner[TNS_ADDITION_CORNERS];
    tns_ink base[TNS_ADDITION_BASES]; /* what the corners stand on */
} tns_addition_corners;

void tns_addition_corners_fill(tns_addition_corners *out, const tns_screen_kernels *kernels,
                               const tns_addition_hull *hull);

#endif
