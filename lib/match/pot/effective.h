/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pot acts like: its parts' amounts from a reading of it, by regularised least squares. */
#ifndef MATCH_POT_EFFECTIVE_H
#define MATCH_POT_EFFECTIVE_H

#include "match/pot/bottles.h"

typedef struct tns_effective {
    double factor[TNS_POT_MAX];
    double covariance[TNS_POT_MAX][TNS_POT_MAX]; /* of the factors' logarithms */
    double cost, prior_cost; /* the least sum of squares, of reading and prior; of the prior */
} tns_effective;

/* Fails with TNS_ERROR_NUMERIC or TNS_ERROR_MEMORY. */
bool tns_effective_fit(const tns_pot *pot, const tns_evidence *evidence, tns_effective *out,
                       tns_error *err);

/* What one unit of a pigment is worth, judged by what is in the pot; 1 when it is not in it, or so
 * far off that it was miscounted. */
double tns_effective_strength(const tns_pot *pot, const double *factor, int pigment);

/* The furthest from 1 that it may be worth: no further than STRENGTH_SPREADS. */
double tns_effective_most_strength(const tns_pot *pot, const double *factor, int pigment);

/* The lower root of the factors' covariance, by columns; what is not determined gives zeros. The
 * upper half is left alone. */
void tns_effective_root(const tns_effective *effective, int count,
                        double root[TNS_POT_MAX][TNS_POT_MAX]);

#endif
