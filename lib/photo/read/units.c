/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/read/units.h"

/*
 * Hairs of a unit leave the skin within a few of their widths and spread from there; units keep a
 * distance. Where hair stands so dense that widths would join neighbours, the spacing rules.
 */
static const double NEAR_WIDTHS = 5, NEAR_SPACINGS = 0.36;

typedef struct point {
    double x, y;
} point;

static size_t leader(size_t *unit_of, size_t i)
{
    while (unit_of[i] != i) {
        unit_of[i] = unit_of[unit_of[i]];
        i = unit_of[i];
    }
    return i;
}

static size_t number(size_t *unit_of, size_t n, size_t *numbers)
{
    size_t units = 0;
    for (size_t i = 0; i < n; i++)
        if (leader(unit_of, i) == i)
            numbers[i] = units++;
    for (size_t i = 0; i < n; i++)
        unit_of[i] = leader(unit_of, i);
    for (size_t i = 0; i < n; i++)
        unit_of[i] = numbers[unit_of[i]];
    return units;
}

/* Mean direction of hairs that have no head or tail: the mean of doubled angles, by length. */
static point common_way(const tns_hairs *hairs)
{
    double x = 0, y = 0;
    for (size_t i = 0; i < hairs->count; i++) {
        const tns_stroke *s = &hairs->stroke[i];
        double dx = s->x[1] - s->x[0], dy = s->y[1] - s->y[0], length = hypot(dx, dy);
        if (length > 0) {
            x += (dx * dx - dy * dy) / length;
            y += 2 * dx * dy / length;
        }
    }
    double angle = 0.5 * atan2(y, x);
    return (point){cos(angle), sin(angle)};
}

static point end_toward(const tns_stroke *s, point way, bool head)
{
    double along = (s->x[1] - s->x[0]) * way.x + (s->y[1] - s->y[0]) * way.y;
    int i = (along > 0) == head;
    return (point){s->x[i], s->y[i]};
}

static double distance(point a, point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

typedef struct grouping {
    const tns_hairs *hairs;
    point *root, *tip;
    size_t *order; /* of hairs by their root's x, so that neighbours are near each other */
    size_t *unit_of, *size, *numbers;
    struct pair *pair;
    size_t pair_count, pair_room;
} grouping;

static void sort_by_x(const point *end, size_t *order, size_t n)
{
    for (size_t gap = n / 2; gap > 0; gap /= 2) /* Shell's sort: no state but the keys */
        for (size_t i = gap; i < n; i++) {
            size_t moved = order[i], k = i;
            for (; k >= gap && end[order[k - gap]].x > end[moved].x; k -= gap)
                order[k] = order[k - gap];
            order[k] = moved;
        }
}

/* How near ends of one kind come to one another, summed and held at `far`. */
static double closeness(const point *end, size_t *order, size_t n, double far)
{
    double sum = 0;
    sort_by_x(end, order, n);
    for (size_t i = 0; i < n; i++) {
        point here = end[order[i]];
        double least = far;
        for (size_t j = i + 1; j < n && end[order[j]].x < here.x + least; j++)
            least = fmin(least, distance(here, end[order[j]]));
        for (size_t j = i; j > 0 && end[order[j - 1]].x > here.x - least; j--)
            least = fmin(least, distance(here, end[order[j - 1]]));
        sum += least;
    }
    return sum;
}

/* The ends that hairs have in common are their roots. */
static void find_roots(grouping *g, double far)
{
    size_t n = g->hairs->count;
    point way = common_way(g->hairs);
    for (size_t i = 0; i < n; i++) {
        g->order[i] = i;
        g->root[i] = end_toward(&g->hairs->stroke[i], way, false);
        g->tip[i] = end_toward(&g->hairs->stroke[i], way, true);
    }
    if (closeness(g->tip, g->order, n, far) < closeness(g->root, g->order, n, far)) {
        point *swap = g->root;
        g->root = g->tip;
        g->tip = swap;
    }
    sort_by_x(g->root, g->order, n);
}

static double distance_to(point p, const tns_stroke *s)
{
    double dx = s->x[1] - s->x[0], dy = s->y[1] - s->y[0], square = dx * dx + dy * dy;
    double t = square > 0 ? ((p.x - s->x[0]) * dx + (p.y - s->y[0]) * dy) / square : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(p.x - s->x[0] - t * dx, p.y - s->y[0] - t * dy);
}

/* Between the axes of two hairs; 0 where they cross is not told, but then their ends are near. */
static double gap(const tns_stroke *s, const tns_stroke *t)
{
    double least = INFINITY;
    for (int i = 0; i < 2; i++) {
        least = fmin(least, distance_to((point){s->x[i], s->y[i]}, t));
        least = fmin(least, distance_to((point){t->x[i], t->y[i]}, s));
    }
    return least;
}

static double length(const tns_stroke *s)
{
    return hypot(s->x[1] - s->x[0], s->y[1] - s->y[0]);
}

/* Short hairs that touch are of one follicle; long ones may have met on their way. */
static bool touch(const tns_stroke *s, const tns_stroke *t, double near)
{
    return length(s) + length(t) < 4 * near && gap(s, t) < s->width + t->width;
}

typedef struct pair {
    size_t one, other;
    double apart;
} pair;

static int by_distance(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    if (a->apart != b->apart)
        return a->apart > b->apart ? 1 : -1;
    return (a->one > b->one) - (a->one < b->one);
}

static bool add_pair(grouping *g, pair one)
{
    if (g->pair_count == g->pair_room) {
        size_t room = g->pair_room ? 2 * g->pair_room : 256;
        pair *more = realloc(g->pair, room * sizeof *more);
        if (!more)
            return false;
        g->pair = more;
        g->pair_room = room;
    }
    g->pair[g->pair_count++] = one;
    return true;
}

/* Touching hairs' roots may be a few times as far apart as others'. */
static bool find_pairs(grouping *g, double near)
{
    size_t n = g->hairs->count;
    g->pair_count = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            size_t a = g->order[i], b = g->order[j];
            if (g->root[b].x - g->root[a].x > 4 * near)
                break;
            double apart = distance(g->root[a], g->root[b]);
            bool joined = apart < near || (apart < 4 * near &&
                                           touch(&g->hairs->stroke[a], &g->hairs->stroke[b], near));
            if (joined && !add_pair(g, (pair){a, b, apart}))
                return false;
        }
    if (g->pair_count > 0)
        qsort(g->pair, g->pair_count, sizeof *g->pair, by_distance);
    return true;
}

