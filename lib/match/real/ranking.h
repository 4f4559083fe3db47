/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best supports with real amounts: each once, and only with all its parts there. */
#ifndef MATCH_REAL_RANKING_H
#define MATCH_REAL_RANKING_H

#include "match/support.h"

/* Of the mixed liquid; with less of a part, a mixture belongs to the smaller support. */
#define TNS_LEAST_SHARE 0.001

typedef struct tns_ranking {
    const tns_problem *problem;
    tns_support *list; /* best first; room for problem->top; not owned */
    size_t count;
    double limit; /* the objective of the last, or INFINITY while there is room */
} tns_ranking;

void tns_ranking_clear(tns_ranking *ranking);

/* Every part of the mixture is there, with `share` at least. */
bool tns_ranking_whole(const tns_problem *problem, const tns_support *support, double share);

/* Into its place, if it is whole by `share` and among the best; for the same support if better. */
void tns_ranking_offer(tns_ranking *ranking, const tns_support *support, double share);

#endif
