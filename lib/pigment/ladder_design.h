/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which mixes of a ladder tell most: candidates, what each reading tells, and the choice. */
#ifndef PIGMENT_LADDER_DESIGN_H
#define PIGMENT_LADDER_DESIGN_H

#include <tonsure/ladder.h>

enum { TNS_LADDER_CANDIDATES_MAX = 64 };

/* A mix that might be made, and on which halves it is read: [0] white, [1] black. */
typedef struct tns_ladder_candidate {
    int drops[TNS_LADDER_PARTS];
    double ml[TNS_LADDER_PARTS], amount[TNS_LADDER_PARTS];
    bool use[2];
} tns_ladder_candidate;

typedef struct tns_ladder_design {
    size_t count;
    tns_ladder_candidate candidate[TNS_LADDER_CANDIDATES_MAX];
    double K_sd, S_sd;
} tns_ladder_design;

/* The best that `minutes` of mixing and reading allow; the request is sound and complete. */
bool tns_ladder_choose(const tns_ladder_request *request, double minutes, tns_ladder_design *out,
                       tns_error *err);

/* Of the mixes that are used. */
double tns_ladder_minutes(const tns_ladder_design *design);

#endif
