/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands out of the skin, piece by piece, and which pieces are hair. */
#ifndef PHOTO_READ_SPOTS_H
#define PHOTO_READ_SPOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "photo/read/ground.h"

/*
 * A dot, a hair or several that touch. In pixels of its ground; (0, 0) is the first pixel's outer
 * corner.
 */
typedef struct tns_spot {
    double x, y;             /* middle */
    double along_x, along_y; /* unit vector of its long axis */
    double length;           /* full, as a rectangle of its moments has it */
    double across;           /* likewise, the shorter side */
    double width;            /* of one stroke, from area and outline: touching hairs keep it */
    int x0, y0, x1, y1;      /* box, x1 and y1 beyond it */
    int area;
    double dark;      /* at its darkest, smoothed */
    double stand_out; /* likewise */
    double around;    /* darkness just outside of it, where no other is */
    bool at_rim;      /* where the frame cuts the edge of a round field */
    double tint[3];   /* 1 - light / skin around it, in red, green and blue of BT.709 */
    int first;        /* its pixels in tns_spots.pixel, `area` of them */
} tns_spot;

typedef struct tns_spots {
    tns_spot *spot;
    size_t count;
    size_t unsure; /* lines that may be hair: the spots that follow those */
    int *pixel;    /* index into the ground's planes */
    double width;  /* usual width of a hair; 0 = no spots */
    double score;  /* evidence of hair: the view's claim to be the right one */
} tns_spots;

/* Finds what may be hair, and leaves out what cannot. False without memory. Finish it anyway. */
bool tns_spots_find(const tns_light *light, const tns_plot *plot, const tns_ground *ground,
                    tns_spots *out);
void tns_spots_finish(tns_spots *spots);

#endif
