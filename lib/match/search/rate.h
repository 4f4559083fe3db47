/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one recipe of whole units is worth: its color, its cost, and whether there is enough of it.
 */
#ifndef MATCH_SEARCH_RATE_H
#define MATCH_SEARCH_RATE_H

#include "match/problem.h"
#include "match/toplist.h"

/* Sets objective, cost and favor; the objective is INFINITY beyond `enough`, or where it costs too
   much or there is too little of it. */
void tns_pick_rate(const tns_problem *problem, tns_pick *pick, double enough);

#endif
