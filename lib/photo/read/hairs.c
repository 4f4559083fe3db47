/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/read/hairs.h"
#include "photo/read/view.h"

enum { STROKES_MOST = 5 }; /* in a spot: a follicular unit has four hairs at most, nearly always */

static const double BLUE = 0.4; /* of red's contrast: short waves come back from above a root */

static void cut_to(const tns_spot *spot, tns_stroke *s)
{
    double half = s->width / 2;
    s->x0 = (int)fmax(spot->x0, floor(fmin(s->x[0], s->x[1]) - half));
    s->y0 = (int)fmax(spot->y0, floor(fmin(s->y[0], s->y[1]) - half));
    s->x1 = (int)fmin(spot->x1, ceil(fmax(s->x[0], s->x[1]) + half));
    s->y1 = (int)fmin(spot->y1, ceil(fmax(s->y[0], s->y[1]) + half));
}

/* Its strokes, in pixels of `step`. */
static bool add_strokes(const tns_view *v, size_t spot, const tns_rings *rings, bool bright,
                        tns_hairs *out)
{
    const tns_spot *from = &v->spots.spot[spot];
    tns_stroke *to = out->stroke + out->count;
    size_t n;
    if (!tns_spot_strokes(&v->ground, &v->spots, spot, rings, to, STROKES_MOST, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        to[i].spot = spot;
        to[i].contrast = bright ? -from->dark : from->dark;
        to[i].through = !bright && from->tint[2] < BLUE * from->tint[0];
        cut_to(from, &to[i]);
    }
    out->count += n;
    return true;
}

/* One stroke each, after the others. */
static void add_unsure(const tns_spots *spots, tns_hairs *out)
{
    out->unsure = spots->unsure;
    for (size_t i = 0; i < spots->unsure; i++) {
        const tns_spot *from = &spots->spot[spots->count + i];
        double half = fmax(from->length - from->width, 0) / 2;
        out->stroke[out->count + i] =
            (tns_stroke){.x = {from->x - half * from->along_x, from->x + half * from->along_x},
                         .y = {from->y - half * from->along_y, from->y + half * from->along_y},
                         .width = from->width,
                         .contrast = -from->dark};
    }
}

static bool read_view(const tns_view *v, bool bright, tns_hairs *out)
{
    out->step = v->ground.step;
    out->columns = v->ground.width;
    out->rows = v->ground.height;
    out->width = v->spots.width;
    out->score = v->spots.score;
    out->stroke =
        malloc((STROKES_MOST * v->spots.count + v->spots.unsure + 1) * sizeof *out->stroke);
    if (!out->stroke)
        return false;
    tns_rings rings = tns_rings_find(&v->ground, &v->spots);
    for (size_t i = 0; i < v->spots.count; i++)
        if (!add_strokes(v, i, &rings, bright, out))
            return false;
    add_unsure(&v->spots, out);
    return true;
}

/* Dark hair, or with what that is like, bright hair. */
static bool look_for(const tns_light *light, const tns_plot *plot, const tns_layers *layers,
                     const tns_habit *dark, tns_hairs *out)
{
    tns_view v;
    bool done = tns_view_choose(light, plot, layers, dark, &v) && read_view(&v, dark != NULL, out);
    tns_view_finish(&v);
    return done;
}

static tns_habit habit_of(const tns_hairs *hairs)
{
    tns_habit out = {.count = hairs->count, .width_px = hairs->step * hairs->width};
    double all = 0;
    for (size_t i = 0; i < hairs->count; i++) {
        const tns_stroke *s = &hairs->stroke[i];
        double dx = s->x[1] - s->x[0], dy = s->y[1] - s->y[0], length = hypot(dx, dy);
        if (length > 0) {
            out.x += (dx * dx - dy * dy) / length;
            out.y += 2 * dx * dy / length;
            all += length;
        }
    }
    out.x /= all > 0 ? all : 1;
    out.y /= all > 0 ? all : 1;
    return out;
}

bool tns_hairs_find(const tns_light *light, const tns_plot *plot, tns_hairs *out)
{
    tns_layers layers;
    tns_hairs white = {0};
    *out = (tns_hairs){0};
    bool done = tns_layers_read(light, plot, &layers) && look_for(light, plot, &layers, NULL, out);
    tns_habit dark = habit_of(out);
    done =
        done && look_for(light, plot, &layers, &dark, &white) && tns_hairs_add_white(out, &white);
    tns_layers_finish(&layers);
    tns_hairs_finish(&white);
    return done;
}

void tns_hairs_finish(tns_hairs *hairs)
{
    free(hairs->stroke);
    *hairs = (tns_hairs){0};
}
