/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves a placement onto the edges of the patches that are seen, to a part of a pixel. */
#ifndef PHOTO_FIND_REFINE_H
#define PHOTO_FIND_REFINE_H

#include "photo/chart/placement.h"

typedef struct tns_refined {
    tns_placement placement;
    int patches;     /* whose edges were found on all four sides and agree */
    double rms;      /* distance of their middles from the placement's, in pitches */
    double farthest; /* that a corner of the chart moved, in pitches */
} tns_refined;

/*
 * `takes` says which patches are seen. False when the edges of too few are found to tell better
 * than the placement given: half of the chart's, or ten.
 */
bool tns_placement_refine(const tns_image *image, const tns_chart *chart, const bool *takes,
                          const tns_placement *start, tns_refined *out);

#endif
