/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a region's pixels are like: their middle and their spread. */
#ifndef PHOTO_READ_STATISTICS_H
#define PHOTO_READ_STATISTICS_H

#include <tonsure/photo.h>

#include "photo/read/pixel.h"

/*
 * Median and median deviations of pixels with color, told from 16384 of them at most; false when
 * out of memory.
 */
bool tns_region_spread(const tns_region_pixels *pixels, tns_region_statistics *out);

/* Takes out the share `trim` at either end of the luminance; false when out of memory. */
bool tns_region_trim(tns_region_pixels *pixels, double trim);

#endif
