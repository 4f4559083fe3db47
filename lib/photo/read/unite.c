/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "photo/read/nearby.h"
#include "photo/read/units.h"

static const double WITHIN = 0.6; /* of the smaller outline */

typedef struct outline {
    int x0, y0, x1, y1, hairs;
} outline;

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

static void draw_outlines(const tns_hairs *hairs, const size_t *unit_of, size_t units, outline *out)
{
    for (size_t i = 0; i < units; i++)
        out[i] = (outline){1 << 30, 1 << 30, -(1 << 30), -(1 << 30), 0};
    for (size_t i = 0; i < hairs->count; i++) {
        const tns_stroke *s = &hairs->stroke[i];
        outline *u = &out[unit_of[i]];
        *u = (outline){least(u->x0, s->x0), least(u->y0, s->y0), most(u->x1, s->x1),
                       most(u->y1, s->y1), u->hairs + 1};
    }
}

static double area(int x0, int y0, int x1, int y1)
{
    return x1 > x0 && y1 > y0 ? (double)(x1 - x0) * (y1 - y0) : 0;
}

/* Units of as many hairs as scalps have only: others that overlap may be two. */
static bool is_within(const outline *a, const outline *b)
{
    if (a->hairs + b->hairs <= TNS_UNIT_HAIRS)
        return false;
    double small = area(a->x0, a->y0, a->x1, a->y1), large = area(b->x0, b->y0, b->x1, b->y1);
    double both =
        area(most(a->x0, b->x0), most(a->y0, b->y0), least(a->x1, b->x1), least(a->y1, b->y1));
    return small <= large && both > WITHIN * small;
}

/*
 * Each unit's larger one that holds it, or itself. Never in a circle: `into` is checked first. More
 * than half of a width and of a height lies around the middle: only what holds that is looked at.
 */
static void find_holders(const outline *at, size_t units, const tns_nearby *nearby, size_t *into)
{
    for (size_t i = 0; i < units; i++)
        into[i] = i;
    for (size_t i = 0; i < units; i++) {
        size_t count;
        const size_t *near =
            tns_nearby_at(nearby, (at[i].x0 + at[i].x1) / 2.0, (at[i].y0 + at[i].y1) / 2.0, &count);
        for (size_t k = 0; k < count && into[i] == i; k++)
            if (i != near[k] && into[near[k]] == near[k] && is_within(&at[i], &at[near[k]]))
                into[i] = near[k];
    }
}

static bool sort_out(const outline *at, size_t units, tns_nearby *out)
{
    tns_rect *rect = malloc((units + 1) * sizeof *rect);
    for (size_t i = 0; rect && i < units; i++)
        rect[i] = (tns_rect){at[i].x0, at[i].y0, at[i].x1, at[i].y1};
    *out = (tns_nearby){0};
    bool done = rect && tns_nearby_make(rect, units, out);
    free(rect);
    return done;
}

static size_t number_anew(const tns_hairs *hairs, size_t units, const size_t *into, size_t *number,
                          size_t *unit_of)
{
    size_t count = 0;
    for (size_t i = 0; i < units; i++)
        number[i] = units;
    for (size_t i = 0; i < hairs->count; i++) {
        size_t u = unit_of[i];
        while (into[u] != u)
            u = into[u];
        if (number[u] == units)
            number[u] = count++;
        unit_of[i] = number[u];
    }
    return count;
}

bool tns_units_unite(const tns_hairs *hairs, size_t *unit_of, size_t *units)
{
    outline *at = malloc((*units + 1) * sizeof *at);
    size_t *into = malloc((*units + 1) * sizeof *into);
    size_t *number = malloc((*units + 1) * sizeof *number);
    tns_nearby nearby = {0};
    if (at)
        draw_outlines(hairs, unit_of, *units, at);
    bool done = at && into && number && sort_out(at, *units, &nearby);
    if (done) {
        find_holders(at, *units, &nearby, into);
        *units = number_anew(hairs, *units, into, number, unit_of);
    }
    tns_nearby_finish(&nearby);
    free(at);
    free(into);
    free(number);
    return done;
}
