/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hairs and follicular units of a plot of shaved scalp. */
#ifndef PHOTO_READ_FOLLICLES_H
#define PHOTO_READ_FOLLICLES_H

#include <tonsure/follicles.h>

#include "photo/read/ground.h"

/*
 * Counts; colors are left to tns_follicles_color. mm_per_px = 0: unknown. TNS_ERROR_UNSUPPORTED:
 * three quarters of the place are too bright to show hair. `out` is to be finished in either case.
 */
bool tns_follicles_find(const tns_light *light, const tns_plot *plot, double mm_per_px,
                        tns_follicles *out, tns_error *err);

#endif
