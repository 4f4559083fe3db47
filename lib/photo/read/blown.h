/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places of a scalp that are white in every channel, as a flash leaves them: whether hair stands
 * there cannot be seen, so that they are no part of the area that was looked at.
 */
#ifndef PHOTO_READ_BLOWN_H
#define PHOTO_READ_BLOWN_H

#include "photo/read/ground.h"

/*
 * Marks them as outside, of the plot's box; `area` is the plot's, px. Skin may be white all over
 * and its hair still show: a place counts as blown only where it is wider than gaps among the
 * `units` that were found. False without memory; tns_field_finish() it in either case.
 */
bool tns_blown_find(const tns_light *light, const tns_plot *plot, double area, size_t units,
                    tns_field *out);

#endif
