/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a card is held before the camera, and the corners that come of it. */
#ifndef RENDER_POSE_H
#define RENDER_POSE_H

#include "render/render.h"

typedef struct render_pose {
    tns_point center;    /* where the middle of the card's grid is seen */
    double pitch_px;     /* distance of neighbouring patches in the middle, without tilt */
    double degrees;      /* turn in the picture, clockwise */
    double tilt_degrees; /* from facing the camera */
    double axis_degrees; /* of the axis it is tilted about, to the picture's x axis */
    double distance;     /* of the camera, in pitches; 0 = 25 */
    bool mirrored;
} render_pose;

/* Of a grid of columns x rows cells, one pitch apart. */
void render_pose_corners(const render_pose *pose, double columns, double rows, tns_point corner[4]);

/* A Classic (6 x 4) so held. */
render_card render_card_posed(const render_pose *pose);

/*
 * Slope of the light such that over the chart's width along its first row it grows by `ratio` (0.3
 * = 30 %), and as much again from the last row to the first over as long a way when `both`.
 */
void render_light_across(render_scene *scene, double ratio, bool both);

/* The same light and camera with nothing but white paper before it: the blank of a flat field. */
render_scene render_scene_blank(const render_scene *scene);

#endif
