/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linked bands of opaque layers: the bound of linked.h, where nothing shines through.
 *
 * There coth is 1, so with b = sqrt(K J), J = K + 2S,
 *
 *     R = base + A/D,   A = a S,   D = K + p S + b,
 *
 * a > 0, 0 < p <= 1, the curved term being b itself. It is concave in the mixture (a geometric
 * mean of two sums), so g, b less its tangent over D_0, is never above 0. Nor is it far below: with
 * P = K/2K_0, Q = J/2J_0, v = P + Q and h = |P - Q|, all linear but the last, the tangent is b_0 v
 * and b = 2 b_0 sqrt(P Q), so that
 *
 *     0 >= g >= -(b_0/D_0) h^2 v/(2 v^2 - h^2),
 *
 * which is convex, as in linked.h. (1), (2) and all that follows from them there are as they are.
 *
 * Only ratios count here: a mixture may be multiplied by any number, so its K and S are those of
 * one amount. The middle is the mean of the least and the greatest of both.
 *
 * Rounding is what it is there: M_S, a difference of parts no larger than a/D, is right to 1e-6 of
 * that, which times S is no more than 1e-6 R.
 */
#ifndef MATCH_BOUND_LINKED_OPAQUE_H
#define MATCH_BOUND_LINKED_OPAQUE_H

#include "match/bound/linked.h"

typedef struct tns_opaque_surface {
    float base[TNS_WIDE], a[TNS_WIDE], p[TNS_WIDE];
    float step; /* R is right to this, whatever the mixture */
} tns_opaque_surface;

typedef struct tns_opaque_kernels {
    /* As of a film; of `films` only count, R_low and R_high are looked at. */
    bool (*apart)(const tns_opaque_surface *surface, const tns_linked_eye *eye,
                  const tns_corner *corners, const tns_screen_films *films, float radius);
} tns_opaque_kernels;

TNS_KERNELS_DECLARE(tns_opaque_kernels, tns_opaque_kernels);

/* The surface is opaque. */
void tns_opaque_surface_set(tns_opaque_surface *out, const tns_screen_surface *screen);

#endif
