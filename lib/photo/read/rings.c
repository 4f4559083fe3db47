/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/random.h"
#include "photo/read/rings.h"

/*
 * Circles through three pixels of a spot, the best of many kept (Fischler and Bolles, Commun. ACM
 * 24, 381 (1981)).
 *   NEAR    widths from the circle that a pixel may lie
 *   ALL     share of a spot that lies on an arc, if the spot is one
 *   PART    share of a spot that lies on a whole ring, where hair crosses it
 *   BEND    widths that an arc goes away from a straight line
 *   WIDE    widths of a ring's radius: smaller ones are gaps between hairs
 *   EMPTY   share of those on it that may lie inside
 */
static const double NEAR = 0.6, ALL = 0.85, PART = 0.35, BEND = 1.5, WIDE = 2.5, EMPTY = 0.1;

enum {
    SAMPLES = 160, /* pixels of a spot */
    TRIALS = 60,
    SECTORS = 24,
    ARC = 6,   /* of the sectors: no hair bends so far */
    WHOLE = 17 /* a ring, though hair covers some of it */
};

typedef struct point {
    double x, y;
} point;

/* False where the three lie on a line. */
static bool circle_through(point a, point b, point c, tns_ring *out)
{
    double bx = b.x - a.x, by = b.y - a.y, cx = c.x - a.x, cy = c.y - a.y;
    double cross = 2 * (bx * cy - by * cx), bb = bx * bx + by * by, cc = cx * cx + cy * cy;
    if (fabs(cross) < 1e-9)
        return false;
    double x = (cy * bb - by * cc) / cross, y = (bx * cc - cx * bb) / cross;
    out->x = a.x + x;
    out->y = a.y + y;
    out->radius = hypot(x, y);
    return true;
}

static unsigned sector_of(double dx, double dy)
{
    int sector = (int)((atan2(dy, dx) / 6.2831853071795865 + 0.5) * SECTORS);
    return 1U << (sector < SECTORS ? sector : SECTORS - 1);
}

static int count_of(unsigned sectors)
{
    int count = 0;
    for (; sectors; sectors &= sectors - 1)
        count++;
    return count;
}

/* How many of the points lie on it, and in which sectors around it; 0 if it is filled. */
static int support(tns_ring *ring, const point *p, int n)
{
    int on = 0, inside = 0;
    ring->sectors = 0;
    for (int i = 0; i < n; i++) {
        double dx = p[i].x - ring->x, dy = p[i].y - ring->y;
        double beyond = sqrt(dx * dx + dy * dy) - ring->radius;
        inside += beyond < -NEAR * ring->width;
        if (fabs(beyond) > NEAR * ring->width)
            continue;
        on++;
        ring->sectors |= sector_of(dx, dy);
    }
    return inside < EMPTY * on ? on : 0;
}

/* An arc must bend away from any straight hair; a ring must be nearly whole, and no cluster. */
static bool is_ring(const tns_ring *ring, double share)
{
    int sectors = count_of(ring->sectors);
    double bend = ring->radius * (1 - cos(3.14159265358979 * sectors / SECTORS));
    return (share >= ALL && sectors >= ARC && bend >= BEND * ring->width) ||
           (share >= PART && sectors >= WHOLE && ring->radius >= WIDE * ring->width);
}

static int sample(const tns_ground *ground, const tns_spots *spots, const tns_spot *spot,
                  point *out)
{
    int n = spot->area < SAMPLES ? spot->area : SAMPLES;
    for (int i = 0; i < n; i++) {
        int at = spots->pixel[spot->first + (int)((long long)i * spot->area / n)];
        out[i] = (point){at % ground->width + 0.5, at / ground->width + 0.5};
    }
    return n;
}

static bool find_ring(const tns_ground *ground, const tns_spots *spots, const tns_spot *spot,
                      tns_ring *out)
{
    point p[SAMPLES];
    int n = sample(ground, spots, spot, p), most = 0;
    tns_random random = tns_random_make((uint64_t)spot->first);
    double width = fmin(spot->width, spots->width);
    double least = 1.8 * width, widest = 20 * spots->width;
    for (int i = 0; i < TRIALS; i++) {
        tns_ring ring = {.width = width};
        uint32_t count = (uint32_t)n;
        if (!circle_through(p[tns_random_below(&random, count)],
                            p[tns_random_below(&random, count)],
                            p[tns_random_below(&random, count)], &ring) ||
            ring.radius < least || ring.radius > widest)
            continue;
        int on = support(&ring, p, n);
        if (on > most && is_ring(&ring, (double)on / n)) {
            most = on;
            *out = ring;
        }
    }
    return most > 0;
}

tns_rings tns_rings_find(const tns_ground *ground, const tns_spots *spots)
{
    tns_rings out = {.count = 0};
    for (size_t i = 0; i < spots->count && out.count < TNS_RINGS_MOST; i++) {
        const tns_spot *spot = &spots->spot[i];
        if (spot->area > 4 * spot->width * spot->width &&
            find_ring(ground, spots, spot, &out.ring[out.count]))
            out.count++;
    }
    return out;
}

bool tns_rings_hold(const tns_rings *rings, double x, double y)
{
    for (int i = 0; i < rings->count; i++) {
        const tns_ring *r = &rings->ring[i];
        double dx = x - r->x, dy = y - r->y;
        if (fabs(hypot(dx, dy) - r->radius) < 1.2 * r->width && (r->sectors & sector_of(dx, dy)))
            return true;
    }
    return false;
}
