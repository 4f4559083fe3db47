/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readings of dot and skin. */
#ifndef PHOTO_READ_TONE_H
#define PHOTO_READ_TONE_H

#include "photo/correct/calibration.h"
#include "photo/read/follicles.h"
#include "photo/read/hull.h"

/*
 * Fills the colors of follicles that were found, where hairs enough stand free. The only failure is
 * TNS_ERROR_MEMORY.
 */
bool tns_follicles_color(const tns_light *light, const tns_calibration *calibration,
                         const tns_hull *hull, uint64_t seed, tns_follicles *follicles,
                         tns_error *err);

#endif
