/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a reading tells of the bottles that a pot was poured from. Their K and S are off by what the
 * palette is unsure of (colorant.h), and noise is in what is read. Near given amounts both move
 * what is read in proportion: so it has a covariance, and given a residual the errors of each
 * bottle are expected at their covariance with it over its own (the regression of the one on the
 * other).
 */
#ifndef MATCH_POT_BOTTLES_H
#define MATCH_POT_BOTTLES_H

#include "match/pot/evidence.h"
#include "match/pot/poured.h"

typedef struct tns_bottles {
    const tns_pot *pot;
    tns_sight sight;
    tns_colorant_fields show[TNS_POT_MAX]; /* how the reflectances move with the errors of each */
    double by_band[TNS_BANDS][TNS_BANDS];  /* the reflectances' covariance by them; lower half */
    double variance[TNS_BANDS];            /* of each number read */
    double root[TNS_BANDS][TNS_BANDS];     /* lower, of the covariance of what is read */
} tns_bottles;

/* Near these amounts. `exact` = as if the palette had no errors. */
void tns_bottles_init(tns_bottles *bottles, const tns_pot *pot, const tns_evidence *evidence,
                      const double *factor, bool exact);

/* Divides a residual by the root: then its numbers are independent and of unit deviation. */
void tns_bottles_whiten(const tns_bottles *bottles, double *residual);

/* One unit of each part as it is to be expected by a residual. From `stray` = the errors it had
 * before, of each part; NULL = none. */
void tns_bottles_expect(const tns_bottles *bottles, const double *residual,
                        const tns_colorant_fields *stray, tns_mix *out);

#endif
