/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every addition of whole units to a pot, rated: plain enumeration, so that none is left out. The
 * goal has one surface.
 */
#ifndef MATCH_ADDITIONS_H
#define MATCH_ADDITIONS_H

#include "match/goal.h"
#include "match/mixture.h"
#include "match/toplist.h"

typedef struct tns_additions {
    const tns_goal *goal;
    tns_mix pot;
    const tns_mix *units; /* one unit of each component, as strong as it is */
    const double *offset; /* TNS_BANDS, added to the reflectance of every mixture */
    int count;
    int colored;      /* of them pigments; what follows is diluent */
    int max_pigments; /* of one addition */
    int max_units;
} tns_additions;

/* How many there are, nothing among them. */
double tns_additions_count(const tns_additions *additions);

/* The pot with `count` components in real or whole units added. */
void tns_additions_mix(const tns_additions *additions, int count, const int *component,
                       const double *units, tns_coefficients *out);

/* What is seen of a mixture, the offset added. */
tns_spectrum tns_additions_seen(const tns_additions *additions, const tns_coefficients *mix);

/* Its objective; INFINITY as soon as it must exceed `enough`. */
double tns_additions_value(const tns_additions *additions, const tns_coefficients *mix,
                           double enough);

/*
 * Fills max_units + 1 lists, the one of index t with the best additions of t units in all. False
 * when cancelled.
 */
bool tns_additions_search(const tns_additions *additions, const tns_context *context,
                          tns_toplist *lists, uint64_t *evaluated, tns_error *err);

#endif
