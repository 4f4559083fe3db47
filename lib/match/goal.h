/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a match strives for: the target's colors, the surfaces, and the one function that decides.
 *
 *     objective = reduce over sights( sqrt( sum of weights x dE00^2 over the viewings ) )
 *
 * A sight is what is compared with the target: each surface, or the blend of all.
 *
 * Whatever prunes or guesses elsewhere, a recipe's place in the list comes from here alone.
 */
#ifndef MATCH_GOAL_H
#define MATCH_GOAL_H

#include <tonsure/match.h>

#include "match/blend.h"
#include "match/mixture.h"

typedef struct tns_goal {
    const tns_surface *surfaces;
    double *surface_weights; /* their sum is 1; owned */
    size_t surface_count;
    tns_reducer reducer;
    const tns_viewing *viewings;
    double weights[TNS_VIEWINGS_MAX];
    tns_lab target[TNS_VIEWINGS_MAX];
    size_t viewing_count;
    bool never_darker;
    tns_blend_films films; /* of a blend of films; none otherwise */
    const tns_blend_kernels *blend;
    const struct tns_stand_in *stand_in; /* for the films, where made (stand_in.h); borrowed */
} tns_goal;

/* Borrows the request's surfaces and viewings. False only without memory. */
bool tns_goal_init(tns_goal *goal, const tns_match_request *request, tns_error *err);
void tns_goal_finish(tns_goal *goal);

/*
 * The objective, or INFINITY as soon as it must exceed `enough`, or where the mixture is darker
 * than allowed.
 */
double tns_goal_value(const tns_goal *goal, const tns_coefficients *mix, double enough);

/* How many sights there are, and each one's share of a mean. */
size_t tns_goal_sights(const tns_goal *goal);
double tns_goal_share(const tns_goal *goal, size_t sight);

/* What is seen there, and by band with its slopes in the mixture's K and S. */
tns_spectrum tns_goal_seen(const tns_goal *goal, size_t sight, const tns_coefficients *mix);
void tns_goal_slopes(const tns_goal *goal, size_t sight, const tns_coefficients *mix,
                     tns_km_slopes slopes[TNS_BANDS]);

/* Mean over the surfaces. */
tns_spectrum tns_goal_predicted(const tns_goal *goal, const tns_coefficients *mix);

/* The same, and the difference under each viewing, reduced over the surfaces as the objective is.
 */
tns_spectrum tns_goal_compare(const tns_goal *goal, const tns_coefficients *mix, double *de00);

#endif
