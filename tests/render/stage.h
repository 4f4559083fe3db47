/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is seen at each pixel: which materials in which shares, and how much light falls on it. */
#ifndef RENDER_STAGE_H
#define RENDER_STAGE_H

#include "render/board.h"
#include "render/plane.h"

enum { MIXTURE_PARTS = 32 };

/* Shares of materials; they sum to 1 but for the skin's components and the texture. */
typedef struct mixture {
    int count;
    int material[MIXTURE_PARTS];
    double weight[MIXTURE_PARTS];
} mixture;

/* The boards of a scene, the lowest first. */
enum { BOARD_CHART = RENDER_CARDS, BOARD_COVER, BOARDS };

typedef struct stage {
    const render_scene *scene; /* borrowed */
    board *board;              /* BOARDS of them */
    plane hair;
} stage;

/* Also adds the cards' materials and fills the truth's hairs. */
bool stage_make(const render_scene *scene, materials *things, stage *out, render_truth *truth,
                tns_error *err);
void stage_finish(stage *s);

mixture stage_mixture(const stage *s, int x, int y);

/* Relative to the picture's middle. */
double stage_light(const stage *s, int x, int y);

/* What is mirrored on top, 1 = as much as the perfect reflecting diffuser gives. */
double stage_glare(const stage *s, int x, int y);

/* How much of the light is the second lamp's, 0..1. */
double stage_second(const stage *s, int x);

/* Where the lens shows what belongs at a place, and back. */
tns_point stage_seen(const render_scene *scene, tns_point ideal);
tns_point stage_ideal(const render_scene *scene, double x, double y);

#endif
