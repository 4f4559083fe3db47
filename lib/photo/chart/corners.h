/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the corners given, and their order, are the chart's. */
#ifndef PHOTO_CHART_CORNERS_H
#define PHOTO_CHART_CORNERS_H

#include <tonsure/photo.h>

#include "photo/chart/patches.h"
#include "photo/chart/placement.h"

/* Above: the order of the colors is the chart's; below: it is not, or much is covered. */
#define TNS_ORDER_SURE 0.75
/* Below: what lies there is not this chart in this order. */
#define TNS_ORDER_WRONG 0.40

/* TNS_ERROR_USAGE unless all lie in the image and span a convex quadrilateral. */
bool tns_corners_check(const tns_image *image, const tns_point corners[4], tns_error *err);

/* Samples the chart that lies there. */
bool tns_place(const tns_light *light, const tns_chart *chart, const tns_placement *placement,
               tns_patch_sample *samples, double *order_score, tns_error *err);

/*
 * Tries the corners in each of the eight orders. When another than theirs is clearly the chart's,
 * `fault` (of 200 bytes) says so: turned, or mirrored; else it is "".
 */
bool tns_place_fault(const tns_light *light, const tns_chart *chart, const tns_point corners[4],
                     double order_score, char *fault, tns_error *err);

#endif
