/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Supports: the sets of pigments that a recipe may be made of, each with a first guess. */
#ifndef MATCH_SUPPORT_H
#define MATCH_SUPPORT_H

#include "match/problem.h"

/* A mixture of real amounts of a set of pigments. */
typedef struct tns_support {
    int count;
    int component[TNS_PARTS_MAX]; /* rising */
    double units[TNS_PARTS_MAX];  /* their sum is 1 */
    double shade;
    double objective;
} tns_support;

/* All sets of 1..max_parts components, without a guess; NULL without memory. free() them. */
tns_support *tns_supports_list(const tns_problem *problem, size_t *count, tns_error *err);

/* Where a set is in that list: after the smaller ones, in lexicographic order. */
size_t tns_supports_find(const tns_problem *problem, const int *component, int count);

/* Best objective first, then the order of the list. */
void tns_supports_sort(tns_support *supports, size_t count);

void tns_support_mix(const tns_problem *problem, const tns_support *support, tns_coefficients *out);

/* The objective of its mixture, into the support. */
void tns_support_rate(const tns_problem *problem, tns_support *support);

#endif
