/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pixels of a region out of the picture, through the correction. */
#ifndef PHOTO_READ_GATHER_H
#define PHOTO_READ_GATHER_H

#include "photo/correct/calibration.h"
#include "photo/correct/flat.h"
#include "photo/read/pixel.h"

/*
 * Those that are not clipped, row by row; when all are, all. `*clipped` is the share that is.
 * Without a calibration (NULL) X and Z are Y. free() out->item.
 */
bool tns_region_gather(const tns_light *light, const tns_region *region,
                       const tns_calibration *calibration, tns_region_pixels *out, double *clipped,
                       tns_error *err);

#endif
