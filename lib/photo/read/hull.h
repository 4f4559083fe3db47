/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the chart's colors enclose: their convex hull in log chromaticity, light and dark aside. */
#ifndef PHOTO_READ_HULL_H
#define PHOTO_READ_HULL_H

#include <stddef.h>

#include <tonsure/chart.h>
#include <tonsure/photo.h>

typedef struct tns_hull {
    int count;
    tns_point corner[TNS_CHART_PATCHES_MAX + 1]; /* counterclockwise */
} tns_hull;

/* log(r/g), log(b/g), of linear light. */
tns_point tns_log_chromaticity(const double rgb[3]);

/* n <= TNS_CHART_PATCHES_MAX; sorts the points. */
tns_hull tns_hull_make(tns_point *points, size_t n);

/* On the border counts as inside; so does everything when the hull has fewer than three corners. */
bool tns_hull_contains(const tns_hull *hull, tns_point p);

#endif
