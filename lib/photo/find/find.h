/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a chart in a picture, or says why none was accepted. */
#ifndef PHOTO_FIND_FIND_H
#define PHOTO_FIND_FIND_H

#include <tonsure/context.h>
#include <tonsure/photo.h>

#include "photo/chart/placement.h"

typedef struct tns_found_chart {
    bool has_corners; /* something like a chart was seen there */
    tns_placement placement;
    tns_point corners[4]; /* by it */
    double order_score;
    char reason[200]; /* why it is not accepted; "" = accepted */
} tns_found_chart;

/* False only when out of memory or cancelled. */
bool tns_find_chart(const tns_image *image, const tns_chart *chart, const tns_context *context,
                    tns_found_chart *out, tns_error *err);

#endif
