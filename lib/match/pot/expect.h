/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The odds of an addition, by draws through the whole model. Unknown are
 *
 *   what is in the pot   one account of the reading by its chance (accounts.h), and of that
 *                        the factors, by the covariance that the reading has left them
 *   what is added        each amount, as pour.h has it, and whether it shares the pot's factor
 *   the palette          K and S of every pigment, as stock.h draws them. What such an error does
 * to the pot as it is, the reading has shown: it is taken off what it does to the fuller pot, so
 * that only the difference counts readings             the target's error, and the pot reading's as
 * a whole
 */
#ifndef MATCH_POT_EXPECT_H
#define MATCH_POT_EXPECT_H

#include "match/pot/pot.h"

/* Fills the odds of an addition that is otherwise complete. */
void tns_expect(const tns_pot_job *job, tns_pot_addition *addition);

#endif
