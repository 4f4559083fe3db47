/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>

#include "match/pot/addition_corners.h"

static const tns_ink NOTHING = {.amount = 0};

static void add_corner(tns_addition_corners *c, const tns_ink *base, const tns_ink *unit, int n)
{
    c->corner[c->count++] = (tns_corner){base, unit, (float)n};
}

/* The fewest units of each pigment, with so much diluent. */
static void add_least(tns_addition_corners *c, const tns_screen_kernels *kernels,
                      const tns_addition_hull *h, int diluent)
{
    tns_ink *out = &c->base[c->base_count++];
    *out = c->pot;
    if (diluent > 0)
        kernels->add(out, &c->pot, diluent, h->diluent, &NOTHING);
    for (int i = 0; i < h->count; i++) {
        tns_ink before = *out;
        kernels->add(out, &before, h->low[i], h->unit[i], &NOTHING);
    }
}

static int left_over(const tns_addition_hull *h)
{
    int left = h->max_units;
    for (int i = 0; i < h->count; i++)
        left -= h->low[i];
    return left;
}

/* Whether each pigment may have all that is left. */
static bool any_may_have(const tns_addition_hull *h, int left)
{
    bool any = true;
    for (int i = 0; i < h->count; i++)
        any = any && h->high[i] - h->low[i] >= left;
    return any;
}

/* Each base with all that is left of one pigment. */
static void add_simplex(tns_addition_corners *c, const tns_addition_hull *h, int left)
{
    for (int e = 0; e < c->base_count; e++) {
        add_corner(c, &c->base[e], &NOTHING, 0);
        for (int i = 0; i < h->count && left > 0; i++)
            add_corner(c, &c->base[e], h->unit[i], left);
    }
}

static int last_open(const tns_addition_hull *h)
{
    int last = h->count - 1;
    while (last >= 0 && h->high[last] == h->low[last])
        last--;
    return last;
}

/* Each pigment with its fewest or its most units. */
static void add_all_ends(tns_addition_corners *c, const tns_screen_kernels *kernels,
                         const tns_addition_hull *h)
{
    int last = last_open(h);
    for (int i = 0; i < last; i++) {
        int range = h->high[i] - h->low[i], ends = c->base_count;
        for (int e = 0; e < ends && range > 0; e++)
            kernels->add(&c->base[c->base_count++], &c->base[e], range, h->unit[i], &NOTHING);
    }
    for (int e = 0; e < c->base_count; e++) {
        add_corner(c, &c->base[e], &NOTHING, 0);
        if (last >= 0)
            add_corner(c, &c->base[e], h->unit[last], h->high[last] - h->low[last]);
    }
}

void tns_addition_corners_fill(tns_addition_corners *out, const tns_screen_kernels *kernels,
                               const tns_addition_hull *hull)
{
    int left = left_over(hull);
    out->count = out->base_count = 0;
    add_least(out, kernels, hull, hull->least_diluent);
    if (hull->most_diluent > hull->least_diluent)
        add_least(out, kernels, hull, hull->most_diluent);
    if (any_may_have(hull, left))
        add_simplex(out, hull, left);
    else
        add_all_ends(out, kernels, hull);
}
