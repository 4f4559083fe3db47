/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A colorant as it may really be: its K and S within what the palette says it knows of them. */
#ifndef MATCH_ODDS_COLORANT_H
#define MATCH_ODDS_COLORANT_H

#include <tonsure/palette.h>

#include "base/random.h"
#include "match/mixture.h"

/*
 * The errors of a pigment's log K and log S, by two fields over the bands, independent of each
 * other, each of unit deviation and correlated as r^|difference|. A pigment without a covariance is
 * off by its `uncertainty` in log K, and in log S. With r near 1 that is nearly alike in all bands;
 * of a match, whose colors tell no bands apart, doubt.h takes it for quite alike.
 */
typedef struct tns_colorant_errors {
    bool stated; /* else there are none */
    double r;
    double K[TNS_BANDS];                            /* by the first field */
    double S_first[TNS_BANDS], S_second[TNS_BANDS]; /* by both */
} tns_colorant_errors;

typedef struct tns_colorant_fields {
    double first[TNS_BANDS], second[TNS_BANDS];
} tns_colorant_fields;

tns_colorant_errors tns_colorant_errors_of(const tns_palette_model *model,
                                           const tns_pigment *pigment);

/* y_b -> sum over c of r^|b - c| y_c, of both. */
void tns_colorant_correlate(double r, tns_colorant_fields *fields);

/* Box, Muller, Ann. Math. Stat. 29, 610 (1958). */
double tns_draw_normal(tns_random *random);

void tns_colorant_draw_fields(double r, tns_random *random, tns_colorant_fields *out);

/* K and S as such errors make them of what they are meant to be. */
void tns_colorant_move(const tns_colorant_errors *errors, const tns_colorant_fields *fields,
                       tns_mix *stock);

/* The same by fields drawn at random. */
void tns_colorant_draw(const tns_colorant_errors *errors, tns_random *random, tns_mix *stock);

/* As the palette has it; amount 1. */
void tns_colorant_nominal(const tns_pigment *pigment, tns_mix *out);

#endif