/* The nearest first, as long as the unit stays one that scalps have. */
static size_t join(grouping *g)
{
    for (size_t i = 0; i < g->hairs->count; i++) {
        g->unit_of[i] = i;
        g->size[i] = 1;
    }
    for (size_t k = 0; k < g->pair_count; k++) {
        size_t a = leader(g->unit_of, g->pair[k].one), b = leader(g->unit_of, g->pair[k].other);
        if (a == b || g->size[a] + g->size[b] > TNS_UNIT_HAIRS)
            continue;
        g->unit_of[a] = b;
        g->size[b] += g->size[a];
    }
    return number(g->unit_of, g->hairs->count, g->numbers);
}

static bool group(grouping *g, size_t *units)
{
    enum { ROUNDS = 3 }; /* the spacing is that of units, which are known afterwards */
    size_t n = g->hairs->count;
    double area = (double)g->hairs->columns * g->hairs->rows;
    find_roots(g, NEAR_WIDTHS * g->hairs->width);
    *units = n / 2 + n % 2; /* to begin with: units of two are the usual ones */
    for (int round = 0; round < ROUNDS; round++) {
        double spacing = sqrt(area / (double)(*units + 1));
        if (!find_pairs(g, fmin(NEAR_WIDTHS * g->hairs->width, NEAR_SPACINGS * spacing)))
            return false;
        *units = join(g);
    }
    return true;
}

bool tns_units_group(const tns_hairs *hairs, size_t *unit_of, size_t *units)
{
    size_t n = hairs->count + 1;
    grouping g = {.hairs = hairs,
                  .root = calloc(n, sizeof *g.root),
                  .tip = calloc(n, sizeof *g.tip),
                  .order = malloc(n * sizeof *g.order),
                  .size = malloc(n * sizeof *g.size),
                  .numbers = malloc(n * sizeof *g.numbers),
                  .unit_of = unit_of};
    bool done = g.root && g.tip && g.order && g.size && g.numbers && group(&g, units) &&
                tns_units_unite(hairs, unit_of, units);
    free(g.root);
    free(g.tip);
    free(g.order);
    free(g.size);
    free(g.numbers);
    free(g.pair);
    return done;
}
