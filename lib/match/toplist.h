/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best few of many recipes, in the order of the contract: objective and cost, each rounded to
 * 1e-9, number of pigments, pigments' indices, units, shade. What comes first does not depend on
 * the order in which they are offered.
 */
#ifndef MATCH_TOPLIST_H
#define MATCH_TOPLIST_H

#include <stddef.h>

#include <tonsure/match.h>

/* A recipe in whole numbers. */
typedef struct tns_pick {
    int count;
    int component[TNS_PARTS_MAX]; /* indices of the problem's components, rising */
    int units[TNS_PARTS_MAX];
    int shade;
    double objective;
    int favor;   /* of equal ones the lower goes first */
    double cost; /* per ml of mixed liquid; INFINITY = unknown */
} tns_pick;

typedef struct tns_toplist {
    size_t count, limit;
    tns_pick *picks; /* best first; owned */
} tns_toplist;

bool tns_toplist_init(tns_toplist *list, size_t limit, tns_error *err);
void tns_toplist_finish(tns_toplist *list);

/* Whether it stands before another in the order of the contract. */
bool tns_pick_is_before(const tns_pick *pick, const tns_pick *other);

/* Keeps the pick if it is among the best; one that is there already is left out. */
void tns_toplist_offer(tns_toplist *list, const tns_pick *pick);

/* The objective beyond which nothing can enter; INFINITY while there is room. */
double tns_toplist_worst(const tns_toplist *list);

#endif
