/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/sort.h"
#include "photo/read/hairs.h"

/*
 * White hair is told from reflexes, scale and lint by what it has in common with other hair:
 *   WEIGHT  of its evidence: it may be many times as bright as skin, but reflexes are so too
 *   ALIKE   its width: within this factor of dark hair's
 *   SHADE   of its contrast: dark hair among it is darker than that
 *   ASLANT  cosine of twice the angle to the way of the rest
 *   ALONG   length of the mean of doubled angles above which hair has a common way
 */
static const double WEIGHT = 0.3, ALIKE = 2, SHADE = 0.35, ASLANT = 0.3, ALONG = 0.4;

enum { FEWEST = 3 }; /* what two have in common is chance */

/* Mean of doubled angles, by length; 0 where all ways are alike. */
typedef struct way {
    double x, y, length;
} way;

static void add_way(const tns_hairs *hairs, double scale, way *sum)
{
    for (size_t i = 0; i < hairs->count; i++) {
        const tns_stroke *s = &hairs->stroke[i];
        double dx = scale * (s->x[1] - s->x[0]), dy = scale * (s->y[1] - s->y[0]);
        double length = hypot(dx, dy);
        if (length > 0) {
            sum->x += (dx * dx - dy * dy) / length;
            sum->y += 2 * dx * dy / length;
            sum->length += length;
        }
    }
}

static bool lies_along(const tns_stroke *s, const way *w)
{
    double dx = s->x[1] - s->x[0], dy = s->y[1] - s->y[0], mean = hypot(w->x, w->y);
    if (mean <= ALONG * w->length)
        return true;
    double x = dx * dx - dy * dy, y = 2 * dx * dy;
    return x * w->x + y * w->y > ASLANT * mean * (dx * dx + dy * dy);
}

static double distance_to(double x, double y, const tns_stroke *s)
{
    double dx = s->x[1] - s->x[0], dy = s->y[1] - s->y[0], square = dx * dx + dy * dy;
    double t = square > 0 ? ((x - s->x[0]) * dx + (y - s->y[0]) * dy) / square : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(x - s->x[0] - t * dx, y - s->y[0] - t * dy);
}

/* A dark line right beside a white hair is its edge or its shadow. */
static void drop_edges(tns_hairs *hairs, const tns_stroke *white)
{
    size_t kept = 0;
    for (size_t i = 0; i < hairs->count; i++) {
        const tns_stroke *s = &hairs->stroke[i];
        double x = (s->x[0] + s->x[1]) / 2, y = (s->y[0] + s->y[1]) / 2;
        bool is_edge = distance_to(x, y, white) < white->width + s->width / 2 &&
                       s->contrast < -white->contrast;
        if (!is_edge)
            hairs->stroke[kept++] = *s;
    }
    hairs->count = kept;
}

static tns_stroke scaled(tns_stroke s, double scale)
{
    for (int i = 0; i < 2; i++) {
        s.x[i] *= scale;
        s.y[i] *= scale;
    }
    s.width *= scale;
    s.x0 = (int)floor(s.x0 * scale);
    s.y0 = (int)floor(s.y0 * scale);
    s.x1 = (int)ceil(s.x1 * scale);
    s.y1 = (int)ceil(s.y1 * scale);
    return s;
}

/* Median contrast of white hair; 0 without memory. */
static double usual_contrast(const tns_hairs *white)
{
    double *v = malloc(white->count * sizeof *v), median;
    if (!v)
        return 0;
    for (size_t i = 0; i < white->count; i++)
        v[i] = -white->stroke[i].contrast;
    tns_sort_numbers(v, white->count);
    median = v[white->count / 2];
    free(v);
    return median;
}

/* Among white hair, what is dark must be plainly so: shadows, edges and dim corners are not. */
static void drop_shades(tns_hairs *hairs, const tns_hairs *white, double scale)
{
    double least = SHADE * usual_contrast(white), width = scale * white->width;
    size_t kept = 0;
    for (size_t i = 0; i < hairs->count; i++) {
        const tns_stroke *s = &hairs->stroke[i];
        if (s->contrast > least && s->width > width / ALIKE && s->width < ALIKE * width)
            hairs->stroke[kept++] = *s;
    }
    hairs->count = kept;
    hairs->width = width;
}

static void take_over(tns_hairs *hairs, const tns_hairs *white)
{
    hairs->step = white->step;
    hairs->columns = white->columns;
    hairs->rows = white->rows;
    hairs->width = white->width;
}

static bool make_room(tns_hairs *hairs, size_t more)
{
    tns_stroke *stroke = realloc(hairs->stroke, (hairs->count + more + 1) * sizeof *stroke);
    if (stroke)
        hairs->stroke = stroke;
    return stroke != NULL;
}

bool tns_hairs_add_white(tns_hairs *hairs, const tns_hairs *white)
{
    if (white->count < FEWEST)
        return true;
    if (!make_room(hairs, white->count))
        return false;
    if (hairs->count == 0)
        take_over(hairs, white);
    double scale = (double)white->step / hairs->step, ratio = scale * white->width / hairs->width;
    if (WEIGHT * white->score > hairs->score)
        drop_shades(hairs, white, scale);
    else if (ratio > ALIKE || ratio < 1 / ALIKE)
        return true;
    way common = {0, 0, 0};
    add_way(hairs, 1, &common);
    add_way(white, scale, &common);
    for (size_t i = 0; i < white->count; i++) {
        tns_stroke s = scaled(white->stroke[i], scale);
        if (!lies_along(&s, &common))
            continue;
        drop_edges(hairs, &s);
        hairs->stroke[hairs->count++] = s;
    }
    return true;
}
