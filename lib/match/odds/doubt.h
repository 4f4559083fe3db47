/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is not known of a poured recipe, as independent standard normal numbers z.
 *
 *   amount        a part's amount is (1 + spread z) times what was meant
 *   absorption,   of a pigment with a stated `uncertainty` u: K is exp(u z) times the palette's in
 *   scattering    all bands alike, S likewise by a number of its own
 *   bands         of a pigment with a covariance: log K and log S move along a curve over the
 *                 bands. Three such curves span all that moves the color to first order
 *
 * Within a pigment with a covariance the errors of log K have the deviation K_sd/K in each band and
 * go together over the bands as r^|difference|, r the palette's band_correlation; those of log S
 * likewise, with the stated correlation to those of log K. Between pigments nothing goes together.
 */
#ifndef MATCH_ODDS_DOUBT_H
#define MATCH_ODDS_DOUBT_H

#include <tonsure/match.h>

#include "match/odds/colorant.h"
#include "match/odds/pour.h"

typedef enum tns_doubt_kind {
    TNS_DOUBT_AMOUNT,
    TNS_DOUBT_ABSORPTION,
    TNS_DOUBT_SCATTERING,
    TNS_DOUBT_BANDS
} tns_doubt_kind;

typedef struct tns_doubt {
    tns_doubt_kind kind;
    int part;                                  /* of the pour */
    double spread;                             /* but for bands */
    double log_K[TNS_BANDS], log_S[TNS_BANDS]; /* of bands: for z = 1 */
} tns_doubt;

enum { TNS_DOUBTS_MAX = 4 * TNS_PARTS_MAX + 1 };

/* The slopes of L*, a*, b* in the mixture's K and S. */
typedef struct tns_color_slopes {
    double K[3][TNS_BANDS], S[3][TNS_BANDS];
} tns_color_slopes;

/* Whether the palette says how well it knows a pigment. */
bool tns_doubt_is_stated(const tns_pigment *pigment);

/* Fills `out`, room for TNS_DOUBTS_MAX, and gives their number. */
int tns_doubts_list(const tns_pour *pour, const tns_palette_model *model,
                    const tns_color_slopes *slopes, tns_doubt *out);

/*
 * All bands of a pigment with a covariance at once: `field` 0 moves log K by its deviation and log
 * S by what goes with it, 1 moves log S by the rest.
 */
tns_doubt tns_doubt_of_all_bands(const tns_pour *pour, const tns_palette_model *model, int part,
                                 int field);

/* The mixture with one number at z, all others at 0. */
void tns_doubt_apply(const tns_pour *pour, const tns_doubt *doubt, double z, tns_coefficients *out);

#endif
