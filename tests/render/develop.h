/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the sensor's charge to the file's pixels. */
#ifndef RENDER_DEVELOP_H
#define RENDER_DEVELOP_H

#include "render/plane.h"
#include "render/render.h"

/* Noise, mosaic, development, sharpening; fills rgb and, where there is one, deep. */
bool develop_picture(const render_scene *scene, plane channel[3], render_picture *out);

#endif
