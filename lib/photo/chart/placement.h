/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a chart lies in an image: chart coordinates (pitches from the first patch's center: x along
 * the rows, y down the columns) to pixels as shown, and back.
 */
#ifndef PHOTO_CHART_PLACEMENT_H
#define PHOTO_CHART_PLACEMENT_H

#include <tonsure/chart.h>
#include <tonsure/image.h>
#include <tonsure/photo.h>

#include "photo/chart/homography.h"

/*
 * A homography, then the lens: a point at distance r from the image's middle, in half diagonals,
 * moves out by r (1 + radial r^2). `radial` is 0 unless the patches show that it is not.
 */
typedef struct tns_placement {
    tns_homography map, back; /* without the lens */
    tns_point middle;         /* of the image */
    double unit;              /* half its diagonal, in pixels */
    double radial;
} tns_placement;

/* Through the centers of four patches in chart order. False when they span no quadrilateral. */
bool tns_placement_of_corners(const tns_image *image, const tns_chart *chart,
                              const tns_point corners[4], tns_placement *out);

/* With a map that leads to pixels before the lens. */
tns_placement tns_placement_make(const tns_image *image, const tns_homography *map, double radial);

/* The centers of the corner patches as seen. */
void tns_placement_corners(const tns_placement *placement, const tns_chart *chart,
                           tns_point corners[4]);

tns_point tns_placement_apply(const tns_placement *placement, tns_point at_chart);
tns_point tns_placement_back(const tns_placement *placement, tns_point pixel);

/* Pixels a pitch at a point of the chart: the root of how much areas grow there. */
double tns_placement_pitch(const tns_placement *placement, tns_point at_chart);

/* The center of a patch, in pitches. */
tns_point tns_chart_place(const tns_chart *chart, int patch);

#endif
