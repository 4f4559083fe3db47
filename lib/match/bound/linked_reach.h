/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far along a direction the colors lie whose objective is within a radius, for the kernels of
 * this room.
 *
 * For any slopes m, the square of the objective, a sum over viewings of w (dL^2/S_L^2 + g), is no
 * less than the sum of w (m z - lift(m)), z the step from the target in L*, a*, b* and lift the
 * most that m z exceeds the square by. With w m the direction's own slopes times 2 s, any s > 0,
 * the sum of w m z is 2 s n y; so within the radius n y <= (radius^2 + sum of w lift(m))/2s. For a
 * ball, s = radius is best; here a few are tried.
 *
 * The lift is convex in m, so what lies between nodes of a table is no more than the mean of them.
 */
#ifndef MATCH_BOUND_LINKED_REACH_H
#define MATCH_BOUND_LINKED_REACH_H

#include <math.h>
#include <stdbool.h>

#include "base/cpu.h"
#include "match/bound/linked.h"

/* Where a slope stands in a table of so many steps: NaN out of it. */
TNS_KERNEL_INLINE float tns_linked_place(float slope, float most, int steps, int *step)
{
    const float at = (slope / most + 1) * ((float)steps / 2);
    const bool within = at >= 0 && at < (float)steps;
    *step = within ? (int)at : 0;
    return within ? at - (float)*step : NAN;
}

TNS_KERNEL_INLINE float tns_linked_lift_at(const tns_linked_lift *lift, const float slope[3])
{
    const int steps = lift->steps;
    int L, a, b;
    const float x = tns_linked_place(slope[0], lift->most[0], steps, &L);
    const float y = tns_linked_place(slope[1], lift->most[1], steps, &a);
    const float z = tns_linked_place(slope[2], lift->most[2], steps, &b);
    const float *near = &lift->ab[a * (steps + 1) + b], *far = near + steps + 1;
    const float ab =
        (1 - y) * ((1 - z) * near[0] + z * near[1]) + y * ((1 - z) * far[0] + z * far[1]);
    return (1 - x) * lift->L[L] + x * lift->L[L + 1] + ab;
}

/* NaN where a slope is out of its table. */
TNS_KERNEL_INLINE float tns_linked_reach_by(const tns_linked_eye *eye,
                                            const float n[TNS_LINKED_LANES], float radius, float s)
{
    float sum = radius * radius;
    for (int v = 0; v < eye->viewings; v++) {
        const float(*U)[3] = eye->U[v], *y = &n[3 * v];
        const float by = 2 * s / eye->lift[v].weight;
        const float slope[3] = {by * y[0] * U[0][0], by * y[1] * U[1][1],
                                by * (y[1] * U[1][2] + y[2] * U[2][2])};
        sum += eye->lift[v].weight * tns_linked_lift_at(&eye->lift[v], slope);
    }
    return sum / (2 * s);
}

/* Infinite where nothing can be said. */
TNS_KERNEL_INLINE float tns_linked_reach(const tns_linked_eye *eye, const float n[TNS_LINKED_LANES],
                                         float radius)
{
    static const float shares[3] = {0.85F, 1, 1.15F};
    float least = 3e38F;
    for (int i = 0; i < 3; i++) {
        const float reach = tns_linked_reach_by(eye, n, radius, radius * shares[i]);
        least = reach < least ? reach : least;
    }
    return least * (1 + 1e-5F);
}

#endif
