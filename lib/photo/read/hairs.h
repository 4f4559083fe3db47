/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The single hairs that spots are made of. */
#ifndef PHOTO_READ_HAIRS_H
#define PHOTO_READ_HAIRS_H

#include "photo/read/rings.h"

/* One straight piece of hair, or a dot; in pixels of its ground. */
typedef struct tns_stroke {
    double x[2], y[2]; /* middles of its round ends: on the axis, half a width inside */
    double width;
    double contrast;    /* below 0: brighter than the skin */
    bool through;       /* a root seen through the skin */
    int x0, y0, x1, y1; /* box, x1 and y1 beyond it */
    size_t spot;
} tns_stroke;

typedef struct tns_hairs {
    tns_stroke *stroke;
    size_t count;
    size_t unsure;     /* bright lines that may be hair; of white hair, strokes after its own */
    int step;          /* image pixels to one of theirs */
    int columns, rows; /* of the ground */
    double width;      /* usual, of a hair; 0 = none found */
    double score;      /* evidence that they are hair */
} tns_hairs;

/* False without memory. Finish it in either case. */
bool tns_hairs_find(const tns_light *light, const tns_plot *plot, tns_hairs *out);
void tns_hairs_finish(tns_hairs *hairs);

/*
 * The straight pieces a spot is made of but for what lies on rings, at most `most`; their number in
 * `count`. False without memory.
 */
bool tns_spot_strokes(const tns_ground *ground, const tns_spots *spots, size_t spot,
                      const tns_rings *rings, tns_stroke *out, size_t most, size_t *count);

/*
 * Adds those of `white`, brighter than the skin, that are hair as the others are, and takes from
 * `hairs` what are their dark edges. False without memory.
 */
bool tns_hairs_add_white(tns_hairs *hairs, const tns_hairs *white);

#endif
