/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small shelves of made-up pigments, drawn at random but always the same from one seed. */
#ifndef MATCH_SHELF_H
#define MATCH_SHELF_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/match.h>

#include "support/draw.h"
#include "support/testing.h"

/* A floor and one hump somewhere in the visible. */
static inline void draw_curve(uint64_t *state, double most, double out[TNS_BANDS])
{
    double center = draw_between(state, 0, TNS_BANDS), width = draw_between(state, 4, 12);
    double floor = most * draw_between(state, 0.02, 0.3), hump = most * draw(state);
    for (int b = 0; b < TNS_BANDS; b++) {
        double x = (b - center) / width;
        out[b] = floor + hump * exp(-x * x);
    }
}

enum { SHELF_MAX = 8 };

typedef struct shelf {
    tns_palette palette;
    tns_pigment pigments[SHELF_MAX];
} shelf;

/* `count` pigments, from nearly black to nearly white, then a diluent that is all but clear. */
static inline void fill_shelf(shelf *s, int count, bool absolute, tns_amount_basis basis,
                              uint64_t *state)
{
    memset(s, 0, sizeof *s);
    snprintf(s->palette.name, sizeof s->palette.name, "drawn");
    s->palette.model.absolute = absolute;
    s->palette.model.basis = basis;
    snprintf(s->palette.model.load_unit, sizeof s->palette.model.load_unit, "ul/cm2");
    s->palette.count = (size_t)count + 1;
    s->palette.pigments = s->pigments;
    for (int i = 0; i <= count; i++) {
        tns_pigment *p = &s->pigments[i];
        bool last = i == count;
        snprintf(p->id, sizeof p->id, last ? "water" : "p%d", i);
        p->kind = last ? TNS_DILUENT : TNS_PIGMENT;
        draw_curve(state, last ? 1e-4 : draw_between(state, 0.05, 20), p->K);
        draw_curve(state, last ? 1e-4 : draw_between(state, 0.2, 4), p->S);
        p->density_g_ml = draw_between(state, 0.9, 1.6);
        p->cost_per_ml = draw_between(state, 0.1, 3);
    }
}

/*
 * Whether a ratio is listed with these units: by definition, with no arithmetic shared, that none
 * is below its least, and that no smaller multiple of the ratio would do.
 */
static inline bool is_listed(const int *units, const int *least, int n, bool exactly)
{
    int total = 0;
    for (int i = 0; i < n; i++) {
        total += units[i];
        if (units[i] > 0 && units[i] < least[i])
            return false;
    }
    for (int of = 1; of < total && !exactly; of++) {
        bool smaller = true; /* units * of / total, in whole numbers */
        for (int i = 0; i < n && smaller; i++)
            smaller =
                units[i] * of % total == 0 && (units[i] == 0 || units[i] * of / total >= least[i]);
        if (smaller)
            return false;
    }
    return total > 0;
}

static inline void vary_drops(shelf *s, uint64_t *state)
{
    for (size_t i = 0; i < s->palette.count; i++)
        s->pigments[i].drop_ml = draw_between(state, 0.03, 0.06);
}

static inline tns_viewing viewing_of(const char *name)
{
    tns_viewing viewing;
    tns_error err;
    ck_assert_msg(tns_viewing_find(name, &viewing, &err), "%s", err.text);
    return viewing;
}

#endif
