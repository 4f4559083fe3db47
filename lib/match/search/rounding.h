/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole units near real amounts: recipes good enough to let the exact search prune from its start.
 */
#ifndef MATCH_SEARCH_ROUNDING_H
#define MATCH_SEARCH_ROUNDING_H

#include "match/support.h"
#include "match/toplist.h"

/* Offers the roundings of a mixture to every allowed total and the shades beside its own. */
void tns_round_support(const tns_problem *problem, const tns_support *support, tns_toplist *list);

#endif
