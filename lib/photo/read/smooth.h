/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PHOTO_READ_SMOOTH_H
#define PHOTO_READ_SMOOTH_H

#include <stdbool.h>

/* A Gaussian of up to 5 pixels, edges held; `out` may not be `in`. False without memory. */
bool tns_smooth(const float *in, int width, int height, float sigma_px, float *out);

#endif
