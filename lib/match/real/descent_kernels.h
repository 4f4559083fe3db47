/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Descents to the nearest best real amounts, of as many sets of inks side by side as there are
 * lanes, by vector code in single precision: Levenberg and Marquardt on the logarithms of the
 * amounts, so that these stay positive, with slopes in closed form. Lanes know nothing of each
 * other.
 *
 * dE00 is the length of a vector of three, of lightness, chroma and hue with the rotation in it
 * (descent_kernels.c), so that the objective is a sum of squares as it stands.
 */
#ifndef MATCH_REAL_DESCENT_KERNELS_H
#define MATCH_REAL_DESCENT_KERNELS_H

#include "match/bound/screen.h"

enum { TNS_DESCENT_SURFACES = 4 };

/* What is strived for. */
typedef struct tns_descent_goal {
    const tns_screen_surface *surfaces;
    const tns_screen_eye *eye;
    int surface_count;
    float share[TNS_DESCENT_SURFACES]; /* of each in the blend; used where they are blended */
    bool blended;                      /* then the first surface's weights count */
    float weight[TNS_DESCENT_SURFACES][TNS_VIEWINGS_MAX]; /* of each square */
    float target[TNS_VIEWINGS_MAX][3];                    /* L*, a*, b* */
    float max_shade;                                      /* 0: no diluent */
} tns_descent_goal;

/* One number in each lane. */
typedef float tns_lane_row[TNS_LANES];

/*
 * Sets of inks and where their descents are. An unused ink is all zeros and has the logarithm 0.
 * With a diluent, it is the column behind the inks; there `at` is y in shade = max_shade / (1 +
 * e^-y).
 */
typedef struct tns_descent_lanes {
    int inks; /* without the diluent, 1..TNS_PARTS_MAX */
    float K[TNS_SCREEN_PARTS][TNS_BANDS][TNS_LANES], S[TNS_SCREEN_PARTS][TNS_BANDS][TNS_LANES];
    tns_lane_row amount[TNS_SCREEN_PARTS]; /* of liquid in one of each ink */
    tns_lane_row takes[TNS_PARTS_MAX];     /* diluent that each step of the shade adds to it */
    tns_lane_row next[TNS_SCREEN_PARTS];   /* logarithms of amounts to be looked at */
    tns_lane_row at[TNS_SCREEN_PARTS];     /* the best ones seen, */
    tns_lane_row value;                    /* their sum of squares, */
    tns_lane_row slope[TNS_SCREEN_PARTS];  /* half of its slopes, */
    tns_lane_row bend[TNS_SCREEN_PARTS][TNS_SCREEN_PARTS]; /* and of its curvature (i >= j) */
    tns_lane_row damping;
    tns_lane_row gain; /* what the step to `next` is expected to take off the value */
    int rounds[TNS_LANES];
} tns_descent_lanes;

typedef struct tns_descent_kernels {
    /* Looks at `next`, keeps it where it is better than `at`, and makes another `next`. */
    void (*round)(const tns_descent_goal *goal, tns_descent_lanes *lanes);
} tns_descent_kernels;

TNS_KERNELS_DECLARE(tns_descent_kernels, tns_descent_kernels);

#endif
