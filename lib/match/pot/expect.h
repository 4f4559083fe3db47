/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The odds of an addition, by draws through the whole model. Unknown are
 *
 *   the pot          what is in it, amounts and bottles together (guesses.h)
 *   what is added    each amount, as pour.h has it, and whether it shares the pot's factor; of an
 *                    ink that is not in the pot K and S too (colorant.h)
 *   readings         the target's error, and the pot reading's as a whole
 */
#ifndef MATCH_POT_EXPECT_H
#define MATCH_POT_EXPECT_H

#include "match/pot/pot.h"

/* Fills the odds of an addition that is otherwise complete. */
void tns_expect(const tns_pot_job *job, tns_pot_addition *addition);

#endif
