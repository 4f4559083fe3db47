/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is seen at each pixel: which materials in which shares, and how much light falls on it. */
#ifndef RENDER_STAGE_H
#define RENDER_STAGE_H

#include "render/materials.h"
#include "render/perspective.h"
#include "render/plane.h"

enum { MIXTURE_PARTS = 12 };

/* Shares of materials; they sum to 1 but for the skin's components and the texture. */
typedef struct mixture {
    int count;
    int material[MIXTURE_PARTS];
    double weight[MIXTURE_PARTS];
} mixture;

typedef struct stage {
    const render_scene *scene; /* borrowed */
    perspective chart;
    double px_per_pitch; /* the chart's mean pitch */
    plane hair;
} stage;

/* Also fills the truth's hairs. */
bool stage_make(const render_scene *scene, stage *out, render_truth *truth, tns_error *err);
void stage_finish(stage *s);

mixture stage_mixture(const stage *s, int x, int y);

/* Relative to the picture's middle. */
double stage_light(const stage *s, int x, int y);

/* What is mirrored on top, 1 = as much as the perfect reflecting diffuser gives. */
double stage_glare(const stage *s, int x, int y);

#endif
