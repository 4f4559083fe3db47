/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Skin under a microscope: relief, blood, sheen, and what else is no hair. */
#ifndef RENDER_STUBBLE_SKIN_H
#define RENDER_STUBBLE_SKIN_H

#include "render/plane.h"
#include "render/stubble.h"

/* Linear sRGB. */
typedef struct stubble_light {
    plane channel[3];
} stubble_light;

/* The share of hair colour in what is drawn: 1 inside, 0 outside, half on the edge. */
double stubble_cover(double distance_px);

/* Fills the light with skin and its wrong things. */
void stubble_draw_skin(const stubble_scene *scene, const double skin[3], stubble_light *light);

/* Specular spots, over everything. */
void stubble_draw_sheen(const stubble_scene *scene, stubble_light *light);

#endif
