/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/read/hairs.h"

/*
 * Hairs of one follicle touch and cross. A spot is explained by strokes, one after the other: the
 * straight band of a hair's width that holds most of what is not yet explained, until what is left
 * is shorter than a hair is worth calling one.
 */
enum {
    WAYS = 18,   /* directions tried, 10 degrees apart */
    CROSSING = 2 /* fine hairs in one spot: where more seem to be, it is something's outline */
};

static const double WIDER = 1.15;    /* than usual: more is hairs side by side */
static const double SHORTEST = 1.5;  /* widths: a stroke beyond the first */
static const double REACH = 0.85;    /* widths from its axis that a stroke explains */
static const double THIN = 0.65;     /* of the usual width ... */
static const double BROAD = 4;       /* ... and so many widths across: no hair, nor two */
static const double STRAIGHT = 0.72; /* share of a single stroke's rectangle that it fills */

typedef struct dot {
    double x, y;
} dot;

typedef struct pieces {
    dot *left; /* pixels not yet explained */
    int count;
    double width;
    int *band; /* of pixels, by place across and along */
    int across, along;
} pieces;

typedef struct run {
    int way, band, first, last, pixels;
} run;

/* Across in halves of a width, so that a band is two of them; along in pixels. */
static void place(const pieces *p, int way, dot at, int *across, int *along)
{
    double angle = 3.14159265358979 * way / WAYS, c = cos(angle), s = sin(angle);
    *along = (int)floor(at.x * c + at.y * s + p->along / 2.0);
    *across = (int)floor((at.y * c - at.x * s) / (p->width / 2) + p->across / 2.0);
}

static void fill_bands(pieces *p, int way)
{
    memset(p->band, 0, (size_t)p->across * (size_t)p->along * sizeof *p->band);
    double angle = 3.14159265358979 * way / WAYS, c = cos(angle), s = sin(angle);
    double per = 2 / p->width;
    for (int i = 0; i < p->count; i++) {
        int along = (int)(p->left[i].x * c + p->left[i].y * s + p->along / 2.0);
        int across = (int)((p->left[i].y * c - p->left[i].x * s) * per + p->across / 2.0);
        p->band[across * p->along + along]++;
    }
}

/* The longest filled stretch of each band; a gap of one pixel is none. */
static void find_run(const pieces *p, int way, run *best)
{
    double enough = 0.55 * p->width;
    for (int b = 0; b + 1 < p->across; b++) {
        const int *one = p->band + b * p->along, *other = one + p->along;
        int first = -1, sum = 0, gap = 0;
        for (int u = 0; u < p->along; u++) {
            int here = one[u] + other[u];
            if (here >= enough) {
                first = first < 0 ? u : first;
                gap = 0;
                sum += here;
                if (sum > best->pixels)
                    *best = (run){way, b, first, u, sum};
            } else if (first >= 0 && ++gap > 1) {
                first = -1;
                sum = 0;
            }
        }
    }
}

static void fit(const dot *dots, int n, double width, tns_stroke *out)
{
    double x = 0, y = 0, xx = 0, xy = 0, yy = 0;
    for (int i = 0; i < n; i++) {
        x += dots[i].x / n;
        y += dots[i].y / n;
    }
    for (int i = 0; i < n; i++) {
        xx += (dots[i].x - x) * (dots[i].x - x) / n;
        xy += (dots[i].x - x) * (dots[i].y - y) / n;
        yy += (dots[i].y - y) * (dots[i].y - y) / n;
    }
    double angle = 0.5 * atan2(2 * xy, xx - yy);
    double long_side = sqrt(12 * ((xx + yy) / 2 + hypot((xx - yy) / 2, xy)) + 1);
    double half = fmax(long_side - width, 0) / 2;
    for (int i = 0; i < 2; i++) {
        out->x[i] = x + (i ? half : -half) * cos(angle);
        out->y[i] = y + (i ? half : -half) * sin(angle);
    }
    out->width = width;
}

static double distance_to(dot p, const tns_stroke *s)
{
    double dx = s->x[1] - s->x[0], dy = s->y[1] - s->y[0], square = dx * dx + dy * dy;
    double t = square > 0 ? ((p.x - s->x[0]) * dx + (p.y - s->y[0]) * dy) / square : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(p.x - s->x[0] - t * dx, p.y - s->y[0] - t * dy);
}

