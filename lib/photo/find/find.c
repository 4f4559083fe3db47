/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A chart is accepted only when three things agree: its patches stand on a lattice, their colours
 * come in the chart's order one way round and no other, and the card is of the chart's kind (its
 * greys share one hue, its patches lie apart, its colours can be met). Otherwise it is refused.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "photo/chart/corners.h"
#include "photo/correct/calibration.h"
#include "photo/find/find.h"
#include "photo/find/kind.h"
#include "photo/find/lattice.h"

enum { LEAST_SEEN = 12, LATTICES = 4 };

/* Small charts show only in the finer picture, which takes four times as long. */
static const int long_sides[] = {1600, 3200};

static const char NOTHING[] =
    "no chart found: no rows and columns of patches; if there is one, give its corners";

static const double ORDER_LEAST = 0.85, ORDER_MARGIN = 0.2, RESIDUAL_MOST = 0.06;

/* Where on the lattice the chart may lie: its dark skin, and its steps along a row and a column. */
typedef struct window {
    int column, row;
    int right[2], down[2];
} window;

typedef struct candidate {
    window window;
    double score;
    int seen; /* nodes of the lattice inside */
} candidate;

typedef struct search {
    const tns_image *image;
    const tns_chart *chart;
    const tns_lattice *lattice;
    tns_homography map; /* from the lattice to the image */
    candidate best, second;
    candidate mirrored;
} search;

static tns_point at_window(const window *w, double column, double row)
{
    return (tns_point){w->column + column * w->right[0] + row * w->down[0],
                       w->row + column * w->right[1] + row * w->down[1]};
}

static void corners_of(const search *s, const window *w, tns_point corners[4])
{
    int c = s->chart->columns - 1, r = s->chart->rows - 1;
    const int places[4][2] = {{0, 0}, {c, 0}, {c, r}, {0, r}};
    for (int i = 0; i < 4; i++)
        corners[i] = tns_homography_apply(&s->map, at_window(w, places[i][0], places[i][1]));
}

static int count_seen(const search *s, const window *w)
{
    int seen = 0;
    for (int i = 0; i < s->lattice->count; i++) {
        int x = s->lattice->node[i].column - w->column, y = s->lattice->node[i].row - w->row;
        int column = x * w->right[0] + y * w->right[1], row = x * w->down[0] + y * w->down[1];
        seen += column >= 0 && row >= 0 && column < s->chart->columns && row < s->chart->rows;
    }
    return seen;
}

static bool is_in_image(const tns_image *image, const tns_point corners[4])
{
    return tns_corners_check(image, corners, NULL);
}

/* One pixel a patch would do; a few, in a cross, bear dust. */
static void sample_quickly(const search *s, const window *w, tns_patch_sample *samples)
{
    static const double cross[5][2] = {{0, 0}, {0.15, 0}, {-0.15, 0}, {0, 0.15}, {0, -0.15}};
    const tns_image_info *info = tns_image_describe(s->image);
    memset(samples, 0, (size_t)s->chart->count * sizeof *samples);
    for (int i = 0; i < s->chart->count; i++) {
        const tns_chart_patch *patch = &s->chart->patch[i];
        tns_point node = at_window(w, patch->x, patch->y);
        for (int k = 0; k < 5; k++) {
            tns_point p = tns_homography_apply(
                &s->map, (tns_point){node.x + cross[k][0], node.y + cross[k][1]});
            int x = (int)fmin(fmax(p.x, 0), info->width - 1);
            int y = (int)fmin(fmax(p.y, 0), info->height - 1);
            float rgb[1][3];
            tns_image_read(s->image, x, y, 1, rgb);
            for (int c = 0; c < 3; c++)
                samples[i].rgb[c] += rgb[0][c] / 5;
        }
        samples[i].count = 5;
    }
}

static bool is_mirrored(const window *w)
{
    return w->right[0] * w->down[1] - w->right[1] * w->down[0] < 0;
}

static void try_window(search *s, const window *w)
{
    tns_point corners[4];
    tns_patch_sample samples[TNS_CHART_PATCHES_MAX];
    candidate c = {.window = *w, .seen = count_seen(s, w)};
    corners_of(s, w, corners);
    if (c.seen < LEAST_SEEN || !is_in_image(s->image, corners))
        return;
    sample_quickly(s, w, samples);
    c.score = tns_order_score(s->chart, samples);
    if (is_mirrored(w)) {
        if (c.score > s->mirrored.score)
            s->mirrored = c;
    } else if (c.score > s->best.score) {
        s->second = s->best;
        s->best = c;
    } else if (c.score > s->second.score) {
        s->second = c;
    }
}

