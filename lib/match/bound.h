/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lower bound on the objective of every mixture in a set, from what the set can look like.
 *
 * dE00 is no metric and has no simple gradient, but with d the distance from the target in the
 * (a*, b*) plane, C't the target's chroma in its own a' and c = (C't + d/2) / 25,
 *
 *     dE00^2 >= (dL/S_L)^2 + (1 - rho(c)/2) [d / (1 + 0.045 (C't + d/2))]^2
 *     rho(c) = sqrt(3) sqrt(c^7 / (1 + c^7))
 *
 * because |R_T| <= rho, S_H <= S_C, dC'^2 + dH'^2 = da'^2 + db*^2, and a' = (1 + G) a* with
 * 1 <= 1 + G <= 1.5. The second term may fall where d grows, so its least value over all distances
 * beyond d is tabulated. |dL|/S_L rises with |dL|.
 */
#ifndef MATCH_BOUND_H
#define MATCH_BOUND_H

#include "match/goal.h"
#include "match/reach.h"

enum { TNS_BOUND_STEPS = 2048 };

/* One viewing, ready to bound. */
typedef struct tns_bound_viewing {
    double weight;
    tns_lab target;
    double y[TNS_BANDS];            /* weights of Y/Yn, */
    double xy[TNS_BANDS];           /* of X/Xn - Y/Yn, */
    double yz[TNS_BANDS];           /* and of Y/Yn - Z/Zn */
    double chroma[TNS_BOUND_STEPS]; /* the second term, from d = index / 32 on */
} tns_bound_viewing;

typedef struct tns_bound {
    const tns_goal *goal;
    tns_bound_viewing *viewings; /* as many as the goal's; owned */
} tns_bound;

bool tns_bound_init(tns_bound *bound, const tns_goal *goal, tns_error *err);
void tns_bound_finish(tns_bound *bound);

/*
 * No mixture in the hull of the points has a lower objective. INFINITY as soon as the bound exceeds
 * `enough`, or where all are darker than allowed.
 */
double tns_bound_value(const tns_bound *bound, const tns_coefficients *points, size_t count,
                       double enough);

/* The part of one viewing: below the square of dE00 of everything within reach. */
double tns_bound_squared_de00(const tns_bound_viewing *viewing, const tns_reach *reach,
                              double enough);

#endif
