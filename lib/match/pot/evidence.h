/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read of a pot, and what would be read of a mixture. */
#ifndef MATCH_POT_EVIDENCE_H
#define MATCH_POT_EVIDENCE_H

#include "match/mixture.h"

/* The bands that the reading covers, or a color alone. */
typedef struct tns_evidence {
    const tns_surface *surface;
    int count; /* of numbers: bands, or 3 */
    int first; /* band */
    double value[TNS_BANDS];
    double noise;               /* one standard deviation of each */
    const tns_viewing *viewing; /* of a color alone; else NULL */
} tns_evidence;

/* What is seen of a mixture, and the numbers that a reading of it would give. */
tns_spectrum tns_evidence_see(const tns_evidence *evidence, const tns_mix *mix);
void tns_evidence_read(const tns_evidence *evidence, const tns_spectrum *seen, double *out);

/* How what is seen near some mixture moves with it, and what is read with what is seen. */
typedef struct tns_sight {
    const tns_evidence *evidence;
    tns_mix mix;
    tns_spectrum seen;
    double by_K[TNS_BANDS], by_S[TNS_BANDS]; /* with the mixture's sums of K and of S */
    double by_R[3][TNS_BANDS];               /* a color alone with the reflectances */
} tns_sight;

void tns_sight_init(tns_sight *sight, const tns_evidence *evidence, const tns_mix *mix);

/* How the reflectances move with some more of a unit; how the numbers read move with those, and
 * back: the sum over what is read of its value times how it moves with each band. */
void tns_sight_add(const tns_sight *sight, double units, const tns_mix *unit, double *by_band);
void tns_sight_read(const tns_sight *sight, const double *by_band, double *out);
void tns_sight_back(const tns_sight *sight, const double *value, double *by_band);

#endif
