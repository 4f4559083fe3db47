/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shaved hair: where it stands and what it covers. */
#ifndef RENDER_HAIR_H
#define RENDER_HAIR_H

#include "render/plane.h"
#include "render/render.h"

/* The head's outline and the bald disc as one number: 1 = full growth, 0 = none. */
double hair_growth(const render_scalp *scalp, double x, double y);

/* 0 in the head's middle, 1 on its outline. */
double head_radius(const render_scalp *scalp, double x, double y);

/* Fills hairs, hair_count and unit_count of the truth. */
bool hair_grow(const render_scene *scene, render_truth *truth, tns_error *err);

/*
 * The share of each pixel that is hair. Light spreads in the skin around a dot, so the dots'
 * shadow is softened here, in the subject, not in the lens; the mean stays.
 */
bool hair_cover(const render_scene *scene, const render_truth *truth, plane *cover, tns_error *err);

#endif
