/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A box of the photo becomes a reading. */
#ifndef PHOTO_READ_REGION_H
#define PHOTO_READ_REGION_H

#include <tonsure/context.h>
#include <tonsure/photo.h>

#include "photo/correct/calibration.h"
#include "photo/read/hull.h"

/* TNS_ERROR_USAGE unless the box lies in the image and holds a pixel. */
bool tns_region_check(const tns_image *image, const tns_box *box, tns_error *err);

/*
 * Reads a box that was checked. Without a calibration (NULL) the reading has no colour. Pixels at
 * an end of the encoding and specular reflections are left out, then 5 % at either end of the
 * luminance, and the mean is taken in linear light. A box of more than a million pixels is read on
 * a coarser grid.
 */
bool tns_region_read(const tns_light *light, const tns_box *box, const tns_calibration *calibration,
                     const tns_hull *hull, uint64_t seed, tns_photo_region *out, tns_error *err);

#endif
