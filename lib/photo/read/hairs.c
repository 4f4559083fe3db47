/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/read/hairs.h"

enum {
    STROKES_MOST = 5, /* in a spot: a follicular unit has four hairs at most, nearly always */
    DEAR = 2          /* levels up to it cost more than the rest together */
};

static const double FALLS = 0.7;   /* of the best score: finer levels will not do better */
static const double NARROW = 6;    /* pixels: hairs so narrow are looked at more finely ... */
static const double AS_GOOD = 0.8; /* ... where that scores about as well */
static const double SAME = 0.7;    /* of a width: less is another thing */
static const double EARNS = 1.5;   /* times the score */
static const double BLUE = 0.4;    /* of red's contrast: short waves come back from above a root */

typedef struct view {
    tns_ground ground;
    tns_spots spots;
} view;

static void view_finish(view *v)
{
    tns_ground_finish(&v->ground);
    tns_spots_finish(&v->spots);
}

/*
 * A finer view of the same hairs is as good unless it loses some, and better where they are narrow;
 * one that makes other things of them, such as the edges beside a reflex, must earn it.
 */
static bool is_better(const view *now, const view *best)
{
    double width = now->spots.width * now->ground.step;
    double rival = best->spots.score, coarser = best->spots.width * best->ground.step;
    if (width < SAME * coarser)
        return now->spots.score > EARNS * rival;
    return now->spots.score > (best->spots.width < NARROW ? AS_GOOD : 1) * rival;
}

/* From coarse to fine, since the finest levels cost most and are often not needed. */
static bool choose_view(const tns_light *light, const tns_plot *plot, const tns_layers *layers,
                        view *best)
{
    for (int i = layers->count - 1; i >= 0; i--) {
        view now = {0};
        bool done = tns_ground_look(layers, i, &now.ground) &&
                    tns_spots_find(light, plot, &now.ground, &now.spots) &&
                    tns_spots_keep_hairs(&now.spots);
        bool falls = i <= DEAR && now.spots.score < FALLS * best->spots.score;
        if (!done || is_better(&now, best)) {
            view_finish(best);
            *best = now;
        } else {
            view_finish(&now);
        }
        if (!done || falls)
            return done;
    }
    return true;
}

static void cut_to(const tns_spot *spot, tns_stroke *s)
{
    double half = s->width / 2;
    s->x0 = (int)fmax(spot->x0, floor(fmin(s->x[0], s->x[1]) - half));
    s->y0 = (int)fmax(spot->y0, floor(fmin(s->y[0], s->y[1]) - half));
    s->x1 = (int)fmin(spot->x1, ceil(fmax(s->x[0], s->x[1]) + half));
    s->y1 = (int)fmin(spot->y1, ceil(fmax(s->y[0], s->y[1]) + half));
}

static bool add_strokes(const view *v, size_t spot, tns_hairs *out)
{
    const tns_spot *from = &v->spots.spot[spot];
    tns_stroke *to = out->stroke + out->count;
    size_t n = tns_spot_strokes(&v->ground, &v->spots, spot, to, STROKES_MOST);
    for (size_t i = 0; i < n; i++) {
        to[i].spot = spot;
        to[i].contrast = from->dark;
        to[i].through = from->tint[2] < BLUE * from->tint[0];
        cut_to(from, &to[i]);
    }
    out->count += n;
    return n > 0;
}

bool tns_hairs_find(const tns_light *light, const tns_plot *plot, tns_hairs *out)
{
    tns_layers layers;
    view v = {0};
    *out = (tns_hairs){0};
    bool done = tns_layers_read(light, plot, &layers) && choose_view(light, plot, &layers, &v);
    tns_layers_finish(&layers);
    if (done) {
        out->step = v.ground.step;
        out->columns = v.ground.width;
        out->rows = v.ground.height;
        out->width = v.spots.width;
        out->stroke = malloc((STROKES_MOST * v.spots.count + 1) * sizeof *out->stroke);
        done = out->stroke != NULL;
    }
    for (size_t i = 0; done && i < v.spots.count; i++)
        done = add_strokes(&v, i, out);
    view_finish(&v);
    return done;
}

void tns_hairs_finish(tns_hairs *hairs)
{
    free(hairs->stroke);
    *hairs = (tns_hairs){0};
}
