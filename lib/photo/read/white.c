/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/sort.h"
#include "photo/read/hairs.h"
#include "photo/read/nearby.h"

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

static void add_way(const tns_stroke *stroke, size_t count, way *sum)
{
    for (size_t i = 0; i < count; i++) {
        const tns_stroke *s = &stroke[i];
        double dx = s->x[1] - s->x[0], dy = s->y[1] - s->y[0];
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

/* Strokes by where they lie, and what is within `reach` and so many `widths` of their axes. */
static bool sort_out(const tns_stroke *stroke, size_t count, double reach, double widths,
                     tns_nearby *out)
{
    tns_rect *rect = malloc((count + 1) * sizeof *rect);
    for (size_t i = 0; rect && i < count; i++) {
        const tns_stroke *s = &stroke[i];
        double far = reach + widths * s->width;
        rect[i] = (tns_rect){fmin(s->x[0], s->x[1]) - far, fmin(s->y[0], s->y[1]) - far,
                             fmax(s->x[0], s->x[1]) + far, fmax(s->y[0], s->y[1]) + far};
    }
    *out = (tns_nearby){0};
    bool done = rect && tns_nearby_make(rect, count, out);
    free(rect);
    return done;
}

static double widest(const tns_hairs *hairs)
{
    double most = 0;
    for (size_t i = 0; i < hairs->count; i++)
        most = fmax(most, hairs->stroke[i].width);
    return most;
}

/* Among the white ones from `first` on, but for those of its own `spot`. */
static bool is_edge(const tns_stroke *s, const tns_stroke *white, const tns_nearby *by_place,
                    size_t first, size_t spot)
{
    size_t count;
    const size_t *near =
        tns_nearby_at(by_place, (s->x[0] + s->x[1]) / 2, (s->y[0] + s->y[1]) / 2, &count);
    for (size_t i = 0; i < count; i++)
        if (near[i] >= first && white[near[i]].spot != spot && is_beside(s, &white[near[i]]))
            return true;
    return false;
}

/*
 * Of the dark hairs, and of the white ones, which come last. White hairs that cross are one spot;
 * two spots beside each other are pieces of one hair, and the later stands for both. False without
 * memory.
 */
static bool drop_edges(tns_hairs *hairs, const tns_stroke *white, size_t whites)
{
    tns_nearby by_place;
    bool done = sort_out(white, whites, widest(hairs) / 2, 1, &by_place);
    size_t dark = hairs->count - whites, kept = 0;
    for (size_t i = 0; done && i < hairs->count; i++) {
        const tns_stroke *s = &hairs->stroke[i];
        bool drops = i < dark ? is_edge(s, white, &by_place, 0, SIZE_MAX)
                              : is_edge(s, white, &by_place, i - dark + 1, s->spot);
        if (!drops)
            hairs->stroke[kept++] = *s;
    }
    hairs->count = done ? kept : hairs->count;
    tns_nearby_finish(&by_place);
    return done;
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
static bool is_reflex(const tns_hairs *hairs, const tns_nearby *by_place, const tns_stroke *s,
                      double widths)
{
    double x = (s->x[0] + s->x[1]) / 2, y = (s->y[0] + s->y[1]) / 2;
    size_t count;
    const size_t *near = tns_nearby_at(by_place, x, y, &count);
    for (size_t i = 0; i < count; i++)
        if (distance_to(x, y, &hairs->stroke[near[i]]) < widths * hairs->stroke[near[i]].width)
            return true;
    return false;
}

/* How many lines lie no farther than `widths` from a hair's axis. False without memory. */
static bool count_reflexes(const tns_hairs *hairs, const tns_stroke *line, size_t lines,
                           double widths, size_t *reflexes)
{
    tns_nearby by_place;
    bool done = sort_out(hairs->stroke, hairs->count, 0, widths, &by_place);
    *reflexes = 0;
    for (size_t i = 0; done && i < lines; i++)
        *reflexes += is_reflex(hairs, &by_place, &line[i], widths);
    tns_nearby_finish(&by_place);
    return done;
}

/* Whether bright lines may be of the same hair; then shades are dropped from `hairs`. */
static bool may_join(tns_hairs *hairs, const tns_hairs *white, double scale, bool are_reflexes)
{
    double ratio = scale * white->width / hairs->width;
    bool is_alike =
        (ratio < ALIKE && ratio > 1 / ALIKE) || (ratio < 1 && ratio > NARROW && !are_reflexes);
    if (white->count < FEWEST || (!is_alike && are_hairs(hairs, white)))
        return false;
    bool are_most = WEIGHT * white->score > hairs->score;
    if (are_most)
        drop_shades(hairs, white, scale);
    return are_most || is_alike;
}

/* Those that lie as all do come first; how many. */
static size_t part_by_way(const tns_hairs *hairs, tns_stroke *line, size_t lines)
{
    way common = {0, 0, 0};
    size_t count = 0;
    add_way(hairs->stroke, hairs->count, &common);
    add_way(line, lines, &common);
    for (size_t i = 0; i < lines; i++)
        if (lies_along(&line[i], &common)) {
            tns_stroke swap = line[count];
            line[count++] = line[i];
            line[i] = swap;
        }
    return count;
}

/* The `lines` are the white hairs', in the dark ones' pixels, and after them the unsure ones. */
static bool join(tns_hairs *hairs, const tns_hairs *white, double scale, tns_stroke *line,
                 size_t lines)
{
    size_t joined = 0, reflexes;
    if (!count_reflexes(hairs, line, white->count, 0.5, &reflexes))
        return false;
    if (may_join(hairs, white, scale, (double)reflexes > FEW * (double)white->count))
        joined = part_by_way(hairs, line, white->count);
    for (size_t i = 0; i < joined; i++)
        hairs->stroke[hairs->count++] = line[i];
    if (!drop_edges(hairs, line, joined) ||
        !count_reflexes(hairs, line + joined, lines - joined, 1, &reflexes))
        return false;
    hairs->unsure += lines - joined - reflexes;
    return true;
}

bool tns_hairs_add_white(tns_hairs *hairs, const tns_hairs *white)
{
    size_t lines = white->count + white->unsure;
    tns_stroke *line = malloc((lines + 1) * sizeof *line);
    bool done = line && make_room(hairs, white->count);
    if (done && hairs->count == 0)
        take_over(hairs, white);
    double scale = hairs->count > 0 ? (double)white->step / hairs->step : 1;
    for (size_t i = 0; done && i < lines; i++)
        line[i] = scaled(white->stroke[i], scale);
    done = done && join(hairs, white, scale, line, lines);
    free(line);
    return done;
}
