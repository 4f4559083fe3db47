/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a card of the chart's layout is the chart, and not one that is made to look like it. */
#ifndef PHOTO_FIND_KIND_H
#define PHOTO_FIND_KIND_H

#include <tonsure/photo.h>

#include "photo/chart/patches.h"

/*
 * The look of the card alone, from patches that were placed at corners that were given: greys of
 * one hue or, when too few are seen, a frame that shows between the patches; and the chart's colors
 * where patches are surely seen (palette.h). Leaves `reason` as it was when all of that is the
 * chart's.
 */
void tns_kind_doubt(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                    const tns_patch_sample *samples, char *reason, size_t size);

/* The same from the image, at corners that were found. `takes` says which patches are not covered;
   NULL = all. False only when out of memory. */
bool tns_kind_check(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                    const bool *takes, char *reason, size_t size, tns_error *err);

#endif
