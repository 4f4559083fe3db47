/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn chart: flat patches of the reference's colors, encoded as sRGB in 16 bit. */
#ifndef PHOTO_SCENE_H
#define PHOTO_SCENE_H

#include <stdint.h>

#include <tonsure/photo.h>

enum { SCENE_W = 420, SCENE_H = 300, PITCH = 40 };

/* Patch centres lie at (100 + 40 column, 100 + 40 row): the chart's corners. */
extern const tns_point scene_corners[4];

typedef struct scene {
    uint16_t rgb[SCENE_H][SCENE_W][3];
} scene;

/* Dark surround, patches of 32 pixels in the colors of an edition. */
void scene_draw(scene *s, tns_edition edition);

/* A box of one color, D50. False when sRGB cannot hold it (then the nearest is painted). */
bool scene_paint(scene *s, int x, int y, int w, int h, tns_lab lab);

/* free with tns_image_destroy. */
tns_image *scene_image(const scene *s);

#endif
