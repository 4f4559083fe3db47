/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers at random, always the same from one seed. */
#ifndef SUPPORT_DRAW_H
#define SUPPORT_DRAW_H

#include <math.h>
#include <stdint.h>

/* xorshift64*: Vigna, ACM TOMS 42, 30 (2016). */
static inline double draw(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * 2685821657736338717u) >> 11) * 0x1p-53;
}

static inline double draw_between(uint64_t *state, double low, double high)
{
    return low + (high - low) * draw(state);
}

static inline int draw_int(uint64_t *state, int low, int high)
{
    return low + (int)(draw(state) * (high - low + 1));
}

/* Standard normal: Box, Muller, Ann. Math. Stat. 29, 610 (1958). */
static inline double draw_normal(uint64_t *state)
{
    double radius = sqrt(-2 * log(1 - draw(state)));
    return radius * cos(6.283185307179586 * draw(state));
}

#endif