/* Every place of the chart's frame over the lattice, every way round, mirrored as well. */
static void try_windows(search *s)
{
    static const int ways[8][4] = {{1, 0, 0, 1},  {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0},
                                   {-1, 0, 0, 1}, {0, 1, 1, 0},  {1, 0, 0, -1},  {0, -1, -1, 0}};
    for (int k = 0; k < 8; k++)
        for (int row = -15; row <= 15; row++)
            for (int column = -15; column <= 15; column++) {
                window w = {column, row, {ways[k][0], ways[k][1]}, {ways[k][2], ways[k][3]}};
                try_window(s, &w);
            }
}

static bool refuse(tns_found_chart *out, const char *reason)
{
    snprintf(out->reason, sizeof out->reason, "%s", reason);
    return true;
}

/* Whether the lattice's orientation keeps the picture's: a turn to the right is one in both. */
static bool is_flipped(const tns_lattice *l)
{
    tns_point o = tns_homography_apply(&l->map, (tns_point){0, 0});
    tns_point a = tns_homography_apply(&l->map, (tns_point){1, 0});
    tns_point b = tns_homography_apply(&l->map, (tns_point){0, 1});
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x) < 0;
}

static bool judge(const search *s, const tns_context *context, tns_found_chart *out, tns_error *err)
{
    if (s->best.seen == 0 && s->mirrored.seen == 0)
        return refuse(out, NOTHING);
    bool mirrored = s->mirrored.score > s->best.score;
    const candidate *c = mirrored ? &s->mirrored : &s->best;
    corners_of(s, &c->window, out->corners);
    out->has_corners = true;
    out->order_score = c->score;
    if (c->score < ORDER_LEAST)
        return refuse(out, "something like a chart, but its colors do not come in the chart's "
                           "order; if it is one, give its corners");
    if (mirrored)
        return refuse(out, "the chart is mirrored: the picture was flipped");
    if (c->score - s->second.score < ORDER_MARGIN)
        return refuse(out, "the chart could lie in more than one way; give its corners");
    if (!tns_placement_of_corners(s->image, s->chart, out->corners, &out->placement))
        return refuse(out, NOTHING);
    return tns_kind_check(s->image, s->chart, &out->placement, context, out->reason,
                          sizeof out->reason, err);
}

/* Looks through one lattice; `s` keeps the best of all. */
static void search_lattice(search *s, const tns_blob *blobs, tns_lattice *lattice, int factor)
{
    if (!tns_lattice_settle(blobs, lattice) || lattice->residual > RESIDUAL_MOST ||
        is_flipped(lattice))
        return;
    search own = *s;
    own.map = lattice->map;
    own.lattice = lattice;
    own.best.score = own.second.score = own.mirrored.score = -1;
    for (int k = 0; k < 3; k++) {
        own.map.h[0][k] *= factor;
        own.map.h[1][k] *= factor;
    }
    try_windows(&own);
    if (fmax(own.best.score, own.mirrored.score) > fmax(s->best.score, s->mirrored.score))
        *s = own;
}

/* False when out of memory. */
static bool search_at(search *s, int long_side)
{
    tns_reduced reduced;
    tns_blob *blobs = malloc((TNS_BLOBS_MAX + 1) * sizeof *blobs);
    bool made = tns_reduced_make(s->image, long_side, &reduced) && blobs;
    int count = made ? tns_blobs_find(&reduced, blobs) : -1;
    tns_lattice lattice;
    for (int k = 0; k < LATTICES && count > 0 && tns_lattice_find(blobs, count, &lattice); k++)
        search_lattice(s, blobs, &lattice, reduced.factor);
    tns_reduced_finish(&reduced);
    free(blobs);
    return count >= 0;
}

static bool is_sure(const search *s)
{
    return fmax(s->best.score, s->mirrored.score) >= ORDER_LEAST;
}

bool tns_find_chart(const tns_image *image, const tns_chart *chart, const tns_context *context,
                    tns_found_chart *out, tns_error *err)
{
    const tns_image_info *info = tns_image_describe(image);
    search s = {.image = image, .chart = chart};
    s.best.score = s.second.score = s.mirrored.score = -1;
    memset(out, 0, sizeof *out);
    for (int k = 0; k < 2 && !is_sure(&s); k++) {
        if (tns_context_cancelled(context))
            return tns_error_set(err, TNS_ERROR_CANCELLED, "photo: cancelled");
        bool finer = k == 0 || info->width > long_sides[0] || info->height > long_sides[0];
        if (finer && !search_at(&s, long_sides[k]))
            return tns_error_set(err, TNS_ERROR_MEMORY, "chart: out of memory");
    }
    return judge(&s, context, out, err);
}
