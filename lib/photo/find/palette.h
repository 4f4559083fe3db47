/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the patches that are seen bear the chart's colors, what covers others left aside. */
#ifndef PHOTO_FIND_PALETTE_H
#define PHOTO_FIND_PALETTE_H

#include "photo/chart/patches.h"

/*
 * A patch that disagrees with the others may be covered; but what lies on it runs on over the gaps,
 * or is of one color with them. One whose own outline stands in its place is not covered, and
 * speaks against the chart. Of those: the dE00 that 0.7 of them keep below, once the correction
 * that most patches agree with is made. Infinite when no ten agree with any; NaN when too few
 * outlines are seen to tell, or out of memory.
 */
double tns_palette_miss(const tns_image *image, const tns_chart *chart,
                        const tns_placement *placement, const tns_patch_sample *samples);

#endif
