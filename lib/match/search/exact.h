/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exact search: every set of pigments, every shade, every ratio of whole units, but for what a
 * bound proves to be worse than the list so far.
 *
 * For one set of pigments, what is still open is always a box: the units of each from so many to so
 * many, and the shade likewise. The mixtures of its corners, each pigment with its fewest or its
 * most units, at the first and the last shade, span the colors that the box can give (screen.h), so
 * one bound serves every step. A box that is not ruled out is halved where that changes the color
 * most; a few recipes are looked at one by one.
 */
#ifndef MATCH_SEARCH_EXACT_H
#define MATCH_SEARCH_EXACT_H

#include "match/bound/bound.h"
#include "match/problem.h"
#include "match/support.h"
#include "match/toplist.h"

typedef struct tns_exact_job {
    const tns_problem *problem;
    const tns_bound *bound;
    const tns_support *supports; /* sets of pigments, likely ones first */
    size_t support_count;
    double enough; /* an objective that as many recipes as the list holds are known not to exceed */
    int threads;
} tns_exact_job;

/* Fills the list, the same one for any number of threads. False when cancelled. */
bool tns_exact_search(const tns_exact_job *job, const tns_context *context, tns_toplist *list,
                      uint64_t *evaluated, tns_error *err);

#endif
