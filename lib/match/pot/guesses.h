/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pots that the reading may be of: amounts and bottles drawn together, by their chance given the
 * reading. It ties them to each other: where an amount is less, its bottle is stronger, and what is
 * seen of the pot as it is stays what was read, but for noise.
 */
#ifndef MATCH_POT_GUESSES_H
#define MATCH_POT_GUESSES_H

#include "match/pot/accounts.h"

/* The 475th of 500 has 95 % at or below it. Fewer do for a root mean square that is told roughly.
 */
enum { TNS_GUESSES = 500, TNS_FEW_GUESSES = 128 };

typedef struct tns_guess {
    double factor[TNS_POT_MAX];
    tns_mix bottle[TNS_POT_MAX]; /* one unit of each part */
    tns_spectrum seen;           /* of the pot as it is */
} tns_guess;

typedef struct tns_guesses {
    tns_guess likeliest;
    tns_guess *all;        /* TNS_GUESSES */
    tns_guess *by_amounts; /* TNS_FEW_GUESSES: of each the bottles expected by its amounts */
    tns_guess *by_bottles; /* the same with the likeliest amounts, other bottles */
} tns_guesses;

/* Fails with TNS_ERROR_MEMORY. */
bool tns_guesses_init(tns_guesses *guesses, const tns_pot *pot, const tns_evidence *evidence,
                      const tns_accounts *accounts, tns_error *err);
void tns_guesses_finish(tns_guesses *guesses);

#endif
