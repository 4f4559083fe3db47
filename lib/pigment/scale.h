/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the scales of two palettes hang together. Of thick layers a palette knows K and S of each
 * band but for one factor, which its own white sets by S = 1: another white makes all else
 * stronger or weaker beside it, in each band otherwise, and no masstone shows it. What says how
 * much is each ink that is the same bottle in both.
 */
#ifndef PIGMENT_SCALE_H
#define PIGMENT_SCALE_H

#include <tonsure/palette.h>

/* One ink as two palettes have it. */
typedef struct tns_strength {
    double
        times[TNS_BANDS]; /* logarithm of K and S of the one over the other's, the best of both */
    double sd[TNS_BANDS]; /* infinite: the band says nothing */
    double masstone;      /* how far K/S differs, in deviations */
} tns_strength;

tns_strength tns_strength_compare(const tns_pigment *one, const tns_pigment *other);

/* Over all bands, as a factor; the deviation is of its logarithm, errors of bands going together.
 */
double tns_strength_usual(const tns_strength *strength, double *sd);

/* Further off than errors explain, of figures as above in deviations. */
bool tns_strength_is_another(double deviations);

/* What brings the one palette's K and S to the other's scale. */
typedef struct tns_scale {
    double times[TNS_BANDS], sd[TNS_BANDS]; /* logarithms, as in tns_strength */
} tns_scale;

/* As all of them together have it; each band of none of them is infinitely unsure. */
tns_scale tns_scale_of(const tns_strength *ties, size_t count);

/* How far one of them is from the others, in deviations; 0 where it is alone. */
double tns_scale_doubt(const tns_strength *ties, size_t count, size_t which);

/* K, S and their errors, which take up the scale's. */
void tns_scale_apply(const tns_scale *scale, tns_pigment *pigment);

#endif
