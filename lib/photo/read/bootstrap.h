/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mean of a region's pixels and how far chance may have moved it. */
#ifndef PHOTO_READ_BOOTSTRAP_H
#define PHOTO_READ_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#include <tonsure/colorimetry.h>
#include <tonsure/photo.h>

typedef struct tns_region_pixel {
    int x, y;     /* in the region */
    float rgb[3]; /* linear, as it came */
    float xyz[3]; /* corrected, Y = 100 */
} tns_region_pixel;

typedef struct tns_region_mean {
    double rgb[3];
    tns_lab lab;          /* of the mean XYZ */
    double covariance[6]; /* of that Lab: LL, La, Lb, aa, ab, bb */
} tns_region_mean;

/*
 * n >= 1. The covariance is by bootstrap over blocks of 12 pixels (4, 2 or 1 in small regions, more
 * in large ones), since neighbouring pixels of a JPEG share their errors: Kuensch, Ann. Statist.
 * 17, 1217 (1989).
 */
tns_region_mean tns_region_mean_of(const tns_region_pixel *pixels, size_t n, const tns_box *box,
                                   uint64_t seed);

#endif
