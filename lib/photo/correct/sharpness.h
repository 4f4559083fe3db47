/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sharp the chart's own edges are. */
#ifndef PHOTO_CORRECT_SHARPNESS_H
#define PHOTO_CORRECT_SHARPNESS_H

#include "photo/chart/patches.h"
#include "photo/chart/placement.h"

/*
 * The width of the edges between patches and frame, in patches: the contrast over the steepest
 * slope, 2.5 standard deviations of a lens' blur; the median over all that show contrast. 0 when
 * none does, as on cards whose patches touch.
 */
double tns_edge_width(const tns_light *light, const tns_chart *chart,
                      const tns_placement *placement, const tns_patch_sample *samples);

#endif
