/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evenly colored parallelograms in a picture: what patches look like, among other things. */
#ifndef PHOTO_FIND_BLOBS_H
#define PHOTO_FIND_BLOBS_H

#include <tonsure/photo.h>

#include "photo/find/picture.h"

typedef struct tns_blob {
    tns_point center;
    double side;   /* root of the area */
    bool is_spent; /* belongs to a lattice already */
} tns_blob;

enum { TNS_BLOBS_MAX = 4000 };

/*
 * Parallelograms of 20 pixels to 4 % of the picture that differ from what is round them. Fills
 * blobs[TNS_BLOBS_MAX], in order of x, and returns how many; -1 when out of memory.
 */
int tns_blobs_find(const tns_reduced *picture, tns_blob *blobs);

#endif
