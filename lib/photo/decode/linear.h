/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From encoded pixels to linear BT.2020 light: a profile's transform, compiled to three tables when
 * it is a sum of one function a channel (every matrix profile is), else left to Little CMS.
 */
#ifndef PHOTO_DECODE_LINEAR_H
#define PHOTO_DECODE_LINEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "photo/decode/pixels.h"

typedef struct tns_linear tns_linear;

/*
 * From the space that `pixels` are in (photo/decode/space.h), or the matrix of a camera; its name
 * ("" = sRGB assumed) goes to `description`. Fails on a profile that is broken, not for RGB, or
 * makes no sense (photo/decode/sense.h).
 */
tns_linear *tns_linear_create(const tns_pixels *pixels, const char *name, char *description,
                              size_t size, tns_error *err);

/* NULL is taken. */
void tns_linear_destroy(tns_linear *linear);

/* `code` as from tns_image_encoded. */
void tns_linear_apply(const tns_linear *linear, const uint16_t (*code)[3], int count,
                      float (*rgb)[3]);

/*
 * The same of `count` pixels of 8 bit that lie `step` bytes apart, to fours of R, G, B and 0. False
 * when there are no tables for them.
 */
bool tns_linear_apply_bytes(const tns_linear *linear, const uint8_t *from, ptrdiff_t step,
                            int count, float (*light)[4]);

#endif
