/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lift of a slope is the most over a grid, as fine as its cells: over each cell, what m z is at
 * most, less what the difference is at least. In lightness the difference rises away from the
 * target; in a* and b* the cells are sectors of rings, each in a tetragon of its corners a little
 * farther out, and a bound (chromatic.h) tells what the difference is at least. Cells where it
 * exceeds e^2 are left out, and those beyond `near` are four times as wide.
 */
#include <math.h>
#include <stdlib.h>

#include "match/bound/linked_lift.h"

/* Corners are looked at by blocks, most of which cannot have the greatest lift. */
enum {
    NODES = TNS_LINKED_CELLS + 1,
    WIDER = 4,
    LIGHT_CELLS = 512,
    BLOCK = 16,
    BLOCKS = (NODES + BLOCK - 1) / BLOCK
};

/* S_L is below, and greatest where the mean lightness is farthest from 50. */
static const double MOST_S_L = 1.75;

/* Objectives, and X, Y, Z, are not more exact. */
static const double MARGIN = 1e-5;

/* Slopes beyond those of the form are of no use. */
static const double STEEPER = 1.25;

/* A block's corners lie within; none has a lower least. */
typedef struct block {
    float a_low, a_high, b_low, b_high, least;
} block;

/* Corners of cells: a*, b* from the target's, and the least of the cells around, or INFINITY. */
typedef struct grid {
    float a[NODES][NODES], b[NODES][NODES], least[NODES][NODES];
    block block[BLOCKS][BLOCKS];
    int blocks;
    double bulge; /* what a cell reaches beyond its corners */
} grid;

tns_chromatic_sector tns_linked_piece(const tns_chromatic_sector *all, int cells, int i, int j)
{
    double C = (all->C_high - all->C_low) / cells, h = (all->h_high - all->h_low) / cells;
    return (tns_chromatic_sector){all->C_low + i * C, all->C_low + (i + 1) * C, all->h_low + j * h,
                                  all->h_low + (j + 1) * h};
}

static void place_corners(const tns_linked_view *s, grid *g)
{
    double C = (s->all.C_high - s->all.C_low) / s->cells,
           h = (s->all.h_high - s->all.h_low) / s->cells;
    for (int j = 0; j <= s->cells; j++) {
        double hue = s->all.h_low + j * h, along_a = cos(hue), along_b = sin(hue);
        for (int i = 0; i <= s->cells; i++) {
            double chroma = s->all.C_low + i * C;
            g->a[i][j] = (float)(chroma * along_a - s->target.a);
            g->b[i][j] = (float)(chroma * along_b - s->target.b);
            g->least[i][j] = INFINITY;
        }
    }
    g->bulge = s->all.C_high * (1 / cos(h / 2) - 1) + MARGIN;
}

/* A cell from i, j on, so many of the grid's wide. */
static void set_cell(grid *g, int i, int j, int wide, double least)
{
    for (int k = i; k <= i + wide; k++)
        for (int l = j; l <= j + wide; l++)
            g->least[k][l] = fminf(g->least[k][l], (float)(least * (1 - MARGIN)));
}

static double least_of(const tns_linked_view *s, int i, int j, int wide)
{
    return tns_chromatic_sector_bound(
        s->target, tns_linked_piece(&s->all, s->cells / wide, i / wide, j / wide));
}

static void fill_wide(const tns_linked_view *s, grid *g, int i, int j)
{
    double least = least_of(s, i, j, WIDER);
    if (least > s->e * s->e)
        return;
    if (least > s->near * s->near) {
        set_cell(g, i, j, WIDER, least);
        return;
    }
    for (int k = i; k < i + WIDER; k++)
        for (int l = j; l < j + WIDER; l++) {
            double fine = least_of(s, k, l, 1);
            if (fine <= s->e * s->e)
                set_cell(g, k, l, 1, fine);
        }
}

static block block_at(const tns_linked_view *s, const grid *g, int i, int j)
{
    block out = {INFINITY, -INFINITY, INFINITY, -INFINITY, INFINITY};
    for (int k = i * BLOCK; k <= s->cells && k < (i + 1) * BLOCK; k++)
        for (int l = j * BLOCK; l <= s->cells && l < (j + 1) * BLOCK; l++) {
            out.a_low = fminf(out.a_low, g->a[k][l]);
            out.a_high = fmaxf(out.a_high, g->a[k][l]);
            out.b_low = fminf(out.b_low, g->b[k][l]);
            out.b_high = fmaxf(out.b_high, g->b[k][l]);
            out.least = fminf(out.least, g->least[k][l]);
        }
    return out;
}

