/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Descents to the nearest best real amounts of sets of inks, many at once: each lane of the vector
 * code (descent_kernels.h) takes the next one as soon as its own has ended. Where one ends does not
 * depend on the others.
 */
#ifndef MATCH_REAL_DESCENT_H
#define MATCH_REAL_DESCENT_H

#include "match/goal.h"
#include "match/real/descent_kernels.h"
#include "match/real/pull_kernels.h"

/* One descent. */
typedef struct tns_descent {
    int count;                  /* of inks, without the diluent */
    int ink[TNS_PARTS_MAX];     /* where they are in the field's list */
    float at[TNS_SCREEN_PARTS]; /* whence, then where to: as in descent_kernels.h, diluent last */
    bool settled;               /* the caller's notes */
    float least;                /* the least value of these inks and of fewer of them */
    float value;                /* squared objective there, right to 0.001 before it is squared */
} tns_descent;

typedef struct tns_descent_field {
    tns_screen_surface surfaces[TNS_DESCENT_SURFACES];
    tns_screen_eye eye;
    tns_descent_goal goal;
    const tns_descent_kernels *kernels;
    const tns_pull_kernels *pull_kernels;
    const tns_ink *inks;    /* of all descents; as strong as one another */
    const float *takes;     /* of each: amount of diluent for each step of the shade */
    const tns_ink *diluent; /* or NULL */
} tns_descent_field;

/* Sets all but the inks. Of many surfaces the first few count. */
void tns_descent_field_set(tns_descent_field *field, const tns_goal *goal, double max_shade,
                           tns_isa isa);

/* When a descent ends, in dE00. */
typedef struct tns_descent_end {
    float gain; /* a step that is expected to gain less is not worth another round */
    float part; /* nor is any once a part, which makes less than this, would better be less; 0 = no
                   matter how little it makes */
} tns_descent_end;

/* `most` = the largest count among them. */
void tns_descend(const tns_descent_field *field, int most, tns_descent_end when,
                 tns_descent *descents, size_t count);

/*
 * Whether a little of each of the field's first `inks` would make the mixture better where these
 * descents are: the i-th bit of what is at wanted[k * tns_descent_words(inks)], of the k-th.
 */
void tns_descent_pulls(const tns_descent_field *field, int most, size_t inks,
                       const tns_descent *descents, size_t count, uint64_t *wanted);

/* Words for so many bits. */
static inline size_t tns_descent_words(size_t inks)
{
    return (inks + 63) / 64;
}

#endif
