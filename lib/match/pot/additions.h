/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every addition of whole units of pigment to a pot, each with the diluent that suits it best, but
 * for what a bound proves to be of no use. The goal has one surface.
 *
 * What is still open of one set of pigments is always a box: the units of each from so many to so
 * many, and the diluent likewise. With the pot, its corners span all that the box can give
 * (screen.h); a box that is not ruled out is halved where that changes the color most.
 */
#ifndef MATCH_POT_ADDITIONS_H
#define MATCH_POT_ADDITIONS_H

#include "match/goal.h"
#include "match/mixture.h"
#include "match/toplist.h"

typedef struct tns_additions {
    const tns_goal *goal;
    tns_mix pot;
    const tns_mix *units; /* one unit of each component, as strong as it is */
    const double *offset; /* TNS_BANDS, added to every reflectance, which stays above 0 */
    int count;
    int colored;                   /* of them pigments; what follows is diluent */
    int max_pigments;              /* of one addition */
    int max_units;                 /* of pigments */
    double margin;                 /* what is so much worse than the best may still be listed */
    const double *ml;              /* of one unit of each component */
    double pigment_ml, diluent_ml; /* in the pot */
    int max_shade;                 /* that it may come to, by these */
    /* What leaves L* under the first viewing below this counts only where its objective is no more
       than `worth`: too light can be mended, too dark cannot. 0 = whatever its L*. */
    double least_L, worth;
    /* Pigments that are told apart, of each of `colored`, or NULL: a search adds none of them, or,
       with_dark, one at least, which counts where its objective is no more than `dark_worth`. */
    const bool *dark;
    bool with_dark;
    double dark_worth;
} tns_additions;

/* What a search went through. */
typedef struct tns_additions_tally {
    uint64_t evaluated; /* the others were ruled out */
    double withheld;    /* least objective of what is darker, or has a dark one, and not worth it */
} tns_additions_tally;

/* How many there are, nothing among them, diluent apart: so many would have to be tried. */
double tns_additions_count(const tns_additions *additions);

/* The pot with `count` components in real or whole units added. */
void tns_additions_mix(const tns_additions *additions, int count, const int *component,
                       const double *units, tns_coefficients *out);

/*
 * The most units of diluent to add with some pigments, in ml: within the shade, and no more than
 * twice the pot. Large amounts go in round steps, of at most a fiftieth of the pot.
 */
int tns_additions_next_diluent(const tns_additions *additions, int units);
int tns_additions_most_diluent(const tns_additions *additions, double added_ml);

/* The same, of any amount, round or not. */
int tns_additions_room(const tns_additions *additions, double added_ml);

/* What is seen of a mixture, the offset added. */
tns_spectrum tns_additions_seen(const tns_additions *additions, const tns_coefficients *mix);

/* Its objective, INFINITY as soon as it must exceed `enough` or where it is darker than allowed;
 * and whether it is darker than it is worth. */
double tns_additions_rate(const tns_additions *additions, const tns_coefficients *mix,
                          double enough, bool *withheld);

/* Its objective; INFINITY as soon as it must exceed `enough`, or where it is darker than allowed or
 * than it is worth. */
double tns_additions_value(const tns_additions *additions, const tns_coefficients *mix,
                           double enough);

/*
 * Fills max_units + 1 lists, or adds to them, the one of index t with the best additions of t units
 * of pigment, as far as they are among the best of all (as many as a list holds) or within `margin`
 * of the very best. False when cancelled.
 */
bool tns_additions_search(const tns_additions *additions, const tns_context *context,
                          tns_toplist *lists, tns_additions_tally *tally, tns_error *err);

#endif
