/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A problem's components in amounts that make them as strong as one another, which is where
 * descents (descent.h) go fastest.
 */
#ifndef MATCH_REAL_EVENED_H
#define MATCH_REAL_EVENED_H

#include "match/real/descent.h"
#include "match/support.h"

typedef struct tns_evened {
    const tns_problem *problem;
    tns_ink *inks; /* of each component; owned, as what follows */
    double *units; /* in one of it */
    float *takes;  /* diluent that each step of the shade adds to it */
    tns_ink water; /* an amount of 1 */
} tns_evened;

/* Borrows the problem. False only without memory; finish() then too. */
bool tns_evened_init(tns_evened *evened, const tns_problem *problem);
void tns_evened_finish(tns_evened *evened);

/* Where a descent is, as units whose sum is 1, a shade, and their objective. */
void tns_evened_support(const tns_evened *evened, const tns_descent *at, tns_support *out);

#endif
