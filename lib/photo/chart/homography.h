/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of one plane onto another as a camera without distortion makes it. */
#ifndef PHOTO_CHART_HOMOGRAPHY_H
#define PHOTO_CHART_HOMOGRAPHY_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/photo.h>

typedef struct tns_homography {
    double h[3][3];
} tns_homography;

/*
 * The least-squares map of n >= 4 points (direct linear transform on normalised points: Hartley,
 * IEEE PAMI 19, 580 (1997)). False when the points do not determine one.
 */
bool tns_homography_fit(const tns_point *from, const tns_point *to, size_t n, tns_homography *out);

/* First b, then a. */
tns_homography tns_homography_product(const tns_homography *a, const tns_homography *b);

tns_point tns_homography_apply(const tns_homography *map, tns_point p);

/* Of a map that tns_homography_fit made. */
tns_homography tns_homography_inverse(const tns_homography *map);

/* Whether the corners, in order, span a convex quadrilateral of some size. */
bool tns_corners_are_convex(const tns_point corners[4]);

#endif
