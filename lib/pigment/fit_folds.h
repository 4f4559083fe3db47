/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leaving groups of samples out in turn: replicates and one mix over several backings are one. */
#ifndef PIGMENT_FIT_FOLDS_H
#define PIGMENT_FIT_FOLDS_H

#include <tonsure/colorimetry.h>

#include "pigment/ink_system.h"

enum { TNS_FIT_FOLDS = 5 };

typedef struct tns_fit_folds {
    size_t *group;    /* of a row */
    size_t groups;    /* so many different mixtures */
    bool enough;      /* of them to leave some out */
    double *left_out; /* a row's dE00 when its group was; NaN: not, or a pigment was in no other */
} tns_fit_folds;

bool tns_fit_folds_init(tns_fit_folds *folds, const tns_ink_system *system, tns_error *err);
void tns_fit_folds_finish(tns_fit_folds *folds);

/* Fills left_out from a system that is solved. */
bool tns_fit_folds_run(tns_fit_folds *folds, const tns_ink_system *system,
                       const tns_viewing *viewing, const tns_context *context, tns_error *err);

/*
 * Whether a predicts what it was not shown worse than b does, by more than the standard deviation
 * of the mean difference over the same rows.
 */
bool tns_fit_folds_worse(const tns_fit_folds *a, const tns_fit_folds *b, size_t rows);

/* dE00 of a row, measured against predicted. */
double tns_fit_row_de00(const tns_ink_system *system, size_t row, const tns_viewing *viewing);

#endif
