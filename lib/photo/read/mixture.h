/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a region shows two kinds of thing. */
#ifndef PHOTO_READ_MIXTURE_H
#define PHOTO_READ_MIXTURE_H

#include <tonsure/photo.h>

#include "photo/read/pixel.h"

/*
 * The lightnesses are parted where the two heaps are furthest apart (Otsu, IEEE SMC 9, 62 (1979)).
 * They are two kinds when that explains 0.7 of the variance (0.64 of a normal distribution; the
 * blur between hair and skin fills the valley, and leaves about as much as an even one has, 0.75),
 * the heaps' means lie 10 L* apart and either holds 3 % of the pixels.
 */
tns_mixture tns_mixture_of(const tns_region_pixels *pixels);

#endif
