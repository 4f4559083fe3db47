/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was put into a pot. */
#ifndef MATCH_POT_POURED_H
#define MATCH_POT_POURED_H

#include "match/odds/colorant.h"

enum { TNS_POT_MAX = TNS_PARTS_MAX + 1 }; /* one more for what may have got in */

/* By how much a miscount may be off: one standard deviation of the factor's logarithm, a double or
 * a half. */
#define TNS_MISCOUNT 0.7

typedef struct tns_pot {
    int count;
    tns_component components[TNS_POT_MAX];
    tns_colorant_errors errors[TNS_POT_MAX]; /* of their K and S */
    double units[TNS_POT_MAX];               /* nominal */
    double spread[TNS_POT_MAX];   /* of the factor about 1; 0 = nothing is known of this amount */
    bool miscounted[TNS_POT_MAX]; /* then it may be off by TNS_MISCOUNT */
} tns_pot;

/* Of part `i` the pigment; its units and what is known of them stay. */
void tns_pot_fill(tns_pot *pot, int i, const tns_palette *palette, int pigment, tns_unit unit);

/* Which part is of that pigment; -1 = none. */
int tns_pot_place(const tns_pot *pot, int pigment);

/* Whether the palette states errors of any part. */
bool tns_pot_is_unsure(const tns_pot *pot);

/* The pot with each part's units times its factor. `bottles` = one unit of each as it really is;
 * NULL = as the palette has it. */
void tns_pot_mix(const tns_pot *pot, const double *factor, const tns_mix *bottles, tns_mix *out);

#endif
