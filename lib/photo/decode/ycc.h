/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Y, Cb, Cr as a video coder keeps them, often with half the chroma, to R, G, B of the same depth
 * (ITU-T H.273).
 *
 * What rounding to that depth would drop decides by the pixel's place whether it is rounded up or
 * down, so that the mean of an area keeps it: three steps of 8 bit, each rounded to the nearest,
 * miss the color of an area by some 0.3 dE00.
 */
#ifndef PHOTO_DECODE_YCC_H
#define PHOTO_DECODE_YCC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct tns_ycc_plane {
    const void *data; /* bytes of 8 bit, else uint16_t */
    ptrdiff_t stride; /* bytes */
    int width, height;
} tns_ycc_plane;

typedef struct tns_ycc {
    int width, height, bits;
    int across, down; /* luma samples to one of chroma: 1 or 2; 0 = no chroma, a picture of grays */
    tns_ycc_plane plane[3];
    int matrix, primaries; /* code points of H.273 */
    bool is_limited;       /* black at 16, white at 235 of 255 */
} tns_ycc;

/* Whether the matrix is known and the planes fit the picture. */
bool tns_ycc_is_readable(const tns_ycc *picture);

/* Floats that tns_ycc_row needs room for. */
size_t tns_ycc_scratch(const tns_ycc *picture);

/* One row, to three rows of bytes (8 bit) or uint16_t. */
void tns_ycc_row(const tns_ycc *picture, int y, float *scratch, void *const rgb[3]);

#endif
