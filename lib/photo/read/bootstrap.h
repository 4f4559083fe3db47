/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mean of a region's pixels and how far chance may have moved it. */
#ifndef PHOTO_READ_BOOTSTRAP_H
#define PHOTO_READ_BOOTSTRAP_H

#include <stdint.h>

#include <tonsure/colorimetry.h>

#include "photo/read/pixel.h"

typedef struct tns_region_mean {
    double rgb[3];
    tns_lab lab;          /* of the mean XYZ */
    double covariance[6]; /* of that Lab: LL, La, Lb, aa, ab, bb */
} tns_region_mean;

/*
 * Of one pixel or more. The covariance is by bootstrap over blocks, since neighboring pixels of a
 * JPEG share their errors, and those of skin their blotches: Kuensch, Ann. Statist. 17, 1217
 * (1989). Blocks are 12 pixels wide at least, so that none is less than a transform block of a
 * JPEG and a half, and wider where the region then still has 144 of them; a small region has eight
 * or more.
 */
tns_region_mean tns_region_mean_of(const tns_region_pixels *pixels, uint64_t seed);

#endif
