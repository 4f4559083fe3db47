/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/find/lattice.h"

enum { LEAST_NODES = 10, REACH = 8 };

/*
 * Neighbours lie 1.0 to 2.1 sides apart (what is seen of a patch is a little less than the patch)
 * and are of like size; the next node is looked for within a quarter of the step.
 */
static const double STEP_LEAST = 1.0, STEP_MOST = 2.1, SIZE_RATIO = 1.7, CATCH = 0.25;

static tns_point minus(tns_point a, tns_point b)
{
    return (tns_point){a.x - b.x, a.y - b.y};
}

static double length(tns_point a)
{
    return hypot(a.x, a.y);
}

static bool is_alike(const tns_blob *a, const tns_blob *b)
{
    double ratio = a->side / b->side;
    return ratio < SIZE_RATIO && ratio > 1 / SIZE_RATIO;
}

/* The first blob, of those in order of x, that lies at x or to the right. */
static int first_from(const tns_blob *blobs, int count, double x)
{
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (blobs[middle].center.x < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int blob_near(const tns_blob *blobs, int count, const tns_blob *like, tns_point at,
                     double within)
{
    int best = -1;
    double right = at.x + within;
    for (int i = first_from(blobs, count, at.x - within); i < count && blobs[i].center.x <= right;
         i++) {
        double d = length(minus(blobs[i].center, at));
        if (!blobs[i].is_spent && d < within && is_alike(&blobs[i], like)) {
            best = i;
            within = d;
        }
    }
    return best;
}

/* A node being grown: its own steps to the right and down follow the perspective. */
typedef struct grown {
    int column, row, blob;
    tns_point right, down;
} grown;

typedef struct growth {
    const tns_blob *blobs;
    int blob_count, count;
    grown node[TNS_NODES_MAX];
    bool is_taken[TNS_BLOBS_MAX];
    bool has_node[2 * REACH + 1][2 * REACH + 1];
} growth;

static void add_node(growth *g, grown node)
{
    g->node[g->count++] = node;
    g->is_taken[node.blob] = true;
    g->has_node[node.row + REACH][node.column + REACH] = true;
}

/* Tries the four neighbours of a node. */
static void extend(growth *g, const grown *from)
{
    static const int way[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (int k = 0; k < 4; k++) {
        int column = from->column + way[k][0], row = from->row + way[k][1];
        if (abs(column) > REACH || abs(row) > REACH || g->count == TNS_NODES_MAX ||
            g->has_node[row + REACH][column + REACH])
            continue;
        tns_point step = way[k][0] ? from->right : from->down;
        int sign = way[k][0] + way[k][1];
        tns_point center = g->blobs[from->blob].center;
        tns_point at = {center.x + sign * step.x, center.y + sign * step.y};
        int next =
            blob_near(g->blobs, g->blob_count, &g->blobs[from->blob], at, CATCH * length(step));
        if (next < 0 || g->is_taken[next])
            continue;
        tns_point found = minus(g->blobs[next].center, center);
        tns_point kept = {(step.x + sign * found.x) / 2, (step.y + sign * found.y) / 2};
        grown node = {column, row, next, from->right, from->down};
        *(way[k][0] ? &node.right : &node.down) = kept;
        add_node(g, node);
    }
}

static void grow(growth *g, int seed, tns_point right, tns_point down)
{
    g->count = 0;
    memset(g->is_taken, 0, sizeof g->is_taken);
    memset(g->has_node, 0, sizeof g->has_node);
    add_node(g, (grown){0, 0, seed, right, down});
    for (int i = 0; i < g->count; i++) {
        grown from = g->node[i];
        extend(g, &from);
    }
}

enum { NEIGHBOURS = 8 };

/* Steps from a blob to those beside it. */
static int steps_from(const tns_blob *blobs, int count, int seed, tns_point *step)
{
    int n = 0;
    const tns_blob *from = &blobs[seed];
    double reach = STEP_MOST * from->side, right = from->center.x + reach;
    for (int i = first_from(blobs, count, from->center.x - reach);
         i < count && blobs[i].center.x <= right && n < NEIGHBOURS; i++) {
        tns_point d = minus(blobs[i].center, from->center);
        double sides = length(d) / from->side;
        if (!blobs[i].is_spent && sides > STEP_LEAST && sides < STEP_MOST &&
            is_alike(&blobs[i], from))
            step[n++] = d;
    }
    return n;
}

/* Two steps that may span a square lattice seen at a tilt. */
static bool may_span(tns_point a, tns_point b)
{
    double cross = a.x * b.y - a.y * b.x, la = length(a), lb = length(b);
    return cross > 0.8 * la * lb && la < 1.6 * lb && lb < 1.6 * la;
}

static void keep(const growth *g, tns_lattice *out)
{
    out->count = g->count;
    for (int i = 0; i < g->count; i++) {
        out->node[i].column = g->node[i].column;
        out->node[i].row = g->node[i].row;
        out->node[i].blob = g->node[i].blob;
    }
}

/* Of lattices with as many nodes that of the shorter steps: its axes are no diagonals. */
static void grow_from(growth *g, int seed, tns_lattice *best, double *shortest)
{
    tns_point step[NEIGHBOURS];
    int n = steps_from(g->blobs, g->blob_count, seed, step);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (may_span(step[i], step[j])) {
                double steps = length(step[i]) + length(step[j]);
                grow(g, seed, step[i], step[j]);
                if (g->count > best->count || (g->count == best->count && steps < *shortest)) {
                    keep(g, best);
                    *shortest = steps;
                }
            }
}

static double miss(const tns_lattice *l, const tns_blob *blobs, int i)
{
    tns_point node = {l->node[i].column, l->node[i].row};
    tns_homography back = tns_homography_inverse(&l->map);
    return length(minus(tns_homography_apply(&back, blobs[l->node[i].blob].center), node));
}

static bool fit(tns_lattice *l, const tns_blob *blobs)
{
    tns_point from[TNS_NODES_MAX], to[TNS_NODES_MAX];
    for (int i = 0; i < l->count; i++) {
        from[i] = (tns_point){l->node[i].column, l->node[i].row};
        to[i] = blobs[l->node[i].blob].center;
    }
    return tns_homography_fit(from, to, (size_t)l->count, &l->map);
}

/* Nodes that strayed onto something beside the chart are dropped, and the map fitted anew. */
bool tns_lattice_settle(const tns_blob *blobs, tns_lattice *l)
{
    const double stray = 0.15;
    if (!fit(l, blobs))
        return false;
    int kept = 0;
    for (int i = 0; i < l->count; i++)
        if (miss(l, blobs, i) < stray)
            l->node[kept++] = l->node[i];
    l->count = kept;
    if (kept < LEAST_NODES || !fit(l, blobs))
        return false;
    double sum = 0;
    for (int i = 0; i < l->count; i++)
        sum += miss(l, blobs, i) * miss(l, blobs, i);
    l->residual = sqrt(sum / l->count);
    return true;
}

static bool is_in(const tns_lattice *l, int blob)
{
    for (int i = 0; i < l->count; i++)
        if (l->node[i].blob == blob)
            return true;
    return false;
}

bool tns_lattice_find(tns_blob *blobs, int count, tns_lattice *out)
{
    growth g = {.blobs = blobs, .blob_count = count};
    double shortest = INFINITY;
    memset(out, 0, sizeof *out);
    for (int seed = 0; seed < count; seed++)
        if (!blobs[seed].is_spent && !is_in(out, seed)) /* it would grow the same again */
            grow_from(&g, seed, out, &shortest);
    for (int i = 0; i < out->count; i++)
        blobs[out->node[i].blob].is_spent = true;
    return out->count >= LEAST_NODES;
}
