/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/read/hull.h"

tns_point tns_log_chromaticity(const double rgb[3])
{
    const double least = 1e-5;
    double g = log(fmax(rgb[1], least));
    return (tns_point){log(fmax(rgb[0], least)) - g, log(fmax(rgb[2], least)) - g};
}

static int by_x(const void *a, const void *b)
{
    const tns_point *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

/* > 0 where c lies to the left of the way from a to b. */
static double turn(tns_point a, tns_point b, tns_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static int append(tns_point *corner, int count, int least, tns_point p)
{
    while (count > least && turn(corner[count - 2], corner[count - 1], p) <= 0)
        count--;
    corner[count] = p;
    return count + 1;
}

/* Andrew's monotone chain, Inf. Proc. Letters 9, 216 (1979). */
tns_hull tns_hull_make(tns_point *points, size_t n)
{
    tns_hull hull;
    hull.count = 0;
    qsort(points, n, sizeof *points, by_x);
    for (size_t i = 0; i < n; i++)
        hull.count = append(hull.corner, hull.count, 1, points[i]);
    int lower = hull.count;
    for (size_t i = n; i-- > 1;)
        hull.count = append(hull.corner, hull.count, lower, points[i - 1]);
    if (hull.count > 1)
        hull.count--; /* the first point closes the ring */
    return hull;
}

bool tns_hull_contains(const tns_hull *hull, tns_point p)
{
    for (int i = 0; i < hull->count && hull->count >= 3; i++)
        if (turn(hull->corner[i], hull->corner[(i + 1) % hull->count], p) < -1e-9)
            return false;
    return true;
}
