/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One film that stands for a blend of many, and how far it is off: so that the search bounds boxes
 * of recipes by the one (screen.h, linked.h) and pays for the many where a recipe is rated alone.
 *
 * Per band the blend's reflectance is a sum of films, f(K, S). A film of its own load, host,
 * backing and what lies above, found by least squares over mixtures of the palette, is near it: in
 * skin healed in 64 ways to .001 and mostly far less. What is left, the rest, is tabled (rest.h).
 * The table is proven, not sampled:
 *
 * For complex K and S with real parts >= 0 a film's reflectance over a backing |Rg| <= 1 stays in
 * the unit disc. R(x) grows with thickness x by R' = S - 2 (K + S) R + S R^2, and where |R| = 1,
 * d|R|^2/dx = 2 Re(R* R') = -4 Re K - 4 Re S (1 - Re R) <= 0. So R is analytic in K and in S in
 * the right half planes, and what lies above takes the disc into one around the real numbers from
 * c0 - c1/(1 + c2) to c0 + c1/(1 - c2). A host moves the half plane's edge to K = -host_K/load; the
 * least of those of all films, and of the one that stands for them, is where the table's K begins:
 * x = K + that > 0, and S likewise.
 *
 * Over an octave, x from 1 to 2, f and the film are thus bounded by M (half that segment's length,
 * the mean over the films and the one, after a constant is taken off) in the ellipse with foci 1
 * and 2 that reaches 0, the sum of whose half axes is 3 + sqrt 8 = 5.82 of the octave's half. The
 * polynomial of degree n through the Chebyshev points is then off by no more than
 * 4 M r^-n/(r - 1), r = 5.8 (Trefethen, Approximation Theory and Approximation Practice, theorem
 * 8.2), and one in K and in S by that times 1 + 1 + 2/pi ln(n + 1): the interpolation in K of what
 * that in S leaves. With n = 8 that is 2.2e-6 M. Within a cell of a grid of step h the polynomial
 * is between its values at the four corners but for (h^2/8) (|p_KK| + |p_SS|), both at most the
 * sums of the Chebyshev coefficients' sizes times k^2 (k^2 - 1)/3, the most of |T_k''|.
 *
 * Where some film has no host in a band (K or S of it 0) no stand-in is made.
 */
#ifndef MATCH_BOUND_STAND_IN_H
#define MATCH_BOUND_STAND_IN_H

#include "match/bound/rest.h"
#include "match/problem.h"

typedef struct tns_stand_in {
    tns_screen_surface surface; /* with its rest */
    struct tns_screen_rest rest;
    double row_error[TNS_BANDS]; /* how far off a mixture's reflectance may be in a row */
    double darkest[TNS_BANDS];   /* no mixture is darker */
    void *room[TNS_BANDS];
} tns_stand_in;

/*
 * For the mixtures of a problem whose goal is a blend of films. NULL where it cannot be made, for
 * want of a host or of memory; then the blend is bounded film by film, which is slow.
 */
tns_stand_in *tns_stand_in_create(const tns_problem *problem);
void tns_stand_in_destroy(tns_stand_in *stand_in);

/* How far L*, a*, b* of a row may be off under these viewings. */
void tns_stand_in_row_error(const tns_stand_in *stand_in, const tns_screen_eye *eye, double out[3]);

#endif
