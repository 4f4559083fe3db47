/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the mixes of a ladder tell of the bottle, before they are read. */
#ifndef PIGMENT_LADDER_WORTH_H
#define PIGMENT_LADDER_WORTH_H

#include "pigment/ladder_design.h"

enum { TNS_LADDER_INKS = 3, TNS_LADDER_UNKNOWNS = 10, TNS_LADDER_GUESSES = 3 };
enum { TNS_LADDER_EVERY = 3, TNS_LADDER_BANDS = TNS_BANDS / TNS_LADDER_EVERY };

/* What a reading tells in one band: the slopes of R in the unknowns over its deviation. */
typedef double tns_ladder_slopes[TNS_LADDER_UNKNOWNS];

/* On the unknowns in one band: lower triangles. */
typedef double tns_ladder_information[TNS_LADDER_UNKNOWNS][TNS_LADDER_UNKNOWNS];

typedef struct tns_ladder_worth {
    const tns_ladder_request *request;
    double K[TNS_LADDER_GUESSES][TNS_LADDER_INKS][TNS_LADDER_BANDS];
    double S[TNS_LADDER_GUESSES][TNS_LADDER_INKS][TNS_LADDER_BANDS];
    tns_ladder_slopes told[TNS_LADDER_CANDIDATES_MAX][2][TNS_LADDER_GUESSES][TNS_LADDER_BANDS];
    tns_ladder_information chosen[TNS_LADDER_GUESSES][TNS_LADDER_BANDS]; /* as last summed up */
} tns_ladder_worth;

/* The guesses, and what each candidate of a design would tell. */
void tns_ladder_worth_make(const tns_ladder_request *request, const tns_ladder_design *design,
                           tns_ladder_worth *out);

/* Sums up what the readings tell that a design uses. */
void tns_ladder_sum_up(tns_ladder_worth *worth, const tns_ladder_design *design);

/* Mean log information on the bottle's log K and log S: of what was summed up, and of a candidate
   read besides on those halves. */
double tns_ladder_score(const tns_ladder_worth *worth, size_t candidate, const bool use[2]);

/* The bottle's deviations, for the middle guess, by what was summed up. */
void tns_ladder_expect(const tns_ladder_worth *worth, tns_ladder_design *design);

#endif
