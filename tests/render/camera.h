/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From reflectance and light to what a phone's camera writes. */
#ifndef RENDER_CAMERA_H
#define RENDER_CAMERA_H

#include "render/render.h"

/* What each band of a reflectance adds to the raw channels; the perfect diffuser gives 1, 1, 1. */
typedef struct camera_weights {
    double weight[3][TNS_BANDS];
} camera_weights;

/*
 * Under an illuminant by name. The white balance is the one for `balanced`, so that a second lamp
 * shows its cast.
 */
bool camera_weights_make(const render_camera *camera, const char *light, const char *balanced,
                         camera_weights *out, tns_error *err);

void camera_signal(const camera_weights *camera, const tns_spectrum *reflectance, double raw[3]);

/*
 * Raw signal with its noise; `key` is the pixel's number. Exposure and cast are applied by
 * camera_develop, after the noise.
 */
void camera_add_noise(const render_camera *camera, uint64_t seed, uint64_t key, double raw[3]);

/* Cast, matrix, exposure, saturation, primaries, tone curve: encoded R, G, B, 0..1. */
void camera_develop(const render_camera *camera, const double raw[3], double rgb[3]);

#endif
