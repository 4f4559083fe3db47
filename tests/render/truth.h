/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is true of a scene, before light, lens and camera. */
#ifndef RENDER_TRUTH_H
#define RENDER_TRUTH_H

#include "render/stage.h"

/* Fills all of the truth but the hairs, which are there already. */
bool truth_of_stage(const stage *s, const materials *things, render_truth *truth, tns_error *err);

#endif
