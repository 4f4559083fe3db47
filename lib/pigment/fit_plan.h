/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which samples and pigments take part in a fit, and how they become rows of an ink system. */
#ifndef PIGMENT_FIT_PLAN_H
#define PIGMENT_FIT_PLAN_H

#include "pigment/ink_system.h"

enum { TNS_FIT_CLEAR = -1, TNS_FIT_UNSEEN = -2 };

typedef struct tns_fit_plan {
    const tns_sample_set *set;
    const tns_fit_options *options;
    bool absolute;
    int count;                         /* of pigments to be fitted */
    int column[TNS_FIT_PIGMENTS_MAX];  /* theirs in the set */
    int place[TNS_FIT_PIGMENTS_MAX];   /* of a column: among the fitted, or one of the above */
    int white;                         /* among the fitted; -1 = none known (absolute only) */
    size_t kept_count, held_out_count; /* backings are neither */
} tns_fit_plan;

bool tns_fit_plan_make(const tns_sample_set *set, const tns_fit_options *options, tns_fit_plan *out,
                       tns_error *err);

/* The kept samples in the set's order, or those held out whose pigments are fitted. */
tns_ink_system *tns_fit_plan_system(const tns_fit_plan *plan, bool held_out, tns_error *err);

/* Whether a sample is one of those rows. */
bool tns_fit_plan_has(const tns_fit_plan *plan, const tns_fit_sample *sample, bool held_out);

/* Water and its like: nothing to fit. */
bool tns_fit_is_clear(const char *pigment);

/* What the samples leave open, as warnings of the fit. */
void tns_fit_doubts(const tns_fit_plan *plan, const tns_ink_system *system, tns_fit *fit);

/* The palette of a solved system. */
tns_palette *tns_fit_palette(const tns_fit_plan *plan, const tns_ink_system *system,
                             tns_error *err);

/* A fitted pigment's id. */
const char *tns_fit_pigment(const tns_fit_plan *plan, int index);

/* Covariance of log K (0) and log S (1) of a pigment in a band: 00, 01, 11; S of the unit has 0. */
void tns_fit_covariance(const tns_ink_system *system, int band, int pigment, double out[3]);

#endif
