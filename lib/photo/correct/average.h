/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mean of corrections from stiff to free, each counting by how little it misses what it has not
 * seen. A choice between them falls one way for one photo of a chart and the other way for the
 * next; a mean moves by as much as its members do, and no further.
 */
#ifndef PHOTO_CORRECT_AVERAGE_H
#define PHOTO_CORRECT_AVERAGE_H

#include "photo/correct/fit.h"

enum { TNS_MEMBERS = 3 };

typedef struct tns_average {
    tns_color_fit fit[TNS_MEMBERS]; /* from the stiffest on; each holds those before it */
    double weight[TNS_MEMBERS];     /* 1 together */
    tns_correction correction;      /* the mean */
} tns_average;

/* What the member `k` fits: a 3x3 matrix, then root polynomials. */
tns_model tns_member_model(int k, bool is_linear);

/*
 * Sets the weights and the mean of fits that are made. `missed`: of each, the mean left-out error
 * in dE00. Weights go with one over its square: Bates, Granger, Oper. Res. Q. 20, 451 (1969). The
 * mean is one of parameters, which are the same in all members; what a member lacks is 0 in it.
 */
void tns_average_make(tns_average *average, const double missed[TNS_MEMBERS]);

/*
 * Of the corrected color, as tns_color_fit_variance: that of each member and how far it is from
 * the mean, the law of total variance (Hoeting and others, Statist. Sci. 14, 382 (1999)). All
 * members have the same data, so that nothing is gained by their number.
 */
double tns_average_variance(const tns_average *average, const double rgb[3], double x, double y);

/* "3x3", "rp2": what a member is called in a record. */
void tns_member_name(const tns_model *model, char *out, size_t size);

/* "3x3,rp2,rp3+tone+light+offset" */
void tns_average_name(const tns_average *average, char *out, size_t size);

#endif
