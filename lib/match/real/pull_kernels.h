/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a little of another ink would do to mixtures, of as many sets side by side as there are
 * lanes: slopes of the sum of squares that descents go down (descent_kernels.h). Taken the other
 * way round, from the differences back to what each band's K and S weigh, so that one ink more
 * costs one sum over the bands.
 */
#ifndef MATCH_REAL_PULL_KERNELS_H
#define MATCH_REAL_PULL_KERNELS_H

#include "match/real/descent_kernels.h"

/* Inks to try, and the diluent that a shade adds to one of each. */
typedef struct tns_pull_inks {
    const tns_ink *inks;
    const float *takes;
    const tns_ink *diluent; /* used where the goal has a shade */
    size_t count;
} tns_pull_inks;

typedef struct tns_pull_kernels {
    /*
     * At `next` of the lanes: out[i] = half the slope in the amount of the i-th ink, where the
     * liquid is 1; below 0, a little of it makes the mixture better.
     */
    void (*pulls)(const tns_descent_goal *goal, const tns_descent_lanes *lanes,
                  const tns_pull_inks *inks, tns_lane_row *out);
} tns_pull_kernels;

TNS_KERNELS_DECLARE(tns_pull_kernels, tns_pull_kernels);

#endif
