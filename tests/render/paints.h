/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra of paints, skin and hair. */
#ifndef RENDER_PAINTS_H
#define RENDER_PAINTS_H

#include "render/render.h"

/*
 * A spectrum of exactly this color (D50, 2 degrees) as a paint may have it: the likeliest of
 * paints with bumps that the observer does not see, others for every `seed`; 0 = the smoothest.
 */
bool render_paint(tns_lab lab, uint64_t seed, tns_spectrum *out, tns_error *err);

/* Bare skin, its first two principal components in standard deviations. */
tns_spectrum render_skin(double first, double second);

/* The cut end of a hair; `melanin` 1 = dark brown, L* about 21. */
tns_spectrum render_hair_end(double melanin);

#endif
