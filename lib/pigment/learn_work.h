/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of the mixes, and the descent to what they teach. */
#ifndef PIGMENT_LEARN_WORK_H
#define PIGMENT_LEARN_WORK_H

#include <gsl/gsl_matrix.h>

#include "pigment/learn_mix.h"

enum { TNS_LEARN_ALL = -1 };

/* Everything between the question and the answer. */
typedef struct tns_learn_work {
    const tns_mix *mixes;
    size_t count;
    tns_learn_options options;
    tns_learn_curves curves;
    tns_learn_state state;
    tns_learn_ink *inks;
    size_t parameters, rows; /* the prior's rows apart */
    double (*root)[TNS_BANDS][TNS_BANDS];
    tns_mix_slopes *slopes;
    bool *aside;
    int left_out; /* a mix, or ALL = none */
    double scale; /* of the model's deviations, as the readings have it; 1 until that is learned */
    double *z;    /* the likeliest parameters */
    gsl_matrix *covariance;
} tns_learn_work;

bool tns_learn_no_memory(tns_error *err);

/* Checks the question and makes room for it (learn_question.c); clear in every case. */
bool tns_learn_prepare(tns_learn_work *w, const tns_palette *palette, const tns_mix *mixes,
                       size_t count, const tns_learn_options *options, tns_error *err);
void tns_learn_clear(tns_learn_work *w);

/* The covariance of each reading, at the inks as they stand. */
void tns_learn_weigh(tns_learn_work *w);

/* From z to the likeliest, one mix left out or TNS_LEARN_ALL taken, for which the covariance is
   kept. The inks stand there then. */
bool tns_learn_likeliest(tns_learn_work *w, int left_out, double *z, tns_error *err);

/* Laplace's approximation of log evidence at the likeliest, where the inks stand. */
double tns_learn_evidence(const tns_learn_work *w);

/* Root mean square of a mix's residuals over their deviations. */
double tns_learn_misfit(tns_learn_work *w, size_t m);

/* An ink as learned, into the pigment that it was (learn_ink.c). */
void tns_learn_ink_write(const tns_learn_work *w, const tns_learn_ink *ink, tns_pigment *p);

/* Where an ink moved, and by how many mixes. */
void tns_learn_ink_describe(const tns_learn_work *w, const tns_learn_ink *ink,
                            tns_learned_ink *out);

#endif
