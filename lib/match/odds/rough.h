/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pours drawn through the full model, for a recipe whose response is no parabola: a fit knows K or
 * S of a pigment to no factor of 1.5 (0.4 of a logarithm) in some band, and it shows. A hundred
 * times the work.
 */
#ifndef MATCH_ODDS_ROUGH_H
#define MATCH_ODDS_ROUGH_H

#include "match/odds/draws.h"
#include "match/odds/response.h"

/* `square` = squared dE00 of all doubts together. */
bool tns_rough_is_needed(const tns_response *response, double square);

/*
 * TNS_DRAWS colors on each surface, surface after surface; of a blend only each draw's on the
 * surface that it lies on, else NULL. `column` has each doubt's column of the draws, and the bands
 * of a covariance are drawn anew.
 */
void tns_rough_pours(const tns_response *response, const tns_draws *draws, const int *column,
                     const size_t *lies_on, tns_lab *out);

#endif
