/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a pigment before anything is learned, along the curves and beside them. */
#ifndef PIGMENT_LEARN_PRIOR_H
#define PIGMENT_LEARN_PRIOR_H

#include <tonsure/learn.h>

enum { TNS_LEARN_PARAMETERS_MAX = 2 * TNS_LEARN_CURVES_MAX, TNS_LEARN_BOTH = 2 * TNS_BANDS };

typedef struct tns_learn_curves {
    int count;
    double value[TNS_LEARN_CURVES_MAX][TNS_BANDS];
} tns_learn_curves;

tns_learn_curves tns_learn_curves_make(int count);

/* A pigment's place among the parameters: those of log K, then (unless S is fixed) of log S. */
typedef struct tns_learn_ink {
    int pigment;
    int at, count;
    bool fixed_S; /* a relative palette's white */
    double mobility[TNS_LEARN_PARAMETERS_MAX]
                   [TNS_LEARN_PARAMETERS_MAX];     /* lower root of the prior */
    double beside[TNS_LEARN_BOTH][TNS_LEARN_BOTH]; /* covariance that the curves leave out */
} tns_learn_ink;

/* False: no memory. */
bool tns_learn_ink_make(const tns_palette *palette, int pigment, const tns_learn_curves *curves,
                        const tns_learn_options *options, tns_learn_ink *out);

/* Where neither palette nor pigment says more. */
double tns_learn_band_correlation(const tns_palette *palette, const tns_pigment *pigment);

#endif