static void fill_grid(const tns_linked_view *s, grid *g)
{
    place_corners(s, g);
    for (int i = 0; i < s->cells; i += WIDER)
        for (int j = 0; j < s->cells; j += WIDER)
            fill_wide(s, g, i, j);
    g->blocks = s->cells / BLOCK + 1;
    for (int i = 0; i < g->blocks; i++)
        for (int j = 0; j < g->blocks; j++)
            g->block[i][j] = block_at(s, g, i, j);
}

static double slope_of(double most, int step, int steps)
{
    return most * (2.0 * step / steps - 1);
}

/* No corner of the block has more, nor has what is computed of it, since rounding keeps order. */
static float lift_at_most(const block *b, float by_a, float by_b)
{
    return fmaxf(by_a * b->a_low, by_a * b->a_high) + fmaxf(by_b * b->b_low, by_b * b->b_high) -
           b->least;
}

static float lift_of_row(const float *a, const float *b, const float *least, int count, float by_a,
                         float by_b)
{
    float most = -INFINITY;
    for (int l = 0; l < count; l++) {
        const float lift = by_a * a[l] + by_b * b[l] - least[l];
        most = lift > most ? lift : most;
    }
    return most;
}

static float lift_of_block(const tns_linked_view *s, const grid *g, int i, int j, float by_a,
                           float by_b)
{
    const int last = s->cells + 1, count = last - j * BLOCK < BLOCK ? last - j * BLOCK : BLOCK;
    float most = -INFINITY;
    for (int k = i * BLOCK; k < last && k < (i + 1) * BLOCK; k++)
        most = fmaxf(most, lift_of_row(&g->a[k][j * BLOCK], &g->b[k][j * BLOCK],
                                       &g->least[k][j * BLOCK], count, by_a, by_b));
    return most;
}

/* From the block that had the most for the slope before on. */
static float lift_of(const tns_linked_view *s, const grid *g, float by_a, float by_b, int at[2])
{
    float most = lift_of_block(s, g, at[0], at[1], by_a, by_b);
    for (int i = 0; i < g->blocks; i++)
        for (int j = 0; j < g->blocks; j++) {
            if (!(lift_at_most(&g->block[i][j], by_a, by_b) > most))
                continue;
            const float here = lift_of_block(s, g, i, j, by_a, by_b);
            if (here > most) {
                most = here;
                at[0] = i;
                at[1] = j;
            }
        }
    return most;
}

static void lift_chromatic(const tns_linked_view *s, const grid *g, tns_linked_lift *out)
{
    int at[2] = {0, 0};
    for (int i = 0; i <= out->steps; i++)
        for (int j = 0; j <= out->steps; j++) {
            double by_a = slope_of(out->most[1], i, out->steps);
            double by_b = slope_of(out->most[2], j, out->steps);
            float most = lift_of(s, g, (float)by_a, (float)by_b, at);
            out->ab[i * (out->steps + 1) + j] =
                (float)(most + hypot(by_a, by_b) * g->bulge + MARGIN * s->e * s->e);
        }
}

double tns_linked_lightness_scale(double L)
{
    double off = (L - 50) * (L - 50);
    return 1 + 0.015 * off / sqrt(20 + off);
}

/* The square of a step in lightness over S_L; it rises with the step's size. */
static double lightness(const tns_linked_view *s, double step)
{
    double term = step / tns_linked_lightness_scale(s->target.L + step / 2);
    return term * term;
}

static void lift_lightness(const tns_linked_view *s, tns_linked_lift *out)
{
    double size = fmin(MOST_S_L * s->e, 110) / LIGHT_CELLS;
    for (int i = 0; i <= out->steps; i++) {
        double by = slope_of(out->most[0], i, out->steps), most = 0;
        for (int k = 0; k < LIGHT_CELLS; k++) {
            double up = lightness(s, k * size), down = lightness(s, -k * size);
            double reach = fabs(by) * (k + 1) * size;
            double least = by > 0 ? up : down;
            if (least <= s->e * s->e)
                most = fmax(most, reach - least);
        }
        out->L[i] = (float)(most + MARGIN * s->e * s->e);
    }
}

bool tns_linked_lift_make(const tns_linked_view *sight, double weight, int steps,
                          tns_linked_lift *out)
{
    const double steep[3] = {sight->U[0][0], sqrt(sight->aa), sqrt(sight->bb)};
    grid *g = malloc(sizeof *g);
    if (!g)
        return false;
    out->weight = (float)weight;
    out->steps = steps;
    for (int i = 0; i < 3; i++)
        out->most[i] = (float)(STEEPER * 2 * sight->e * steep[i]);
    fill_grid(sight, g);
    lift_chromatic(sight, g, out);
    lift_lightness(sight, out);
    free(g);
    return true;
}
