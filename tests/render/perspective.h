/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card's plane and the picture: the card's corners lie at (0,0) (width,0) (width,height)
 * (0,height), a Classic's at (0,0) (5,0) (5,3) (0,3). */
#ifndef RENDER_PERSPECTIVE_H
#define RENDER_PERSPECTIVE_H

#include <stdbool.h>

#include <tonsure/photo.h>

typedef struct perspective {
    double to_picture[3][3], to_chart[3][3]; /* of homogeneous coordinates */
} perspective;

/* False when the corners, in this order, do not span a convex quadrilateral. */
bool perspective_make(const tns_point corner[4], double width, double height, perspective *out);

tns_point perspective_apply(const double map[3][3], double x, double y);

/*
 * How far a step of one pixel goes on the card at a place of the picture, along the card's x and
 * along its y: the lengths of the gradients of both card coordinates.
 */
tns_point perspective_steps(const perspective *p, double x, double y);

#endif
