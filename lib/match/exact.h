/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exact search: every set of pigments, every shade, every ratio of whole units, but for what a
 * bound proves to be worse than the list so far.
 *
 * For one set of pigments the shade is narrowed first, then the units of one pigment after the
 * other, each by halving. What is still open is always a polytope of units (the fixed ones, an
 * interval of the current one, a simplex of the rest) at one shade or between two, and mixtures of
 * its corners span the colors that it can give (screen.h), so one bound serves every step.
 */
#ifndef MATCH_EXACT_H
#define MATCH_EXACT_H

#include "match/bound.h"
#include "match/problem.h"
#include "match/support.h"
#include "match/toplist.h"

typedef struct tns_exact_job {
    const tns_problem *problem;
    const tns_bound *bound;
    const tns_spectrum *target;
    const tns_support *supports; /* sets of pigments, likely ones first */
    size_t support_count;
    double enough; /* an objective that as many recipes as the list holds are known not to exceed */
    int threads;
} tns_exact_job;

/* Fills the list, the same one for any number of threads. False when cancelled. */
bool tns_exact_search(const tns_exact_job *job, const tns_context *context, tns_toplist *list,
                      uint64_t *evaluated, tns_error *err);

/* What a recipe of whole units is worth, with its cost; the objective is INFINITY beyond `enough`,
   or where it costs too much. */
void tns_exact_rate(const tns_problem *problem, tns_pick *pick, double enough);

#endif
