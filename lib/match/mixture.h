/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Duncan's mixing (Proc. Phys. Soc. 52, 390 (1940)) of what can be dispensed: K and S of a mixture
 * are the sums of its parts' over the sum of their amounts. Amounts are by the palette's basis
 * (volume or mass); a drop and an ml are volumes, a gram is a mass, and a density turns one into
 * the other. A shade of N:1 adds N volumes of diluent to one of each pigment.
 */
#ifndef MATCH_MIXTURE_H
#define MATCH_MIXTURE_H

#include <tonsure/match.h>

/* One unit of a pigment. */
typedef struct tns_component {
    int pigment; /* index in the palette */
    double ml, g;
    double amount;   /* by the basis */
    double dilution; /* the diluent that each step of the shade adds to it, by the basis */
    double K[TNS_BANDS], S[TNS_BANDS]; /* amount times the pigment's own */
} tns_component;

/* A sum of parts; its coefficients are K/amount and S/amount. */
typedef struct tns_mix {
    double amount;
    double K[TNS_BANDS], S[TNS_BANDS];
} tns_mix;

/* K and S per unit of load. */
typedef struct tns_coefficients {
    double K[TNS_BANDS], S[TNS_BANDS];
} tns_coefficients;

/* `diluent` may be NULL: then nothing is diluted. */
tns_component tns_component_make(const tns_palette *palette, int pigment, tns_unit unit,
                                 const tns_pigment *diluent);

/* One unit at a shade, diluent included; `diluent` as above. */
void tns_component_dilute(const tns_component *component, const tns_pigment *diluent, double shade,
                          tns_mix *out);

/* One unit, undiluted. */
tns_mix tns_component_unit(const tns_component *component);

void tns_mix_add(tns_mix *mix, double units, const tns_mix *unit);
void tns_mix_coefficients(const tns_mix *mix, tns_coefficients *out);

#endif
