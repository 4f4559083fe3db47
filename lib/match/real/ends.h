/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where descents of each support end. First ones begin where those of smaller supports ended, so
 * supports are visited size by size; all others follow for what may be among the best.
 */
#ifndef MATCH_REAL_ENDS_H
#define MATCH_REAL_ENDS_H

#include <stdatomic.h>

#include "base/team.h"
#include "match/bound/bound.h"
#include "match/real/descent.h"
#include "match/real/evened.h"
#include "match/support.h"

/* Supports of one task of the team. */
enum { TNS_ENDS_CHUNK = 128, TNS_ENDS_SETTLED = 8 };

typedef struct tns_ends {
    const tns_problem *problem;
    const tns_support *supports;
    tns_descent *end; /* of each support: the best so far, or the middle and INFINITY */
    uint64_t *wanted; /* by each that is part of a larger one: what would make its end better */
    size_t words;     /* of each */
    tns_evened inks;
    tns_descent_field field;
    tns_bound bound; /* where it is `bounded`, of a limit that was no lower than `limit` */
    bool bounded;
    double limit;            /* what is proven to be beyond it is not visited */
    size_t from, to;         /* the supports in hand */
    atomic_ullong evaluated; /* descents */
} tns_ends;

/* Of `supports`, as tns_supports_list made them, of which `parts` are part of larger ones; finish
   it even on failure, which is want of memory. The bound stays the caller's. */
bool tns_ends_init(tns_ends *ends, const tns_problem *problem, const tns_support *supports,
                   size_t count, size_t parts);
void tns_ends_finish(tns_ends *ends);

/* Tasks of a team, of tns_ends: the first descents of a chunk of the supports in hand; then, once
   all of that size were visited, what would make their ends better. */
void tns_ends_visit(void *ends, tns_team *team, size_t chunk);
void tns_ends_ask(void *ends, tns_team *team, size_t chunk);

/* All other descents of up to TNS_ENDS_SETTLED supports, once; then the best end is followed
   further. */
void tns_ends_settle(tns_ends *ends, const size_t *supports, size_t count);

#endif
