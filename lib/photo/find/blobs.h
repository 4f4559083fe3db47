/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evenly coloured parallelograms in a picture: what patches look like, among other things. */
#ifndef PHOTO_FIND_BLOBS_H
#define PHOTO_FIND_BLOBS_H

#include <stdbool.h>
#include <stdint.h>

#include <tonsure/image.h>
#include <tonsure/photo.h>

/* A picture made smaller: encoded R, G, B in 8 bit, each the mean of a square of `factor` pixels.
 */
typedef struct tns_reduced {
    int width, height, factor;
    uint8_t (*rgb)[3];
} tns_reduced;

/* At most `long_side` pixels long. False when out of memory. */
bool tns_reduced_make(const tns_image *image, int long_side, tns_reduced *out);
void tns_reduced_finish(tns_reduced *reduced);

typedef struct tns_blob {
    tns_point center;
    double side;   /* root of the area */
    bool is_spent; /* belongs to a lattice found before */
} tns_blob;

enum { TNS_BLOBS_MAX = 4000 };

/*
 * Parallelograms of 25 pixels to 4 % of the picture that differ from what is round them. Fills
 * blobs[TNS_BLOBS_MAX], in order of x, and returns how many; -1 when out of memory.
 */
int tns_blobs_find(const tns_reduced *picture, tns_blob *blobs);

#endif
