/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pixels of a region as they are worked with. */
#ifndef PHOTO_READ_PIXEL_H
#define PHOTO_READ_PIXEL_H

#include <stddef.h>

typedef struct tns_region_pixel {
    int x, y;     /* in the box around the region */
    float rgb[3]; /* linear, as it came */
    float xyz[3]; /* corrected, Y = 100 */
} tns_region_pixel;

/* Those of a region that were gathered: every step-th of a row, of every step-th row. */
typedef struct tns_region_pixels {
    int width, height; /* of the box around the region */
    int step;
    size_t count;
    tns_region_pixel *item;
} tns_region_pixels;

/*
 * The k-th smallest of n > k numbers. Moves them: before k stand none larger, behind it none
 * smaller.
 */
float tns_float_select(float *values, size_t n, size_t k);

/* The middle value of n > 0, moved alike about n / 2. */
float tns_float_median(float *values, size_t n);

#endif
