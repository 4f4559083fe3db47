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

/* The share of hair color in what is drawn: 1 inside, 0 outside, half on the edge. */
double stubble_cover(double distance_px);

/* Draws a share of a color over what is there. */
void stubble_mix(stubble_light *light, int x, int y, double share, const double color[3]);

/* Fills the light with skin. */
void stubble_draw_skin(const stubble_scene *scene, const double skin[3], stubble_light *light);

/* What lies on it and is no hair, before hair is drawn and after it. */
void stubble_draw_marks(const stubble_scene *scene, stubble_light *light);
void stubble_draw_litter(const stubble_scene *scene, stubble_light *light);

/* Broad gleam and specular spots, over everything. */
void stubble_draw_sheen(const stubble_scene *scene, stubble_light *light);

/* What lens and sensor do; fills rgb, three bytes a pixel. False without memory. */
bool stubble_expose(const stubble_scene *scene, stubble_light *light, unsigned char *rgb);

/* What the camera does to that before it stores it. */
bool stubble_develop(const stubble_scene *scene, unsigned char *rgb);

#endif
