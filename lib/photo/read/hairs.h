/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which spots are hair, what single hairs they are made of, and at which magnification to look. */
#ifndef PHOTO_READ_HAIRS_H
#define PHOTO_READ_HAIRS_H

#include "photo/read/spots.h"

/* One straight piece of hair, or a dot; in pixels of its ground. */
typedef struct tns_stroke {
    double x[2], y[2]; /* middles of its round ends: on the axis, half a width inside */
    double width;
    double contrast;
    bool through;       /* a root seen through the skin */
    int x0, y0, x1, y1; /* box, x1 and y1 beyond it */
    size_t spot;
} tns_stroke;

typedef struct tns_hairs {
    tns_stroke *stroke;
    size_t count;
    int step;          /* image pixels to one of theirs */
    int columns, rows; /* of the ground */
    double width;      /* usual, of a hair; 0 = none found */
} tns_hairs;

/* False without memory. Finish it in either case. */
bool tns_hairs_find(const tns_light *light, const tns_plot *plot, tns_hairs *out);
void tns_hairs_finish(tns_hairs *hairs);

/* The straight pieces a spot is made of, at most `most`; returns how many, 0 without memory. */
size_t tns_spot_strokes(const tns_ground *ground, const tns_spots *spots, size_t spot,
                        tns_stroke *out, size_t most);

/* Drops from `spots` what is unlike hair; sets their width and score. False without memory. */
bool tns_spots_keep_hairs(tns_spots *spots);

#endif
