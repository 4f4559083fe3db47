/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pixels of a region: whether it can be read at all, and which of a row are its. */
#ifndef PHOTO_READ_SHAPE_H
#define PHOTO_READ_SHAPE_H

#include <tonsure/image.h>
#include <tonsure/photo.h>

/* Columns first..end-1 of a row. */
typedef struct tns_span {
    int first, end;
} tns_span;

/*
 * Fills the box around a polygon. TNS_ERROR_USAGE unless it lies in the image, does not cross
 * itself and holds a pixel's middle; a place by name is not looked at.
 */
bool tns_region_check(const tns_image_info *image, tns_region *region, tns_error *err);

/* The spans of a region that was checked, from left to right; at most half as many as points. */
int tns_region_spans(const tns_region *region, int y, tns_span spans[TNS_REGION_POINTS_MAX]);

/* Its middle: of a polygon, the center of its area. */
tns_point tns_region_middle(const tns_region *region);

#endif
