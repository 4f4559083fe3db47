/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/read/nearby.h"

static tns_rect around_all(const tns_rect *rect, size_t count)
{
    tns_rect all = {0, 0, 0, 0};
    for (size_t i = 0; i < count; i++)
        all = i == 0 ? rect[i]
                     : (tns_rect){fmin(all.x0, rect[i].x0), fmin(all.y0, rect[i].y0),
                                  fmax(all.x1, rect[i].x1), fmax(all.y1, rect[i].y1)};
    return all;
}

/* As large as they are in the mean, and no more cells than there are of them. */
static double side_for(const tns_rect *rect, size_t count, const tns_rect *all)
{
    double extent = 0, area = (all->x1 - all->x0) * (all->y1 - all->y0), n = fmax((double)count, 1);
    for (size_t i = 0; i < count; i++)
        extent += fmax(rect[i].x1 - rect[i].x0, rect[i].y1 - rect[i].y0) / n;
    return fmax(fmax(extent, sqrt(area / n)), 1);
}

static int place(double at, double first, double side, int cells)
{
    return (int)fmin(fmax(floor((at - first) / side), 0), cells - 1);
}

/* For so much of a picture; what is no number, or beyond any picture, is in the outermost. */
static int cells_over(double extent, double side)
{
    const double most = 1 << 16;
    return (int)fmin(fmax(extent / side, 0), most) + 1;
}

/* Columns and rows of the cells that a rectangle touches. */
typedef struct span {
    int left, right, top, bottom;
} span;

static span span_of(const tns_nearby *n, const tns_rect *r)
{
    return (span){place(r->x0, n->x, n->side, n->across), place(r->x1, n->x, n->side, n->across),
                  place(r->y0, n->y, n->side, n->down), place(r->y1, n->y, n->side, n->down)};
}

/* Counts each cell's members in `end`; their sum. */
static size_t count_members(tns_nearby *n, const tns_rect *rect, size_t count)
{
    size_t sum = 0, cells = (size_t)n->across * (size_t)n->down;
    for (size_t i = 0; i < count; i++) {
        span s = span_of(n, &rect[i]);
        for (int y = s.top; y <= s.bottom; y++)
            for (int x = s.left; x <= s.right; x++)
                n->end[y * n->across + x]++;
    }
    for (size_t i = 0; i < cells; i++)
        n->end[i] = sum += n->end[i];
    return sum;
}

/* Filled from the last one down, ends become starts; the next cell's start is a cell's end. */
static void fill(tns_nearby *n, const tns_rect *rect, size_t count, size_t members)
{
    size_t cells = (size_t)n->across * (size_t)n->down;
    for (size_t i = count; i-- > 0;) {
        span s = span_of(n, &rect[i]);
        for (int y = s.top; y <= s.bottom; y++)
            for (int x = s.left; x <= s.right; x++)
                n->member[--n->end[y * n->across + x]] = i;
    }
    for (size_t i = 0; i + 1 < cells; i++)
        n->end[i] = n->end[i + 1];
    n->end[cells - 1] = members;
}

bool tns_nearby_make(const tns_rect *rect, size_t count, tns_nearby *out)
{
    tns_rect all = around_all(rect, count);
    *out = (tns_nearby){.x = all.x0, .y = all.y0, .side = side_for(rect, count, &all)};
    out->across = cells_over(all.x1 - all.x0, out->side);
    out->down = cells_over(all.y1 - all.y0, out->side);
    out->end = calloc((size_t)out->across * (size_t)out->down, sizeof *out->end);
    size_t members = out->end ? count_members(out, rect, count) : 0;
    out->member = malloc((members + 1) * sizeof *out->member);
    if (!out->end || !out->member)
        return false;
    fill(out, rect, count, members);
    return true;
}

void tns_nearby_finish(tns_nearby *nearby)
{
    free(nearby->end);
    free(nearby->member);
    *nearby = (tns_nearby){0};
}

const size_t *tns_nearby_at(const tns_nearby *nearby, double x, double y, size_t *count)
{
    int column = place(x, nearby->x, nearby->side, nearby->across);
    int row = place(y, nearby->y, nearby->side, nearby->down);
    size_t cell = (size_t)row * (size_t)nearby->across + (size_t)column;
    size_t first = cell > 0 ? nearby->end[cell - 1] : 0;
    *count = nearby->end[cell] - first;
    return nearby->member + first;
}
