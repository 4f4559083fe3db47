/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart's plane and the picture: patch (column, row), corners (0,0) (5,0) (5,3) (0,3). */
#ifndef RENDER_PERSPECTIVE_H
#define RENDER_PERSPECTIVE_H

#include <stdbool.h>

#include <tonsure/photo.h>

typedef struct perspective {
    double to_picture[3][3], to_chart[3][3]; /* of homogeneous coordinates */
} perspective;

/* False when the corners, in this order, do not span a convex quadrilateral. */
bool perspective_make(const tns_point corner[4], perspective *out);

tns_point perspective_apply(const double map[3][3], double x, double y);

#endif
