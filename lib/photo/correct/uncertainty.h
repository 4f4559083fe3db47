/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be wrong with a color read through a calibration. */
#ifndef PHOTO_CORRECT_UNCERTAINTY_H
#define PHOTO_CORRECT_UNCERTAINTY_H

#include <tonsure/reading.h>

#include "photo/correct/calibration.h"

/* Beyond so many chart widths from its middle the slope of the light is held, not continued. */
#define TNS_LIGHT_REACH 1.5

/* A color read: where in the picture, and how it compares with the chart's. */
typedef struct tns_read_place {
    tns_lab lab;
    tns_point at;    /* as from tns_calibration_position, not yet held */
    bool is_outside; /* of what the chart's colors enclose, see tns_hull */
    double variance; /* as from tns_calibration_variance; 0: as a patch's own */
    double noise[6]; /* covariance of its mean: LL, La, Lb, aa, ab, bb */
} tns_read_place;

/* A patch of the chart, as it was predicted without itself. */
tns_read_place tns_calibration_left_out(const tns_calibration *calibration,
                                        const tns_patch_sample *sample, int i);

/*
 * Absolute: noise; the model, from the leave-one-out errors of the patches; how well the chart's
 * own colors are known (its reference_de00); how it was held; the light beyond the chart; the tone
 * below the darkest patch. Between visits: noise, holding and light alone, since what is wrong with
 * the model is wrong alike each time. Both k = 2. `without`: a patch whose error must not be looked
 * at, or -1.
 */
void tns_uncertainty_at(const tns_calibration *calibration, const tns_read_place *place,
                        int without, tns_uncertainty *absolute, tns_uncertainty *between_visits);

/* L* of the darkest patch used. */
double tns_darkest(const tns_calibration *calibration);

/* `at` drawn back onto the circle of TNS_LIGHT_REACH. */
tns_point tns_hold_light(tns_point at);

#endif
