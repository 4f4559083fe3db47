/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether another ink of the palette instead of one that was named explains a reading better. */
#ifndef MATCH_POT_SWAP_H
#define MATCH_POT_SWAP_H

#include "match/pot/pot.h"

typedef struct tns_swap {
    int part, pigment; /* of the pot, and what was in its stead; -1 = none is likely */
    double units;      /* so much of it */
} tns_swap;

/* The likeliest, if it is likelier by far than all amounts of the inks that were named. */
tns_swap tns_swap_find(const tns_pot_job *job);

#endif
