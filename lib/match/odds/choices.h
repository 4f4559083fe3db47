/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the listed recipes stand for something of their own, and which is best by what. */
#ifndef MATCH_ODDS_CHOICES_H
#define MATCH_ODDS_CHOICES_H

#include <tonsure/match.h>

/*
 * Marks the distinct ones: a recipe is not distinct when a better distinct one has the same
 * pigments and a color within 0.3 dE00 of its own under the first viewing.
 */
void tns_choices_mark_distinct(tns_match *match);

/* From the odds. `lamps` = whether what other lamps show is known of the target. */
void tns_choices_make(tns_match *match, bool lamps);

#endif
