/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which chart may lie where on a lattice, and how well the colors there bear it out. */
#ifndef PHOTO_FIND_HYPOTHESIS_H
#define PHOTO_FIND_HYPOTHESIS_H

#include "photo/find/lattice.h"
#include "photo/find/wanted.h"

typedef struct tns_hypothesis {
    int chart;          /* of those wanted */
    tns_homography map; /* from the chart's coordinates to the image */
    bool is_mirrored;
    int nodes;   /* of the lattice that the chart takes in */
    double cast; /* as tns_balance_cast of the lightest that is seen */
    double score;
    tns_color_match match;
} tns_hypothesis;

enum { TNS_HYPOTHESES_MAX = 16 };

/* The best, in order of their scores; none twice. */
typedef struct tns_hypotheses {
    int count;
    tns_hypothesis item[TNS_HYPOTHESES_MAX];
} tns_hypotheses;

/*
 * Adds what may lie on a settled lattice: every chart, each way round and mirrored, at every place
 * where enough of its nodes were seen. `map` leads from the lattice to the image.
 */
void tns_hypotheses_add(const tns_image *image, const tns_wanted *wanted,
                        const tns_lattice *lattice, const tns_homography *map, tns_hypotheses *out);

/* Scores one anew, from the image through its own map. */
void tns_hypothesis_score(const tns_image *image, const tns_wanted *wanted, tns_hypothesis *h);

/* Whether both say the same chart in the same place, the same way round. */
bool tns_hypotheses_agree(const tns_wanted *wanted, const tns_hypothesis *a,
                          const tns_hypothesis *b);

/* Whether the middle of one lies within the other. */
bool tns_hypotheses_overlap(const tns_wanted *wanted, const tns_hypothesis *a,
                            const tns_hypothesis *b);

/* The first lies inside the second, and so may be a part of it. */
bool tns_hypothesis_is_within(const tns_wanted *wanted, const tns_hypothesis *a,
                              const tns_hypothesis *b);

void tns_hypotheses_remove(tns_hypotheses *list, int i);

#endif
