/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A region of the photo becomes a reading. */
#ifndef PHOTO_READ_REGION_H
#define PHOTO_READ_REGION_H

#include <stdint.h>

#include <tonsure/photo.h>

#include "photo/correct/calibration.h"
#include "photo/correct/flat.h"
#include "photo/read/hull.h"

/* What every region of a photo is read with. */
typedef struct tns_region_reader {
    const tns_light *light;
    const tns_calibration *calibration; /* NULL: without color */
    const tns_hull *hull;
    bool has_kind;
    tns_prior kind;
} tns_region_reader;

/*
 * Reads a region that was checked and is no place any more. Pixels at an end of the encoding and
 * those that mirror the lamp are left out, then a tenth at either end of the luminance unless two
 * kinds of thing are mixed (the mean of an area wants all of it), and the mean is taken in linear
 * light. A region of more than 262144 pixels is read on a coarser grid.
 */
bool tns_region_read(const tns_region_reader *reader, const tns_region *region, uint64_t seed,
                     tns_photo_region *out, tns_error *err);

#endif
