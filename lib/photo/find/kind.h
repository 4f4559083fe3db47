/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a card of the chart's layout is the chart, and not one that is made to look like it. */
#ifndef PHOTO_FIND_KIND_H
#define PHOTO_FIND_KIND_H

#include <tonsure/context.h>
#include <tonsure/photo.h>

#include "photo/chart/patches.h"

/*
 * The look of the card alone, from patches that were placed: greys of one hue, a frame that shows
 * between them. Leaves `reason` as it was when that is the chart's.
 */
void tns_kind_look(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                   const tns_patch_sample *samples, char *reason, size_t size);

/*
 * Leaves `reason` empty when it is; else says what is unlike. False only when out of memory or
 * cancelled.
 */
bool tns_kind_check(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                    const tns_context *context, char *reason, size_t size, tns_error *err);

#endif
