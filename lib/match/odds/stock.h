/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bottle as it may really be: its K and S drawn within what the palette says it knows of them. */
#ifndef MATCH_ODDS_STOCK_H
#define MATCH_ODDS_STOCK_H

#include <tonsure/palette.h>

#include "base/random.h"
#include "match/mixture.h"

/* Box, Muller, Ann. Math. Stat. 29, 610 (1958). */
double tns_draw_normal(tns_random *random);

/* One of a pigment with a covariance, as doubt.h has it; `r` = the palette's band_correlation. */
void tns_stock_draw_bands(const tns_pigment *pigment, double r, tns_random *random, tns_mix *out);

/* One of any pigment: of one without a covariance K and S move by its `uncertainty`, each as a
 * whole; amount 1. */
void tns_stock_draw(const tns_pigment *pigment, double r, tns_random *random, tns_mix *out);

/* As the palette has it; amount 1. */
void tns_stock_nominal(const tns_pigment *pigment, tns_mix *out);

#endif
