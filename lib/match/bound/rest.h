/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a film that stands for a blend (stand_in.h) leaves over, the blend less the film: by band, a
 * table over the film's whole K and S, each plus a number that keeps it positive.
 *
 * A cell is an eighth of an octave, so that its place is told by the first bits of a float. Of each
 * cell, and of squares of 2, 4, 8 .. cells, the least and the most of the rest are kept; and its
 * values at the cells' corners, between which it runs nearly straight.
 */
#ifndef MATCH_BOUND_REST_H
#define MATCH_BOUND_REST_H

#include <stdint.h>
#include <string.h>

#include "base/cpu.h"
#include "match/bound/screen.h"

/* Cells of an octave are told by three bits of a float's 23. */
enum { TNS_REST_SHIFT = 20, TNS_REST_OCTAVE = 8, TNS_REST_LEVELS = 10 };

typedef struct tns_rest_range {
    float low, high;
} tns_rest_range;

typedef struct tns_rest_band {
    float K_more, S_more; /* added to K and S */
    int K_first, S_first; /* the first cell, in bits */
    int K_cells, S_cells;
    const float *node;                            /* (K_cells + 1) (S_cells + 1) */
    const tns_rest_range *level[TNS_REST_LEVELS]; /* the last is one square */
    int stride[TNS_REST_LEVELS];
} tns_rest_band;

struct tns_screen_rest {
    tns_rest_band band[TNS_BANDS];
};

/* K and S come rounded; more than that is allowed for. */
#define TNS_REST_MARGIN 1e-5F

TNS_KERNEL_INLINE int32_t tns_rest_bits(float x)
{
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

TNS_KERNEL_INLINE int tns_rest_cell(float x, int first, int cells)
{
    int cell = (tns_rest_bits(x) >> TNS_REST_SHIFT) - first;
    cell = cell > 0 ? cell : 0;
    return cell < cells ? cell : cells - 1;
}

/* The least power of two that is not less, as an exponent. */
TNS_KERNEL_INLINE int tns_rest_level(int n)
{
    return n <= 1 ? 0 : (tns_rest_bits((float)(n - 1)) >> 23) - 126;
}

/* The least and the most in a box of the film's K and S. */
TNS_KERNEL_INLINE tns_rest_range tns_rest_over(const tns_rest_band *r, float K_low, float K_high,
                                               float S_low, float S_high)
{
    const float less = 1 - TNS_REST_MARGIN, more = 1 + TNS_REST_MARGIN;
    const int i0 = tns_rest_cell((K_low + r->K_more) * less, r->K_first, r->K_cells);
    const int i1 = tns_rest_cell((K_high + r->K_more) * more, r->K_first, r->K_cells);
    const int j0 = tns_rest_cell((S_low + r->S_more) * less, r->S_first, r->S_cells);
    const int j1 = tns_rest_cell((S_high + r->S_more) * more, r->S_first, r->S_cells);
    const int wide = i1 - i0 > j1 - j0 ? i1 - i0 : j1 - j0, level = tns_rest_level(wide);
    const tns_rest_range *at = r->level[level];
    const int stride = r->stride[level], ia = (i0 >> level) * stride, ib = (i1 >> level) * stride;
    const int ja = j0 >> level, jb = j1 >> level;
    const tns_rest_range *four[4] = {at + ia + ja, at + ia + jb, at + ib + ja, at + ib + jb};
    tns_rest_range out = *four[0];
    for (int k = 1; k < 4; k++) {
        out.low = four[k]->low < out.low ? four[k]->low : out.low;
        out.high = four[k]->high > out.high ? four[k]->high : out.high;
    }
    return out;
}

/* Of one mixture, nearly. */
TNS_KERNEL_INLINE float tns_rest_at(const tns_rest_band *r, float K, float S)
{
    const float inside = 1.0F / (1 << TNS_REST_SHIFT), x = K + r->K_more, y = S + r->S_more;
    const int mask = (1 << TNS_REST_SHIFT) - 1, stride = r->S_cells + 1;
    const int i = tns_rest_cell(x, r->K_first, r->K_cells);
    const int j = tns_rest_cell(y, r->S_first, r->S_cells);
    const float u = (float)(tns_rest_bits(x) & mask) * inside;
    const float v = (float)(tns_rest_bits(y) & mask) * inside;
    const float *near = r->node + i * stride + j, *far = near + stride;
    const float low = near[0] + v * (near[1] - near[0]), high = far[0] + v * (far[1] - far[0]);
    return low + u * (high - low);
}

#endif
