/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that is found from a chart's patches: its edition, the members of the correction, what each
 * counts, and what their mean leaves. Members count by leaving patches out, none by how well it
 * fits.
 */
#ifndef PHOTO_CORRECT_SOLUTION_H
#define PHOTO_CORRECT_SOLUTION_H

#include <tonsure/chart.h>

#include "photo/correct/average.h"
#include "photo/correct/local.h"

/* The patches to fit to, in the same order for each edition: AUTO (the mean of both), and both. */
typedef struct tns_fit_problem {
    int n;
    int anchors;        /* behind the patches; for the kriging alone */
    bool is_linear;     /* see tns_model */
    bool tells_edition; /* else the patches of AUTO are the only ones */
    const tns_fit_patch *patches[3];
} tns_fit_problem;

typedef struct tns_solution {
    tns_edition edition;
    tns_average average; /* its first member, the matrix, tells editions and strays */
    tns_local local;     /* what the mean leaves */
} tns_solution;

/* `start`: the solution for nearly the same patches, where the descents begin; or NULL. */
bool tns_solution_make(const tns_fit_problem *problem, const tns_solution *start, tns_solution *out,
                       tns_error *err);

#endif
