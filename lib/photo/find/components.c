/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Only parts that reach the row before are kept: a part that has no run in a row is complete. So
 * the memory is that of two rows, whatever the picture.
 */
#include <stdlib.h>
#include <string.h>

#include "photo/find/components.h"

typedef struct run {
    int first, end, part;
} run;

typedef struct part {
    tns_moments sum;
    int into; /* itself, or the part it was joined with */
    int row;  /* the last it was seen in; -1 = free */
} part;

typedef struct scan {
    int width, limit;
    part *parts;
    int *unused, unused_count;
    int *joined, joined_count; /* parts that are others' now */
    run *before, *now;
    int before_count, now_count;
} scan;

static int root_of(const scan *s, int i)
{
    while (s->parts[i].into != i)
        i = s->parts[i].into;
    return i;
}

static int new_part(scan *s)
{
    int i = s->unused[--s->unused_count];
    memset(&s->parts[i], 0, sizeof s->parts[i]);
    s->parts[i].into = i;
    return i;
}

static void add_moments(tns_moments *to, const tns_moments *from)
{
    to->n += from->n;
    to->x += from->x;
    to->y += from->y;
    to->xx += from->xx;
    to->xy += from->xy;
    to->yy += from->yy;
}

static int join(scan *s, int a, int b)
{
    if (a == b)
        return a;
    add_moments(&s->parts[a].sum, &s->parts[b].sum);
    s->parts[b].into = a;
    s->joined[s->joined_count++] = b;
    return a;
}

/* Sums of x and x^2 from a to b - 1, in closed form. */
static tns_moments moments_of_run(double a, double b, double y)
{
    double n = b - a, x = n * (a + b - 1) / 2;
    double low = (a - 1) * a * (2 * a - 1) / 6, high = (b - 1) * b * (2 * b - 1) / 6;
    return (tns_moments){n, x, n * y, high - low, x * y, n * y * y};
}

static void find_runs(scan *s, const uint8_t *edge)
{
    s->now_count = 0;
    for (int x = 0; x < s->width;) {
        while (x < s->width && edge[x] >= s->limit)
            x++;
        int first = x;
        while (x < s->width && edge[x] < s->limit)
            x++;
        if (x > first)
            s->now[s->now_count++] = (run){first, x, -1};
    }
}

/* Gives each run of this row its part. */
static void connect(scan *s, int y)
{
    int k = 0;
    for (int i = 0; i < s->now_count; i++) {
        run *r = &s->now[i];
        while (k < s->before_count && s->before[k].end <= r->first)
            k++;
        for (int j = k; j < s->before_count && s->before[j].first < r->end; j++) {
            int above = root_of(s, s->before[j].part);
            r->part = r->part < 0 ? above : join(s, root_of(s, r->part), above);
        }
        if (r->part < 0)
            r->part = new_part(s);
        tns_moments own = moments_of_run(r->first, r->end, y);
        add_moments(&s->parts[root_of(s, r->part)].sum, &own);
    }
    for (int i = 0; i < s->now_count; i++) {
        s->now[i].part = root_of(s, s->now[i].part);
        s->parts[s->now[i].part].row = y;
    }
}

/* Hands on what has ended, and makes its place free. */
static void close_parts(scan *s, int y, tns_component_seen seen, void *data)
{
    for (int i = 0; i < s->before_count; i++) {
        int k = root_of(s, s->before[i].part);
        if (s->parts[k].row == y || s->parts[k].row < 0)
            continue;
        seen(&s->parts[k].sum, data);
        s->parts[k].row = -1;
        s->unused[s->unused_count++] = k;
    }
    while (s->joined_count > 0)
        s->unused[s->unused_count++] = s->joined[--s->joined_count];
    run *swap = s->before;
    s->before = s->now;
    s->before_count = s->now_count;
    s->now = swap;
}

static bool allocate(scan *s)
{
    size_t runs = (size_t)s->width / 2 + 2;
    s->parts = malloc(2 * runs * sizeof *s->parts);
    s->unused = malloc(2 * runs * sizeof *s->unused);
    s->joined = malloc(2 * runs * sizeof *s->joined);
    s->before = malloc(runs * sizeof *s->before);
    s->now = malloc(runs * sizeof *s->now);
    while (s->unused && (size_t)s->unused_count < 2 * runs) {
        s->unused[s->unused_count] = s->unused_count;
        s->unused_count++;
    }
    return s->parts && s->unused && s->joined && s->before && s->now;
}

bool tns_components_each(const uint8_t *edge, int width, int height, int limit,
                         tns_component_seen seen, void *data)
{
    scan s = {.width = width, .limit = limit};
    bool done = allocate(&s);
    for (int y = 0; y < height && done; y++) {
        find_runs(&s, edge + (size_t)y * (size_t)width);
        connect(&s, y);
        close_parts(&s, y, seen, data);
    }
    s.now_count = 0;
    if (done)
        close_parts(&s, height, seen, data);
    free(s.parts);
    free(s.unused);
    free(s.joined);
    free(s.before);
    free(s.now);
    return done;
}
