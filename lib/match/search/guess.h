/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * First guesses for supports, the likely ones at least: where there are many, every single pigment
 * and pair, then the best few of each size with every other pigment added.
 */
#ifndef MATCH_SEARCH_GUESS_H
#define MATCH_SEARCH_GUESS_H

#include "match/support.h"

/*
 * Seeds (seed.h) supports of the list as tns_supports_list made it; the others keep their even
 * units and an objective of INFINITY. False when cancelled or without memory.
 */
bool tns_guess(const tns_problem *problem, const tns_spectrum *target, tns_support *supports,
               size_t count, const tns_context *context, tns_error *err);

#endif
