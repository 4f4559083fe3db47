/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A first guess for a support: the non-negative spectral fit.
 *
 * Opaque: sum c_i (k_i - q_t s_i) = 0 with sum c = 1, q_t the target's K/S, each band weighted by
 * 2R^2 / ((1 - R^2) S), which turns an error of the row into one of R, and by what the eye makes of
 * the band (after Allen, J. Opt. Soc. Am. 64, 991 (1974), and Walowit, McCarthy, Berns, Color Res.
 * Appl. 13, 358 (1988)). A film has no such equation: there the reflectance is made linear around
 * the last guess instead, from two dilutions, and the diluent takes part as one more component.
 */
#ifndef MATCH_SEARCH_SEED_H
#define MATCH_SEARCH_SEED_H

#include "match/support.h"

/* Fills units, shade and objective. Only the surface of most weight is looked at. */
void tns_seed(const tns_problem *problem, const tns_spectrum *target, tns_support *support);

#endif
