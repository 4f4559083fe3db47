/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a chart in a picture, or says why none was accepted. */
#ifndef PHOTO_FIND_FIND_H
#define PHOTO_FIND_FIND_H

#include <tonsure/context.h>
#include <tonsure/photo.h>

#include "photo/chart/placement.h"

typedef struct tns_found_chart {
    tns_chart chart;  /* which it is, or is like; the one asked for if any, until one is seen */
    bool has_corners; /* something like a chart was seen there */
    tns_placement placement;
    tns_point corners[4]; /* by it */
    double order_score;   /* over the patches that are not covered */
    int agreeing;         /* patches that bear the chart's color */
    double score, rival;  /* agreement, 0..1, here and at the best place that contradicts it */
    int edged;            /* patches whose edges it was put onto; 0 = too few were found */
    double residual;      /* rms of those patches' middles, in pitches */
    char reason[200];     /* why it is not accepted; "" = accepted */
    tns_warnings warnings;
} tns_found_chart;

/*
 * Looks for the chart `named`, or for any that is known by name (NULL), in the colors of an
 * edition. Another known chart than the named is refused by its name. False only when out of memory
 * or cancelled.
 */
bool tns_find_chart(const tns_image *image, const tns_chart *named, tns_edition edition,
                    const tns_context *context, tns_found_chart *out, tns_error *err);

#endif