/* The stroke of a run; its pixels come first in `left`. */
static void take(pieces *p, const run *r, tns_stroke *out)
{
    int n = 0;
    for (int i = 0; i < p->count; i++) {
        int across, along;
        place(p, r->way, p->left[i], &across, &along);
        if (across < r->band || across > r->band + 1 || along < r->first || along > r->last)
            continue;
        dot swap = p->left[n];
        p->left[n++] = p->left[i];
        p->left[i] = swap;
    }
    fit(p->left, n, p->width, out);
}

static void explain(pieces *p, const tns_stroke *stroke)
{
    int kept = 0;
    for (int i = 0; i < p->count; i++)
        if (distance_to(p->left[i], stroke) > REACH * p->width)
            p->left[kept++] = p->left[i];
    p->count = kept;
}

static size_t split(pieces *p, tns_stroke *out, size_t most)
{
    size_t n = 0;
    while (n < most) {
        run best = {0};
        for (int way = 0; way < WAYS; way++) {
            fill_bands(p, way);
            find_run(p, way, &best);
        }
        if (best.pixels < SHORTEST * p->width * p->width)
            break;
        take(p, &best, &out[n]);
        explain(p, &out[n++]);
    }
    return n;
}

static bool is_single(const tns_spot *spot, double width)
{
    double rectangle = spot->length * width;
    return spot->length < 2 * width ||
           (spot->area < rectangle / STRAIGHT && spot->area > rectangle * STRAIGHT);
}

/* Thin, and bent or closed: the edge of a mole or of a bubble. */
static bool is_outline(const tns_spot *spot, double usual)
{
    return spot->width < THIN * usual && spot->across > BROAD * spot->width;
}

/* Of the spot's pixels those that are on no ring, about (x, y). */
static void gather(const tns_ground *ground, const tns_spots *spots, const tns_spot *spot,
                   const tns_rings *rings, double x, double y, pieces *p)
{
    for (int i = spot->first; i < spot->first + spot->area; i++) {
        double px = spots->pixel[i] % ground->width + 0.5;
        double py = spots->pixel[i] / ground->width + 0.5;
        if (!tns_rings_hold(rings, px, py))
            p->left[p->count++] = (dot){px - x, py - y};
    }
}

static size_t strokes_of(const tns_spot *spot, double usual, pieces *p, tns_stroke *out,
                         size_t most)
{
    static const double WORTH = 0.3; /* of a spot: less is what a ring left over */
    size_t n = 0;
    int whole = p->count;
    if (whole < WORTH * spot->area)
        return 0;
    if (whole < spot->area || !is_single(spot, p->width))
        n = split(p, out, most);
    if (n > CROSSING && is_outline(spot, usual))
        return 0;
    if (n > 0 || whole < spot->area)
        return n;
    fit(p->left, whole, fmax(fmin(spot->width, WIDER * usual), 1), out);
    return 1;
}

bool tns_spot_strokes(const tns_ground *ground, const tns_spots *spots, size_t index,
                      const tns_rings *rings, tns_stroke *out, size_t most, size_t *count)
{
    const tns_spot *spot = &spots->spot[index];
    double across = spot->x1 - spot->x0, down = spot->y1 - spot->y0;
    int reach = 2 * ((int)(hypot(across, down) / 2) + 2);
    pieces p = {.width = fmax(fmin(spot->width, spots->width), 1), .along = reach};
    p.across = 2 * ((int)(reach / p.width) + 2);
    p.left = malloc((size_t)spot->area * sizeof *p.left);
    p.band = malloc((size_t)p.across * (size_t)p.along * sizeof *p.band);
    bool done = p.left && p.band;
    double x = (spot->x0 + spot->x1) / 2.0, y = (spot->y0 + spot->y1) / 2.0;
    *count = 0;
    if (done) {
        gather(ground, spots, spot, rings, x, y, &p);
        *count = strokes_of(spot, spots->width, &p, out, most);
    }
    for (size_t i = 0; i < *count; i++)
        for (int k = 0; k < 2; k++) {
            out[i].x[k] += x;
            out[i].y[k] += y;
        }
    free(p.left);
    free(p.band);
    return done;
}
