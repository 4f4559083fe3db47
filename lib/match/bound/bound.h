/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lower bound on the objective of every mixture in a set: what the set can look like (screen.h),
 * then how near that can come to the target. dE00^2 is the sum of (dL/S_L)^2, which rises with |dL|
 * as long as that is below 120, and of a part that depends on a* and b* alone (chromatic.h); the
 * objective rises in each dE00.
 */
#ifndef MATCH_BOUND_BOUND_H
#define MATCH_BOUND_BOUND_H

#include <pthread.h>
#include <stdatomic.h>

#include "match/bound/chromatic.h"
#include "match/bound/linked_opaque.h"
#include "match/bound/screen.h"
#include "match/goal.h"

/*
 * What linked bands need is made by the thread that asks once too often, roughly first, and finely
 * where the search goes on; others do with what there is.
 */
enum { TNS_LINKED_STAGES = 2 };
typedef struct tns_linked_stage {
    unsigned patience; /* so many boxes go before */
    tns_linked_detail detail;
} tns_linked_stage;

typedef struct tns_linked_later {
    pthread_mutex_t making;
    atomic_uint asked;
    atomic_int made;
    tns_linked_eye eye[TNS_LINKED_STAGES];
} tns_linked_later;

typedef union tns_linked_sight {
    tns_linked_surface film;
    tns_opaque_surface opaque;
} tns_linked_sight;

typedef struct tns_bound {
    const tns_goal *goal;
    const tns_screen_kernels *kernels;
    tns_screen_eye eye;               /* the main viewing, and those that weigh something */
    size_t viewing[TNS_VIEWINGS_MAX]; /* which of the goal's they are */
    tns_screen_surface *surfaces;     /* as many as the goal's; owned */
    float *shares;                    /* of each; owned */
    tns_screen_sight *sights;         /* as many as the goal's; owned */
    double (*row_error)[3];           /* of each sight, in L*, a*, b*; owned */
    tns_chromatic *chromatic;         /* as many as the eye's; owned */
    const tns_linked_kernels *linked_kernels;
    const tns_opaque_kernels *opaque_kernels;
    tns_linked_sight *linked; /* of sights that are one surface; owned; NULL = not looked at */
    tns_linked_later *later;  /* with them; owned */
    tns_linked_stage stage[TNS_LINKED_STAGES];
} tns_bound;

/* Objectives beyond `enough` will not be asked for; `cells` as in chromatic.h. Borrows the goal. */
bool tns_bound_init(tns_bound *bound, const tns_goal *goal, double enough, int cells, tns_isa isa,
                    tns_error *err);
void tns_bound_finish(tns_bound *bound);

/*
 * No mixture of the corners has a lower objective. INFINITY as soon as the bound exceeds `enough`,
 * or where all are darker than allowed.
 */
double tns_bound_value(const tns_bound *bound, const tns_corner *corners, int count, double enough);

/* The same of each of these mixtures alone. */
void tns_bound_row(const tns_bound *bound, const tns_screen_parts *mixtures, double enough,
                   double out[TNS_LANES]);

#endif
