/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/find/blobs.h"
#include "photo/find/components.h"
#include "photo/find/edges.h"

enum { AREA_LEAST = 20 };

/* Steps of the encoded value over two pixels that count as an edge: from faint to strong. */
static const int edge_steps[] = {4, 8, 14, 24, 44};

static const double AREA_SHARE = 0.04;
static const double SLIMMEST = 0.3; /* short axis over long axis */

/*
 * Area over 12 sqrt(determinant of the second moments): 1 for every parallelogram, lower for what
 * has holes, bays or branches. A few pixels of a small one may fray.
 */
static const double FULL_LEAST = 0.86, FULL_MOST = 1.06;

typedef struct collection {
    int width, height;
    uint8_t *known; /* a pixel of the middle of a blob already found */
    tns_blob *blobs;
    int count;
} collection;

static bool is_parallelogram(const tns_moments *m, double most, tns_blob *out)
{
    if (m->n < AREA_LEAST || m->n > most)
        return false;
    double x = m->x / m->n, y = m->y / m->n;
    double xx = m->xx / m->n - x * x + 1.0 / 12, yy = m->yy / m->n - y * y + 1.0 / 12;
    double xy = m->xy / m->n - x * y;
    double determinant = xx * yy - xy * xy, half = (xx + yy) / 2;
    double root = sqrt(fmax(half * half - determinant, 0));
    double full = m->n / (12 * sqrt(determinant));
    *out = (tns_blob){.center = {x + 0.5, y + 0.5}, .side = sqrt(m->n)};
    return full > FULL_LEAST && full < FULL_MOST &&
           (half - root) > SLIMMEST * SLIMMEST * (half + root);
}

static void mark(collection *c, const tns_blob *blob)
{
    int reach = (int)(0.3 * blob->side), cx = (int)blob->center.x, cy = (int)blob->center.y;
    for (int y = cy - reach; y <= cy + reach; y++)
        for (int x = cx - reach; x <= cx + reach; x++)
            if (x >= 0 && y >= 0 && x < c->width && y < c->height)
                c->known[(size_t)y * (size_t)c->width + (size_t)x] = 1;
}

static void take(const tns_moments *m, void *data)
{
    collection *c = data;
    tns_blob blob;
    if (c->count == TNS_BLOBS_MAX || !is_parallelogram(m, AREA_SHARE * c->width * c->height, &blob))
        return;
    size_t at = (size_t)blob.center.y * (size_t)c->width + (size_t)blob.center.x;
    if (c->known[at])
        return;
    mark(c, &blob);
    c->blobs[c->count++] = blob;
}

static int by_x(const void *a, const void *b)
{
    double u = ((const tns_blob *)a)->center.x, v = ((const tns_blob *)b)->center.x;
    return (u > v) - (u < v);
}

int tns_blobs_find(const tns_reduced *picture, tns_blob *blobs)
{
    size_t n = (size_t)picture->width * (size_t)picture->height;
    collection c = {.width = picture->width, .height = picture->height, .blobs = blobs};
    uint8_t *edge = malloc(n + 1);
    c.known = calloc(n + 1, 1);
    bool done = edge && c.known && tns_edges_of(picture, edge);
    for (size_t k = 0; k < sizeof edge_steps / sizeof *edge_steps && done; k++)
        done = tns_components_each(edge, c.width, c.height, edge_steps[k], take, &c);
    if (done)
        qsort(blobs, (size_t)c.count, sizeof *blobs, by_x);
    free(edge);
    free(c.known);
    return done ? c.count : -1;
}
