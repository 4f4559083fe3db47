/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pot is spared, because too light can be mended and too dark not: one that reads darker
 * than its target what makes it darker yet, a lighter one what would most likely make it too dark.
 */
#ifndef MATCH_POT_SPARE_H
#define MATCH_POT_SPARE_H

#include "match/pot/pot.h"

/* Marks, of the `count` components, the pigments that are darker by themselves than the target. */
void tns_spare_mark(const tns_pot_job *job, int count, const tns_component *components, bool *dark);

/* How far the outcome of an addition scatters, by all that its odds count: dE00, one standard
 * deviation. */
double tns_spare_scatter(const tns_pot_job *job, const tns_pot_addition *addition);

/* Whether it is likelier than not to come out visibly darker than the target. */
bool tns_spare_is_risky(const tns_pot_addition *addition);

/* Puts adding nothing before what too likely does not come nearer than the pot is, and tells so. */
void tns_spare_an_unclear_gain(const tns_pot_job *job, tns_pot_correction *correction);

/* Warns where what was withheld, of a pot that reads dark or not, comes nearer on paper than what
 * is advised. */
void tns_spare_say(bool dark, double withheld, tns_pot_correction *correction);

#endif
