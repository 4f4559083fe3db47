/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture made smaller, as the search looks at it. */
#ifndef PHOTO_FIND_PICTURE_H
#define PHOTO_FIND_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include <tonsure/image.h>

/* Encoded R, G, B in 8 bit, each the mean of a square of `factor` pixels. */
typedef struct tns_reduced {
    int width, height, factor;
    uint8_t (*rgb)[3];
} tns_reduced;

/* False when out of memory. */
bool tns_reduced_make(const tns_image *image, int factor, tns_reduced *out);

/* Of half the size; false when out of memory. */
bool tns_reduced_halve(const tns_reduced *from, tns_reduced *out);

/* An emptied one is taken. */
void tns_reduced_finish(tns_reduced *reduced);

#endif
