/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a match strives for: the target's colours, the surfaces, and the one function that decides.
 *
 *     objective = reduce over surfaces( sqrt( sum of weights x dE00^2 over the viewings ) )
 *
 * Whatever prunes or guesses elsewhere, a recipe's place in the list comes from here alone.
 */
#ifndef MATCH_GOAL_H
#define MATCH_GOAL_H

#include <tonsure/match.h>

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
} tns_goal;

/* Borrows the request's surfaces and viewings. False only without memory. */
bool tns_goal_init(tns_goal *goal, const tns_match_request *request, tns_error *err);
void tns_goal_finish(tns_goal *goal);

/*
 * The objective, or INFINITY as soon as it must exceed `enough`, or where the mixture is darker
 * than allowed.
 */
double tns_goal_value(const tns_goal *goal, const tns_coefficients *mix, double enough);

/* A difference under one viewing, reduced over the surfaces as the objective is. */
double tns_goal_de00(const tns_goal *goal, size_t viewing, const tns_coefficients *mix);

/* Mean over the surfaces. */
tns_spectrum tns_goal_predicted(const tns_goal *goal, const tns_coefficients *mix);

#endif
