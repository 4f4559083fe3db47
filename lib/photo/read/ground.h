/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much darker than the skin around it each place is, at a pyramid's level at which hairs are a
 * few pixels wide, and how strongly each place stands out as a spot or a line.
 *
 * Darkness is a ratio of linear light, 1 - light / skin. It falls linearly with the share of a
 * pixel that is hair, and a slow change of the lamp cancels in it.
 */
#ifndef PHOTO_READ_GROUND_H
#define PHOTO_READ_GROUND_H

#include <tonsure/photo.h>

#include "photo/correct/flat.h"
#include "photo/read/field.h"

typedef struct tns_ground {
    int width, height; /* of this level, in its pixels */
    int step;          /* image pixels to one of its own */
    float *dark;       /* lightly smoothed (sigma 1 pixel); bright reflexes cut */
    float *stand_out;  /* dark less its own surroundings (sigma 1 less sigma 3.2) */
    double noise;      /* of stand_out, robust standard deviation */
} tns_ground;

/* A part of the picture, without what is to be left out of it (a chart, by its four corners). */
typedef struct tns_plot {
    tns_box box;
    const tns_region *within; /* a region that was checked, of that box; NULL: all of the box */
    bool has_hole;
    tns_point hole[4];
    const tns_field *field; /* of the same box; NULL: all of it is seen */
    const tns_field *blown; /* likewise: what is too bright to show anything */
} tns_plot;

/* Light at one magnification; NaN in what is left out. */
typedef struct tns_layer {
    int width, height;
    float *at;
} tns_layer;

enum { TNS_LAYERS = 7 }; /* each half the size of the last: hairs up to some 300 pixels wide */

typedef struct tns_layers {
    tns_layer layer[TNS_LAYERS];
    int count;
} tns_layers;

/* Which pixels of a row of the box belong to the plot; returns how many. */
int tns_plot_row(const tns_plot *plot, int y, bool *belongs);

/* False without memory. Finish them in either case. */
bool tns_layers_read(const tns_light *light, const tns_plot *plot, tns_layers *out);
void tns_layers_finish(tns_layers *layers);

/* Likewise. With `bright`, dark is what is brighter than the skin. */
bool tns_ground_look(const tns_layers *layers, int level, bool bright, tns_ground *out);
void tns_ground_finish(tns_ground *ground);

#endif
