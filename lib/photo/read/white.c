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
 *   NARROW  of dark hair's width: dark edges and shadows narrow a white hair, but a reflex along
 *           the middle of dark hair is narrow too
 *   FEW     of bright lines: more of them on dark hair are its reflexes
 */
static const double WEIGHT = 0.3, ALIKE = 2, SHADE = 0.35, ASLANT = 0.3, ALONG = 0.4, NARROW = 0.33,
                    FEW = 0.3;

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
static bool is_beside(const tns_stroke *s, const tns_stroke *white)
{
    double x = (s->x[0] + s->x[1]) / 2, y = (s->y[0] + s->y[1]) / 2;
    return distance_to(x, y, white) < white->width + s->width / 2 && s->contrast < -white->contrast;
}

static void drop_edges(tns_hairs *hairs, const tns_stroke *white)
{
    size_t kept = 0;
    for (size_t i = 0; i < hairs->count; i++) {
        const tns_stroke *s = &hairs->stroke[i];
        if (!is_beside(s, white))
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

/* Median depth of contrast, either way; 0 without memory. */
static double usual_contrast(const tns_hairs *hairs)
{
    double *v = malloc((hairs->count + 1) * sizeof *v), median;
    if (!v || hairs->count == 0) {
        free(v);
        return 0;
    }
    for (size_t i = 0; i < hairs->count; i++)
        v[i] = fabs(hairs->stroke[i].contrast);
    tns_sort_numbers(v, hairs->count);
    median = v[hairs->count / 2];
    free(v);
    return median;
}

/* Edges and shadows of white hair, and dim corners, are paler than hair. */
static bool are_hairs(const tns_hairs *dark, const tns_hairs *white)
{
    return dark->count > FEWEST && usual_contrast(dark) > SHADE * usual_contrast(white);
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

/* What lies on a hair is its own reflex. */
static bool is_reflex(const tns_hairs *hairs, const tns_stroke *s, double widths)
{
    double x = (s->x[0] + s->x[1]) / 2, y = (s->y[0] + s->y[1]) / 2;
    for (size_t i = 0; i < hairs->count; i++)
        if (distance_to(x, y, &hairs->stroke[i]) < widths * hairs->stroke[i].width)
            return true;
    return false;
}

static bool are_reflexes(const tns_hairs *hairs, const tns_hairs *white, double scale)
{
    size_t count = 0;
    for (size_t i = 0; i < white->count; i++) {
        tns_stroke s = scaled(white->stroke[i], scale);
        count += is_reflex(hairs, &s, 0.5);
    }
    return (double)count > FEW * (double)white->count;
}

/* Of the bright lines from `first` on. */
static void count_unsure(tns_hairs *hairs, const tns_hairs *white, double scale, size_t first)
{
    for (size_t i = first; i < white->count + white->unsure; i++) {
        tns_stroke s = scaled(white->stroke[i], scale);
        hairs->unsure += !is_reflex(hairs, &s, 1);
    }
}

static void add(tns_hairs *hairs, const tns_hairs *white, double scale)
{
    way common = {0, 0, 0};
    add_way(hairs, 1, &common);
    add_way(white, scale, &common);
    for (size_t i = 0; i < white->count; i++) {
        tns_stroke s = scaled(white->stroke[i], scale);
        if (lies_along(&s, &common)) {
            drop_edges(hairs, &s);
            hairs->stroke[hairs->count++] = s;
        } else {
            hairs->unsure += !is_reflex(hairs, &s, 1);
        }
    }
}

/* Whether bright lines may be of the same hair; then shades are dropped from `hairs`. */
static bool may_join(tns_hairs *hairs, const tns_hairs *white, double scale)
{
    double ratio = scale * white->width / hairs->width;
    bool is_alike = ratio < ALIKE && ratio > 1 / ALIKE;
    if (!is_alike && ratio < 1 && ratio > NARROW)
        is_alike = !are_reflexes(hairs, white, scale);
    if (white->count < FEWEST || (!is_alike && are_hairs(hairs, white)))
        return false;
    bool are_most = WEIGHT * white->score > hairs->score;
    if (are_most)
        drop_shades(hairs, white, scale);
    return are_most || is_alike;
}

bool tns_hairs_add_white(tns_hairs *hairs, const tns_hairs *white)
{
    if (!make_room(hairs, white->count))
        return false;
    if (hairs->count == 0)
        take_over(hairs, white);
    double scale = hairs->count > 0 ? (double)white->step / hairs->step : 1;
    bool joins = may_join(hairs, white, scale);
    if (joins)
        add(hairs, white, scale);
    count_unsure(hairs, white, scale, joins ? white->count : 0);
    return true;
}
