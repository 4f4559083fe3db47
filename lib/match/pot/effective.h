/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pot acts like: its parts' amounts from a reading of it, by regularised least squares. */
#ifndef MATCH_POT_EFFECTIVE_H
#define MATCH_POT_EFFECTIVE_H

#include "match/mixture.h"

enum { TNS_POT_MAX = TNS_PARTS_MAX + 1 }; /* one more for what may have got in */

/* By how much a miscount may be off: one standard deviation of the factor's logarithm, a double or
 * a half. */
#define TNS_MISCOUNT 0.7

/* What was put in. */
typedef struct tns_pot {
    int count;
    tns_component components[TNS_POT_MAX];
    double units[TNS_POT_MAX];    /* nominal */
    double spread[TNS_POT_MAX];   /* of the factor about 1; 0 = nothing is known of this amount */
    bool miscounted[TNS_POT_MAX]; /* then it may be off by TNS_MISCOUNT */
    double uncertainty[TNS_POT_MAX]; /* of the part's K and S, relative */
} tns_pot;

/* What was read: the bands that the reading covers, or a color alone. */
typedef struct tns_evidence {
    const tns_surface *surface;
    int count; /* of numbers: bands, or 3 */
    int first; /* band */
    double value[TNS_BANDS];
    double noise;               /* one standard deviation of each */
    const tns_viewing *viewing; /* of a color alone; else NULL */
} tns_evidence;

typedef struct tns_effective {
    double factor[TNS_POT_MAX];
    double covariance[TNS_POT_MAX][TNS_POT_MAX]; /* of the factors' logarithms */
    double cost, prior_cost; /* the least sum of squares, of reading and prior; of the prior */
} tns_effective;

/* The pot with each part's units times its factor. */
void tns_pot_mix(const tns_pot *pot, const double *factor, tns_mix *out);

/* That mix with one part's K, and with its S, off by its uncertainty in all bands alike; by how
   much of the part that is. */
double tns_pot_doubt_part(const tns_pot *pot, const double *factor, int part, const tns_mix *mix,
                          tns_mix *darker, tns_mix *lighter);

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

/*
 * Measured less explained, and what is expected of that: noise, and the parts' uncertainty of K and
 * of S as if it were independent from band to band, which is on the safe side.
 */
void tns_effective_residual(const tns_pot *pot, const tns_evidence *evidence, const double *factor,
                            double residual[TNS_BANDS], double expected[TNS_BANDS]);

#endif
