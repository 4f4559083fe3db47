/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what is said to be in a pot explains its reading, and what is wrong if it does not. */
#ifndef MATCH_POT_BLAME_H
#define MATCH_POT_BLAME_H

#include "match/pot/pot.h"

/* Fills the job's offset and of `out` the residual, the verdict with its reasons, and warnings. */
void tns_pot_blame(tns_pot_job *job, tns_pot_correction *out);

#endif
