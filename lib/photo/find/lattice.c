/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/find/lattice.h"

enum { LEAST_NODES = 8, REACH = 14 };

/*
 * Neighbours lie at least a side apart and are of like size; the next node is looked for within a
 * quarter of the step.
 */
static const double STEP_LEAST = 1.0, SIZE_RATIO = 2.2, CATCH = 0.25;

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
    const tns_lattice_limits *limits;
    int *taken; /* by which growth a blob was last taken */
    int turn;   /* of this growth */
    int has_node[2 * REACH + 1][2 * REACH + 1];
} growth;

static void add_node(growth *g, grown node)
{
    g->node[g->count++] = node;
    g->taken[node.blob] = g->turn;
    g->has_node[node.row + REACH][node.column + REACH] = g->turn;
}

/* Tries the place `jump` nodes on, one way; true when a blob is there, or was. */
static bool reach_out(growth *g, const grown *from, const int way[2], int jump)
{
    int column = from->column + jump * way[0], row = from->row + jump * way[1];
    if (abs(column) > REACH || abs(row) > REACH || g->count == TNS_NODES_MAX ||
        g->has_node[row + REACH][column + REACH] == g->turn)
        return true;
    tns_point step = way[0] ? from->right : from->down;
    double far = jump * (way[0] + way[1]);
    tns_point center = g->blobs[from->blob].center;
    tns_point at = {center.x + far * step.x, center.y + far * step.y};
    int next = blob_near(g->blobs, g->blob_count, &g->blobs[from->blob], at, CATCH * length(step));
    if (next < 0 || g->taken[next] == g->turn)
        return false;
    tns_point found = minus(g->blobs[next].center, center);
    tns_point kept = {(step.x + found.x / far) / 2, (step.y + found.y / far) / 2};
    grown node = {column, row, next, from->right, from->down};
    *(way[0] ? &node.right : &node.down) = kept;
    add_node(g, node);
    return true;
}

