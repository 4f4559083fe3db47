/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which correction suits a photo: its chart's edition, the degree of the root polynomial and how
 * freely it may bend, all by leaving patches out, none by how well it fits.
 */
#ifndef PHOTO_CORRECT_CHOICE_H
#define PHOTO_CORRECT_CHOICE_H

#include <stdint.h>

#include <tonsure/chart.h>

#include "photo/correct/local.h"

enum { TNS_CANDIDATES = 3 };

/* The patches to fit to, in the same order for each edition: AUTO (the mean of both), and both. */
typedef struct tns_fit_problem {
    int n;
    int anchors;        /* behind the patches; for the kriging alone */
    bool is_linear;     /* see tns_model */
    bool tells_edition; /* else the patches of AUTO are the only ones */
    const tns_fit_patch *patches[3];
} tns_fit_problem;

typedef struct tns_choice {
    tns_edition edition;
    tns_color_fit rough; /* 3x3, where the candidates begin */
    int chosen;
    tns_color_fit fit[TNS_CANDIDATES];
    double score[TNS_CANDIDATES]; /* weighted mean of the left-out dE00 */
    tns_local local;              /* of the chosen fit */
} tns_choice;

/*
 * `start`: the choice for nearly the same patches, where the descents begin; or NULL. Among the
 * candidates the stiffest within the error of the best is taken: Breiman and others, Classification
 * and Regression Trees (1984), 3.4.3, with the standard error of the paired difference, twice.
 */
bool tns_choice_make(const tns_fit_problem *problem, const tns_choice *start, tns_choice *out,
                     tns_error *err);

/* "3x3+tone+light+offset", "rp2+tone+light+offset": what a model is called in a record. */
void tns_model_name(const tns_model *model, char *out, size_t size);

#endif
