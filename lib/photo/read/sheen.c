/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/correct/correction.h"
#include "photo/read/sheen.h"

enum { CELL = 16, ENOUGH = 40 }; /* pixels gathered: a side, and least in a cell */

/* Of a normal distribution one standard deviation is so many median deviations. */
static const double MAD_TO_SD = 1.4826;

static const double NEUTRAL = 0.05;    /* saturation below which the pull to white cannot be seen */
static const double PULL = 0.9;        /* of the usual saturation: less is pulled toward white */
static const double LEAST_GAIN = 0.03; /* of the usual luminance: no gleam is weaker */

/* What some pixels are like, gleams aside. */
typedef struct usual {
    double luminance, deviation, saturation;
} usual;

/* Distance from white over the luminance: mirrored light adds to the latter alone. */
static double saturation(const tns_region_pixel *p)
{
    double y = fmax(p->xyz[1], 1e-3);
    return hypot(p->xyz[0] / tns_photo_white.X * 100 - y, p->xyz[2] / tns_photo_white.Z * 100 - y) /
           y;
}

/*
 * `scratch` holds the luminances of the n pixels in question and is changed. The deviation is that
 * of the darker half, which no gleam is in.
 */
static usual usual_luminance(float *scratch, size_t n)
{
    usual out = {.luminance = tns_float_median(scratch, n)};
    size_t half = (n + 1) / 2; /* those not above it stand first */
    for (size_t i = 0; i < half; i++)
        scratch[i] = (float)out.luminance - scratch[i];
    out.deviation = MAD_TO_SD * tns_float_median(scratch, half);
    return out;
}

static bool is_brighter(const tns_region_pixel *p, const usual *u)
{
    return p->xyz[1] > u->luminance + fmax(3 * u->deviation, LEAST_GAIN * u->luminance);
}

static bool is_sheen(const tns_region_pixel *p, const usual *u, bool local)
{
    if (!is_brighter(p, u))
        return false;
    return u->saturation < NEUTRAL ? !local : saturation(p) < PULL * u->saturation;
}

/* The median saturation of those that are not brighter than usual. */
static void set_saturation(const tns_region_pixels *p, const size_t *of, size_t n, float *scratch,
                           usual *u)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const tns_region_pixel *one = &p->item[of ? of[i] : i];
        if (one->xyz[1] <= u->luminance + u->deviation)
            scratch[count++] = (float)saturation(one);
    }
    u->saturation = count > 0 ? tns_float_median(scratch, count) : 0;
}

static usual usual_of(const tns_region_pixels *p, const size_t *of, size_t n, float *scratch)
{
    for (size_t i = 0; i < n; i++)
        scratch[i] = p->item[of ? of[i] : i].xyz[1];
    usual u = usual_luminance(scratch, n);
    set_saturation(p, of, n, scratch, &u);
    return u;
}

static void mark(const tns_region_pixels *p, const size_t *of, size_t n, float *scratch, bool *out)
{
    usual u = usual_of(p, of, n, scratch);
    for (size_t i = 0; i < n; i++) {
        size_t at = of ? of[i] : i;
        out[at] = out[at] || is_sheen(&p->item[at], &u, of != NULL);
    }
}

typedef struct cells {
    size_t count, *end, *member; /* members of cell i: end[i - 1] .. end[i] - 1 */
} cells;

static size_t cell_of(const tns_region_pixels *p, const tns_region_pixel *one)
{
    int side = CELL * p->step, across = (p->width + side - 1) / side;
    return (size_t)(one->y / side * across + one->x / side);
}

static void sort_into_cells(const tns_region_pixels *p, cells *c)
{
    for (size_t i = 0; i < p->count; i++)
        c->end[cell_of(p, &p->item[i])]++;
    for (size_t i = 1; i < c->count; i++)
        c->end[i] += c->end[i - 1];
    for (size_t i = p->count; i-- > 0;)
        c->member[--c->end[cell_of(p, &p->item[i])]] = i;
    for (size_t i = 0; i + 1 < c->count; i++) /* of starts, ends again */
        c->end[i] = c->end[i + 1];
    c->end[c->count - 1] = p->count;
}

static void mark_cells(const tns_region_pixels *p, const cells *c, float *scratch, bool *out)
{
    size_t start = 0;
    for (size_t i = 0; i < c->count; start = c->end[i++])
        if (c->end[i] - start >= ENOUGH)
            mark(p, c->member + start, c->end[i] - start, scratch, out);
}

static void drop(tns_region_pixels *p, const bool *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++)
        if (!out[i])
            p->item[kept++] = p->item[i];
    p->count = kept;
}

static size_t count_of(const bool *out, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += out[i];
    return count;
}

bool tns_sheen_drop(tns_region_pixels *p, double most)
{
    float *scratch = malloc(p->count * sizeof *scratch);
    bool *out = calloc(p->count, sizeof *out), done = scratch && out;
    if (done) {
        mark(p, NULL, p->count, scratch, out);
        if ((double)count_of(out, p->count) <= most * (double)p->count)
            drop(p, out);
    }
    free(scratch);
    free(out);
    return done;
}

bool tns_sheen_drop_spots(tns_region_pixels *p)
{
    int side = CELL * p->step;
    cells c = {.count = (size_t)((p->width + side - 1) / side) *
                        (size_t)((p->height + side - 1) / side)};
    float *scratch = malloc(p->count * sizeof *scratch);
    bool *out = calloc(p->count, sizeof *out);
    c.end = calloc(c.count, sizeof *c.end);
    c.member = malloc(p->count * sizeof *c.member);
    bool done = scratch && out && c.end && c.member;
    if (done) {
        sort_into_cells(p, &c);
        mark_cells(p, &c, scratch, out);
        drop(p, out);
    }
    free(scratch);
    free(out);
    free(c.end);
    free(c.member);
    return done;
}
