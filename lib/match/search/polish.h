/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best real amounts of a support: Levenberg-Marquardt on the color differences themselves.
 *
 * Unknowns are the logarithms of the units against the largest one's, and, where there is a
 * diluent, the logit of the shade within its range, so that every step is a mixture. dE00 has a
 * corner at 0; the residual of a viewing is the vector (dL*, da*, db*) stretched to the length of
 * dE00, which passes through it. Of one pigment the shade itself is the unknown, by Newton's steps.
 */
#ifndef MATCH_SEARCH_POLISH_H
#define MATCH_SEARCH_POLISH_H

#include "match/support.h"

/* Improves the support's mixture from where it is; never leaves it worse. */
void tns_polish(const tns_problem *problem, tns_support *support);

/* The best of polishing from the mixture it has and from equal parts. */
void tns_polish_starts(const tns_problem *problem, tns_support *support);

#endif
