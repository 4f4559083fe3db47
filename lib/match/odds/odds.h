/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The odds of one recipe. Draws of all that is not known of it, and of the target's error, are put
 * through its response, and of each draw CIEDE2000 is taken to the target. So the curves of the
 * mixing model, those of the formula and the norm's own are kept.
 */
#ifndef MATCH_ODDS_ODDS_H
#define MATCH_ODDS_ODDS_H

#include <tonsure/appraise.h>

#include "match/odds/draws.h"
#include "match/panel.h"

/* What all recipes of a match share. */
typedef struct tns_odds_job {
    const tns_match_request *request;
    tns_lab target;
    double target_step[3][3]; /* three independent errors, each as L*, a*, b* of one deviation */
    double tolerance;
    double *weights; /* of the surfaces, their sum 1; owned, as is: */
    size_t *lies_on; /* of a blend, the surface that each draw comes to lie on; else NULL */
    tns_panel panel; /* of the surfaces */
    tns_draws draws;
} tns_odds_job;

/* `most_parts` = of the recipes to come, diluent apart. */
bool tns_odds_begin(tns_odds_job *job, const tns_match_request *request,
                    const tns_appraise_terms *terms, size_t most_parts, tns_error *err);
void tns_odds_finish(tns_odds_job *job);

/* Fills the recipe's odds, and warns where they are poor; false without memory. */
bool tns_odds_state(const tns_odds_job *job, tns_recipe *recipe, tns_error *err);

#endif
