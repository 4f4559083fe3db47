/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a pot acts like to a short list of what may be added. */
#ifndef MATCH_POT_ADVISE_H
#define MATCH_POT_ADVISE_H

#include <tonsure/correct.h>

#include "match/pot/pot.h"

/* Fills `nothing`, the additions with their odds, the margin and what follows from them. */
bool tns_advise(const tns_pot_job *job, const tns_context *context, tns_pot_correction *out,
                tns_error *err);

/* The colors of the pot as the model sees it, with nothing added: for a pot that is refused. */
bool tns_advise_nothing(const tns_pot_job *job, tns_pot_correction *out, tns_error *err);

#endif
