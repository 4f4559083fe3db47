/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture, or a part of it, as bytes of R, G, B for whoever searches it: smaller, or as it is. */
#ifndef PHOTO_DECODE_REDUCE_H
#define PHOTO_DECODE_REDUCE_H

#include <stdbool.h>
#include <stdint.h>

#include <tonsure/image.h>

enum { TNS_REDUCE_MOST = 60 }; /* pixels a side that are made one: 65535 become 1092 */

/* A rectangle of the picture as shown, inside it. */
typedef struct tns_window {
    int x, y, width, height;
} tns_window;

/*
 * Each pixel of `rgb` is the mean of a square of `factor` pixels, as encoded, rounded to 8 bit;
 * there are width / factor in each of height / factor rows, and what remains of the window at its
 * right and lower edge is left out. A factor of 1 copies. Walks the memory in the order it is
 * stored in: 12 million pixels take about 20 ms. False when out of memory.
 */
bool tns_image_reduce(const tns_image *image, tns_window window, int factor, uint8_t (*rgb)[3]);

#endif
