/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a set of mixtures can look like: per band the interval that their reflectance on a surface
 * cannot leave.
 *
 * The set is given by points (K, S) whose convex hull it lies in. Why the interval holds, per band:
 *   - R falls in K and rises in S, on every surface.
 *   - Along a ray K = q S the ink grows thicker and nothing else, and by the growth law
 *     dR/dX = S (R^2 - 2aR + 1) R moves to one side only: from the backing to the opaque layer.
 *   - K, S, and the ratio q have their extremes over a hull at its points (q is linear-fractional).
 * So the brightest mixture is no brighter than the brighter end of the piece of the ray q = least
 * that lies in the box of K and S, and the darkest likewise on q = most. Opaque: q alone counts.
 */
#ifndef MATCH_REACH_H
#define MATCH_REACH_H

#include "match/mixture.h"

typedef struct tns_reach {
    double low[TNS_BANDS], high[TNS_BANDS];
} tns_reach;

/* count >= 1 */
void tns_reach_of(const tns_surface *surface, const tns_coefficients *points, size_t count,
                  tns_reach *out);

#endif
