/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a pot acts like to a short list of what may be added. */
#ifndef MATCH_ADVISE_H
#define MATCH_ADVISE_H

#include <tonsure/correct.h>

#include "match/additions.h"
#include "match/effective.h"
#include "match/problem.h"

typedef struct tns_advice_job {
    const tns_problem *problem; /* what may be added, and the goal */
    bool may_dilute;
    const tns_pot *pot;
    const tns_effective *effective;
    const double *offset; /* as in tns_additions */
    int max_pigments;
    size_t top;
} tns_advice_job;

/* Fills `nothing`, the additions, the margin and what follows from them. */
bool tns_advise(const tns_advice_job *job, const tns_context *context, tns_pot_correction *out,
                tns_error *err);

/* The colours of the pot as the model sees it, with nothing added: for a pot that is refused. */
bool tns_advise_nothing(const tns_advice_job *job, tns_pot_correction *out, tns_error *err);

#endif
