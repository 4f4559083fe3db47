/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recipe about to be poured: what goes in, and how each amount scatters. Relative standard
 * deviations:
 *
 *   drops     cv / sqrt(drops), cv of one drop as the palette says, else 5 %: the drops of 19
 *             makes of eye drop bottles repeated within 2 to 11 ul, 5 on average, of about 45
 *             (German, Hurst, Wood, Eye 13, 93 (1999)). Where the drop was never weighed, 10 % of
 *             its size on top, the same for all drops of a bottle: those makes went from 34 to 63.
 *   syringe   3 %: half nominal and more keep 5 % (ISO 7886-1), taken as evenly spread; and a fifth
 *             of a tick for setting the plunger, a triangle half a tick wide on either side
 *   balance   0.29 of a tick, the even spread of what the display rounds
 *   diluent   of drops: a syringe, for nobody counts 100 drops of water; else as the pigments
 */
#ifndef MATCH_ODDS_POUR_H
#define MATCH_ODDS_POUR_H

#include <tonsure/match.h>

#include "match/mixture.h"

enum { TNS_POUR_PARTS = TNS_PARTS_MAX + 1 };

typedef struct tns_pour {
    int count; /* the diluent, if any, comes last */
    const tns_pigment *pigment[TNS_POUR_PARTS];
    double amount[TNS_POUR_PARTS]; /* by the palette's basis; their sum is 1 */
    double spread[TNS_POUR_PARTS]; /* of the amount, relative standard deviation */
    tns_mix whole;
} tns_pour;

/* Of one amount that is dispensed, relative standard deviation; 0 = a share that nobody pours. */
double tns_pour_spread(const tns_unit *unit, const tns_pigment *pigment,
                       const tns_recipe_part *part);

void tns_pour_init(tns_pour *pour, const tns_match_request *request, const tns_recipe *recipe);

#endif
