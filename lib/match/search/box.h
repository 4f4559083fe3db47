/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the recipes of one set of pigments is still open: ranges of units and of shades. */
#ifndef MATCH_SEARCH_BOX_H
#define MATCH_SEARCH_BOX_H

#include <stdbool.h>

#include <tonsure/match.h>

/* Units of each pigment from low to high, and shades from thick to thin. */
typedef struct tns_box {
    int count;
    int low[TNS_PARTS_MAX], high[TNS_PARTS_MAX];
    int thick, thin;
} tns_box;

/* At most, or exactly, so many units in all. */
typedef struct tns_total {
    int units;
    bool exactly;
} tns_total;

/* Leaves out units that the rest has no room for; false when nothing is left. */
bool tns_box_clip(tns_box *box, tns_total total);

/*
 * As many recipes as there are in a clipped box, or more. Of a fixed total one part follows from
 * all others; where that leaves a little more than `few`, they are counted.
 */
double tns_box_size(const tns_box *box, tns_total total, double few);

#endif