/* The four neighbours of a node, and over one that is missing. */
static void extend(growth *g, const grown *from)
{
    static const int ways[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (int k = 0; k < 4; k++)
        if (!reach_out(g, from, ways[k], 1))
            reach_out(g, from, ways[k], 2);
}

static void grow(growth *g, int seed, tns_point right, tns_point down)
{
    g->count = 0;
    g->turn++;
    add_node(g, (grown){0, 0, seed, right, down});
    for (int i = 0; i < g->count; i++) {
        grown from = g->node[i];
        extend(g, &from);
    }
}

enum { NEIGHBOURS = 24 };

/* Steps from a blob to those beside it. */
static int steps_from(const tns_blob *blobs, int count, int seed, double most, tns_point *step)
{
    int n = 0;
    const tns_blob *from = &blobs[seed];
    double reach = most * from->side, right = from->center.x + reach;
    for (int i = first_from(blobs, count, from->center.x - reach);
         i < count && blobs[i].center.x <= right && n < NEIGHBOURS; i++) {
        tns_point d = minus(blobs[i].center, from->center);
        double sides = length(d) / from->side;
        if (!blobs[i].is_spent && sides > STEP_LEAST && sides < most && is_alike(&blobs[i], from))
            step[n++] = d;
    }
    return n;
}

/* Two steps that may span a square lattice seen at a tilt; of its four ways round one will do. */
static bool may_span(const tns_lattice_limits *limits, tns_point a, tns_point b)
{
    double cross = a.x * b.y - a.y * b.x, la = length(a), lb = length(b);
    return fabs(a.y) <= 1.3 * a.x && cross > limits->skew_least * la * lb &&
           la < limits->ratio_most * lb && lb < limits->ratio_most * la;
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

/* A third blob that closes the cell. */
static bool has_cell(const growth *g, int seed, tns_point a, tns_point b)
{
    tns_point at = g->blobs[seed].center;
    at = (tns_point){at.x + a.x + b.x, at.y + a.y + b.y};
    return blob_near(g->blobs, g->blob_count, &g->blobs[seed], at,
                     0.3 * fmin(length(a), length(b))) >= 0;
}

/* Of lattices with as many nodes that of the shorter steps: its axes are no diagonals. */
static void grow_from(growth *g, int seed, tns_lattice *best)
{
    tns_point step[NEIGHBOURS];
    int n = steps_from(g->blobs, g->blob_count, seed, g->limits->step_most, step);
    double shortest = INFINITY;
    best->count = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (!may_span(g->limits, step[i], step[j]) || !has_cell(g, seed, step[i], step[j]))
                continue;
            double steps = length(step[i]) + length(step[j]);
            grow(g, seed, step[i], step[j]);
            if (g->count > best->count || (g->count == best->count && steps < shortest)) {
                keep(g, best);
                shortest = steps;
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

/*
 * Nodes that strayed onto something beside the chart are dropped, the farthest first, and the map
 * fitted anew.
 */
bool tns_lattice_settle(const tns_blob *blobs, tns_lattice *l)
{
    static const double strays[] = {0.4, 0.22, 0.15};
    for (int k = 0; k < 3; k++) {
        int kept = 0;
        if (l->count < LEAST_NODES || !fit(l, blobs))
            return false;
        for (int i = 0; i < l->count; i++)
            if (miss(l, blobs, i) < strays[k])
                l->node[kept++] = l->node[i];
        l->count = kept;
    }
    if (l->count < LEAST_NODES || !fit(l, blobs))
        return false;
    double sum = 0;
    for (int i = 0; i < l->count; i++)
        sum += miss(l, blobs, i) * miss(l, blobs, i);
    l->residual = sqrt(sum / l->count);
    return true;
}

void tns_lattice_shear(tns_lattice *l, int column_by_row, int row_by_column)
{
    for (int i = 0; i < l->count; i++) {
        l->node[i].column += column_by_row * l->node[i].row;
        l->node[i].row += row_by_column * l->node[i].column;
    }
    for (int k = 0; k < 3; k++) { /* the map of the inverse, the last change first */
        l->map.h[k][1] -= column_by_row * l->map.h[k][0];
        l->map.h[k][0] -= row_by_column * l->map.h[k][1];
    }
}

/* Grown again from the node next to its middle, whose steps are the fairest. */
static void regrow(growth *g, tns_lattice *l)
{
    tns_lattice again;
    tns_point middle = {0, 0};
    int nearest = 0;
    double least = INFINITY;
    for (int i = 0; i < l->count; i++) {
        middle.x += g->blobs[l->node[i].blob].center.x / l->count;
        middle.y += g->blobs[l->node[i].blob].center.y / l->count;
    }
    for (int i = 0; i < l->count; i++) {
        double d = length(minus(g->blobs[l->node[i].blob].center, middle));
        if (d < least) {
            least = d;
            nearest = l->node[i].blob;
        }
    }
    grow_from(g, nearest, &again);
    if (again.count > l->count)
        *l = again;
}

int tns_lattices_find(tns_blob *blobs, int count, const tns_lattice_limits *limits,
                      tns_lattice *out, int max)
{
    growth *g = calloc(1, sizeof *g);
    int *taken = calloc((size_t)count + 1, sizeof *taken), found = g && taken ? 0 : -1;
    if (found == 0)
        *g = (growth){.blobs = blobs, .blob_count = count, .limits = limits, .taken = taken};
    for (int i = 0; i < count; i++)
        blobs[i].is_spent = false;
    for (int seed = 0; seed < count && found >= 0 && found < max; seed++) {
        if (blobs[seed].is_spent)
            continue;
        tns_lattice *l = &out[found];
        grow_from(g, seed, l);
        if (l->count < LEAST_NODES)
            continue;
        regrow(g, l);
        for (int i = 0; i < l->count; i++)
            blobs[l->node[i].blob].is_spent = true;
        found++;
    }
    free(taken);
    free(g);
    return found;
}
