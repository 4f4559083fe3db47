/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pot to correct: what is asked, what was put in, what was read of it, what it acts like. */
#ifndef MATCH_POT_POT_H
#define MATCH_POT_POT_H

#include <tonsure/correct.h>

#include "match/pot/guesses.h"
#include "match/problem.h"

typedef struct tns_pot_job {
    const tns_pot_request *request;
    tns_problem problem; /* what may be added, and the goal */
    tns_pot pot;
    tns_evidence evidence;
    tns_accounts accounts;
    tns_effective effective;  /* the likeliest of them */
    tns_guesses guesses;      /* by them */
    double offset[TNS_BANDS]; /* what the palette gets wrong of this pot: blame.h */
    double offset_sd;         /* of each band of that */
} tns_pot_job;

/* Checks the request and fills in all but what comes out of the fit. */
bool tns_pot_job_init(tns_pot_job *job, const tns_pot_request *request, tns_error *err);
void tns_pot_job_finish(tns_pot_job *job);

/* Whether the palette's diluent may be added. */
bool tns_pot_may_dilute(const tns_pot_job *job);

/* Parts of diluent to one of pigment, by volume, of so many ml; 0 with no pigment. */
double tns_pot_shade(double diluent_ml, double pigment_ml);

/* What was put in, in ml: pigments and diluent. */
void tns_pot_volumes(const tns_pot_job *job, double *pigment_ml, double *diluent_ml);

#endif
