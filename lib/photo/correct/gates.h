/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a photo of a chart no measurement, though the chart is where it should be. */
#ifndef PHOTO_CORRECT_GATES_H
#define PHOTO_CORRECT_GATES_H

#include "photo/chart/placement.h"
#include "photo/correct/calibration.h"

/* A chart as sampled. */
typedef struct tns_gate {
    const tns_light *light;
    const tns_chart *chart;
    const tns_placement *placement;
    const tns_patch_sample *samples;
} tns_gate;

/*
 * Before a fit: "" in `reason` (of 200 bytes), or why there shall be none and what to do about it:
 * over-exposed. What only makes the result poorer is warned of: blurred, too dark, too small.
 */
void tns_gate_samples(const tns_gate *gate, tns_warnings *doubts, char *reason);

/*
 * After it: mixed light is a reason; a range of greys that is too short is warned of, and a black
 * that is grey, as a print's or behind a veil of light.
 */
void tns_gate_fit(const tns_gate *gate, const tns_calibration *calibration, tns_warnings *doubts,
                  char *reason);

#endif
