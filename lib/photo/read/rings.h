/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rims of air bubbles: spots that lie on circles, as straight hair does not. */
#ifndef PHOTO_READ_RINGS_H
#define PHOTO_READ_RINGS_H

#include "photo/read/spots.h"

/* In pixels of the ground. */
typedef struct tns_ring {
    double x, y, radius;
    double width;     /* of its line */
    unsigned sectors; /* of 24, in which it was seen: a bit each, from -pi on */
} tns_ring;

enum { TNS_RINGS_MOST = 64 };

typedef struct tns_rings {
    tns_ring ring[TNS_RINGS_MOST];
    int count;
} tns_rings;

tns_rings tns_rings_find(const tns_ground *ground, const tns_spots *spots);

/* Whether a place lies on the line of any. */
bool tns_rings_hold(const tns_rings *rings, double x, double y);

#endif
