/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>

#include "color/ciede2000.h"
#include "match/bound/chromatic.h"

enum { COARSE = 16, NARROWINGS = 3 };

static const double PI = 3.14159265358979323846;
static const double DEGREE = 3.14159265358979323846 / 180;

/* Farther than any two colors are apart. */
static const double FAR_AWAY = 250;

/* Hues so near to where the formula jumps, in radians, may lie on either side of it. */
static const double ACROSS = 1e-6;

/* What rounding, here and in the table's single precision, may cost. */
static const double ROUNDING = 1e-6;

typedef struct interval {
    double low, high;
} interval;

static interval product(double x, interval factor)
{
    interval p = {x * (x < 0 ? factor.high : factor.low), x * (x < 0 ? factor.low : factor.high)};
    return p;
}

/* How near zero, and how far from it. */
static double nearest(interval x)
{
    return x.low > 0 ? x.low : x.high < 0 ? -x.high : 0;
}

static double farthest(interval x)
{
    return fmax(fabs(x.low), fabs(x.high));
}

static interval distance(interval a, interval b)
{
    interval d = {hypot(nearest(a), nearest(b)), hypot(farthest(a), farthest(b))};
    return d;
}

/* The sample's place and the target's in the (a', b*) plane, over a cell. */
typedef struct primed {
    interval a, b;        /* the sample */
    interval target_a;    /* its b* is the target's own */
    interval C, target_C; /* C' of both */
    interval mean_C;
} primed;

static primed primes(tns_lab target, tns_chromatic_area area)
{
    interval a = {area.a_low, area.a_high}, b = {area.b_low, area.b_high};
    interval C = distance(a, b), tb = {target.b, target.b};
    double Ct = hypot(target.a, target.b);
    interval stretch = {1.5 - tns_ciede2000_switch((C.high + Ct) / 2) / 2,
                        1.5 - tns_ciede2000_switch((C.low + Ct) / 2) / 2};
    primed p = {.b = b, .target_a = product(target.a, stretch)};
    p.a.low = product(a.low, stretch).low;
    p.a.high = product(a.high, stretch).high;
    p.C = distance(p.a, p.b);
    p.target_C = distance(p.target_a, tb);
    p.mean_C.low = (p.C.low + p.target_C.low) / 2;
    p.mean_C.high = (p.C.high + p.target_C.high) / 2;
    return p;
}

/* The hue angle from the target to the sample, in radians, and how far it may be off. */
typedef struct turn {
    double angle, spread, target_hue;
    bool known;
} turn;

/* The angle that an interval of points on a line of constant b* is seen under, at most. */
static double seen_under(double half_size, double distance)
{
    return half_size < distance ? asin(half_size / distance) : PI;
}

static turn turn_of(const primed *p, double target_b)
{
    double a = (p->a.low + p->a.high) / 2, b = (p->b.low + p->b.high) / 2;
    double ta = (p->target_a.low + p->target_a.high) / 2;
    double size = hypot(p->a.high - a, p->b.high - b), target_size = p->target_a.high - ta;
    turn t = {.angle = atan2(ta * b - target_b * a, ta * a + target_b * b),
              .target_hue = atan2(target_b, ta)};
    t.spread = seen_under(size, hypot(a, b)) + seen_under(target_size, hypot(ta, target_b));
    t.known = fabs(t.angle) + t.spread < PI - ACROSS;
    return t;
}

/* T of the mean hue. */
static interval T_of(double hue, double spread)
{
    double T = tns_ciede2000_t(cos(hue), sin(hue));
    interval around = {fmax(0, T - 2.41 * spread), T + 2.41 * spread};
    return around;
}

/* |R_T| = sin(60 deg exp(-((h - 275 deg)/25 deg)^2)) R_C, so far from 275 deg. */
static double rotation(double off, double mean_C)
{
    double share = off / (25 * DEGREE);
    return sin(60 * DEGREE * exp(-share * share)) * 2 * tns_ciede2000_switch(mean_C);
}

/*
 * The formula takes h from 0 to 360 deg and does not wrap around: just above 0 it is 275 deg away,
 * just below 360 only 85. Where the hues reach across, |R_T| may be anything from 0.
 */
static interval rotations(double hue, double spread, interval mean_C)
{
    double h = hue - 2 * PI * floor(hue / (2 * PI)), off = fabs(h - 275 * DEGREE);
    bool across = h - spread < ACROSS || h + spread > 2 * PI - ACROSS;
    double nearest_off = across ? fmin(off, 2 * PI - off) : off;
    interval r = {across ? 0 : rotation(off + spread, mean_C.low),
                  rotation(fmax(0, nearest_off - spread), mean_C.high)};
    return r;
}

static double clamp(double x, interval to)
{
    return x < to.low ? to.low : x > to.high ? to.high : x;
}

/* The least of x^2 + y^2 - r x y, r < 2, on x and y >= 0: on the edge that is nearer to zero. */
static double least_form(interval x, interval y, double r)
{
    double along_x = clamp(r * y.low / 2, x), along_y = clamp(r * x.low / 2, y);
    return fmin(along_x * along_x + y.low * y.low - r * along_x * y.low,
                x.low * x.low + along_y * along_y - r * x.low * along_y);
}

static double gap(interval x, interval y)
{
    return fmax(0, fmax(x.low - y.high, y.low - x.high));
}

/* From dC'^2 + dH'^2 = da'^2 + db*^2, S_H <= S_C and |R_T| <= R_C sin 60 deg: whatever the hues. */
static double by_distance(const primed *p, tns_lab target)
{
    interval tb = {target.b, target.b};
    double d = hypot(gap(p->a, p->target_a), gap(p->b, tb)) / (1 + 0.045 * p->mean_C.high);
    return d * d * (1 - sin(60 * DEGREE) * tns_ciede2000_switch(p->mean_C.high));
}

/* |dH'| = 2 sqrt(C' C't) sin(|dh'|/2) */
static interval hue_difference(const primed *p, interval dh)
{
    interval dH = {2 * sqrt(p->C.low * p->target_C.low) * sin(nearest(dh) / 2),
                   2 * sqrt(p->C.high * p->target_C.high) * sin(farthest(dh) / 2)};
    return dH;
}

static double by_chroma_and_hue(const primed *p, const turn *t)
{
    interval dC = {p->C.low - p->target_C.high, p->C.high - p->target_C.low};
    interval dh = {t->angle - t->spread, t->angle + t->spread}, dH = hue_difference(p, dh);
    double hue = t->target_hue + t->angle / 2;
    interval T = T_of(hue, t->spread / 2), r = rotations(hue, t->spread / 2, p->mean_C);
    interval x = {nearest(dC) / (1 + 0.045 * p->mean_C.high),
                  farthest(dC) / (1 + 0.045 * p->mean_C.low)};
    interval y = {dH.low / (1 + 0.015 * p->mean_C.high * T.high),
                  dH.high / (1 + 0.015 * p->mean_C.low * T.low)};
    bool opposed = (dC.low >= 0 && dh.high <= 0) || (dC.high <= 0 && dh.low >= 0);
    return least_form(x, y, opposed ? -r.low : r.high);
}

double tns_chromatic_bound(tns_lab target, tns_chromatic_area area)
{
    primed p = primes(target, area);
    turn t = turn_of(&p, target.b);
    double least = by_distance(&p, target);
    return (t.known ? fmax(least, by_chroma_and_hue(&p, &t)) : least) * (1 - ROUNDING);
}

/* The stretch 1 + G of a* where the other color's C* is as given. */
static double stretch_at(double C, tns_lab target)
{
    return 1.5 - tns_ciede2000_switch((C + hypot(target.a, target.b)) / 2) / 2;
}

/* cos^2 over hues from low to high. */
static interval squared_cosine(double low, double high)
{
    double from = cos(low) * cos(low), to = cos(high) * cos(high);
    interval c = {fmin(from, to), fmax(from, to)};
    if (floor(high / PI) > floor(low / PI))
        c.high = 1;
    if (floor(high / PI + 0.5) > floor(low / PI + 0.5))
        c.low = 0;
    return c;
}

/* The angle by which the stretch turns a hue: it moves towards the nearer end of the a* axis. */
static double turned(double h, double stretch)
{
    return atan2((1 - stretch) * sin(h) * cos(h), stretch * cos(h) * cos(h) + sin(h) * sin(h));
}

/* h' falls or rises with the stretch, and rises with h*: its extremes are at ends of both. */
static interval turned_hues(double low, double high, interval stretch)
{
    interval h = {low + fmin(turned(low, stretch.low), turned(low, stretch.high)),
                  high + fmax(turned(high, stretch.low), turned(high, stretch.high))};
    return h;
}

static double chroma_of(double C, double squared_cosine, double stretch)
{
    return C * sqrt(1 + (stretch * stretch - 1) * squared_cosine);
}

/* dC'/S_C, which rises with the one chroma and falls with the other. */
static double chroma_term(double C, double target_C)
{
    return (C - target_C) / (1 + 0.0225 * (C + target_C));
}

static double hue_term(double C, double target_C, double sine, double T)
{
    return 2 * sqrt(C * target_C) * sine / (1 + 0.0075 * (C + target_C) * T);
}

/* |dH'|/S_H. Over one chroma it rises, then falls: it is least at an end. */
static interval hue_terms(interval C, interval target_C, interval dh, interval T)
{
    double near = sin(fmin(nearest(dh), PI) / 2), far = sin(fmin(farthest(dh), PI) / 2);
    double low = fmin(fmin(hue_term(C.low, target_C.low, near, T.high),
                           hue_term(C.low, target_C.high, near, T.high)),
                      fmin(hue_term(C.high, target_C.low, near, T.high),
                           hue_term(C.high, target_C.high, near, T.high)));
    interval y = {low, 2 * sqrt(C.high * target_C.high) * far /
                           (1 + 0.0075 * (C.low + target_C.low) * T.low)};
    return y;
}

double tns_chromatic_sector_bound(tns_lab target, tns_chromatic_sector s)
{
    double target_C = hypot(target.a, target.b), target_h = atan2(target.b, target.a);
    interval stretch = {stretch_at(s.C_high, target), stretch_at(s.C_low, target)};
    interval cosine = squared_cosine(s.h_low, s.h_high);
    interval target_cosine = squared_cosine(target_h, target_h);
    interval C = {chroma_of(s.C_low, cosine.low, stretch.low),
                  chroma_of(s.C_high, cosine.high, stretch.high)};
    interval Ct = {chroma_of(target_C, target_cosine.low, stretch.low),
                   chroma_of(target_C, target_cosine.high, stretch.high)};
    interval h = turned_hues(s.h_low, s.h_high, stretch);
    interval ht = turned_hues(target_h, target_h, stretch);
    interval dh = {h.low - ht.high, h.high - ht.low};
    interval mean_C = {(C.low + Ct.low) / 2, (C.high + Ct.high) / 2};
    double hue = (h.low + h.high + ht.low + ht.high) / 4;
    double spread = (h.high - h.low + ht.high - ht.low) / 4 + ACROSS;
    interval T = T_of(hue, spread), r = rotations(hue, spread, mean_C);
    interval dC = {chroma_term(C.low, Ct.high), chroma_term(C.high, Ct.low)};
    interval x = {nearest(dC), farthest(dC)}, y = hue_terms(C, Ct, dh, T);
    bool opposed = (dC.low >= 0 && dh.high <= 0) || (dC.high <= 0 && dh.low >= 0);
    return least_form(x, y, opposed ? -r.low : r.high) * (1 - ROUNDING);
}

static tns_chromatic_area cell_of(const tns_chromatic_area *area, int cells, int i, int j)
{
    double a = (area->a_high - area->a_low) / cells, b = (area->b_high - area->b_low) / cells;
    tns_chromatic_area cell = {area->a_low + i * a, area->a_low + (i + 1) * a, area->b_low + j * b,
                               area->b_low + (j + 1) * b};
    return cell;
}

/* The rectangle around the cells where g may be less than `enough`. */
static tns_chromatic_area narrowed(tns_lab target, tns_chromatic_area from, double enough)
{
    tns_chromatic_area to = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (int i = 0; i < COARSE; i++)
        for (int j = 0; j < COARSE; j++) {
            tns_chromatic_area cell = cell_of(&from, COARSE, i, j);
            if (tns_chromatic_bound(target, cell) > enough)
                continue;
            to.a_low = fmin(to.a_low, cell.a_low);
            to.a_high = fmax(to.a_high, cell.a_high);
            to.b_low = fmin(to.b_low, cell.b_low);
            to.b_high = fmax(to.b_high, cell.b_high);
        }
    return to;
}

/* By distance, for all that is FAR_AWAY: the mean chroma is at least half of it, at most any. */
static double beyond(tns_lab target)
{
    double d = FAR_AWAY / (1 + 0.045 * (1.5 * hypot(target.a, target.b) + FAR_AWAY / 2));
    return (1 - sin(60 * DEGREE)) * d * d;
}

static int at(int i, int j)
{
    return i * TNS_CHROMATIC_CELLS + j;
}

/* Squares of twice the size, from four of the level below. */
static void fill_level(const float *below, int size, int cells, float *out)
{
    for (int i = 0; i + 2 * size <= cells; i++)
        for (int j = 0; j + 2 * size <= cells; j++)
            out[at(i, j)] = fminf(fminf(below[at(i, j)], below[at(i + size, j)]),
                                  fminf(below[at(i, j + size)], below[at(i + size, j + size)]));
}

static void fill(tns_chromatic *table, tns_lab target)
{
    for (int i = 0; i < table->cells; i++)
        for (int j = 0; j < table->cells; j++) {
            tns_chromatic_area cell = cell_of(&table->area, table->cells, i, j);
            table->least[0][at(i, j)] = (float)tns_chromatic_bound(target, cell);
        }
    for (int k = 1; k < TNS_CHROMATIC_LEVELS; k++)
        fill_level(table->least[k - 1], 1 << (k - 1), table->cells, table->least[k]);
}

void tns_chromatic_init(tns_chromatic *table, tns_lab target, double enough, int cells)
{
    tns_chromatic_area area = {target.a - FAR_AWAY, target.a + FAR_AWAY, target.b - FAR_AWAY,
                               target.b + FAR_AWAY};
    double outside = beyond(target);
    table->cells = cells;
    if (cells == 0)
        return;
    enough = fmin(enough, outside);
    for (int pass = 0; pass < NARROWINGS; pass++)
        area = narrowed(target, area, enough);
    table->area = area;
    table->cells_per_a = cells / (area.a_high - area.a_low);
    table->cells_per_b = cells / (area.b_high - area.b_low);
    table->outside = (float)(enough * (1 - ROUNDING));
    fill(table, target);
}

/* Indices of cells, from the first to the last. */
typedef struct span {
    int first, last;
} span;

static int floor_log2(int n)
{
    int k = 0;
    while (n >> (k + 1))
        k++;
    return k;
}

static float least_of_cells(const tns_chromatic *table, span i, span j)
{
    int narrow = i.last - i.first < j.last - j.first ? i.last - i.first : j.last - j.first;
    int k = floor_log2(narrow + 1), step;
    k = k < TNS_CHROMATIC_LEVELS ? k : TNS_CHROMATIC_LEVELS - 1;
    step = 1 << k;
    float least = INFINITY;
    for (int x = i.first; x <= i.last; x += step)
        for (int y = j.first; y <= j.last; y += step) {
            int from_x = x < i.last - step + 1 ? x : i.last - step + 1;
            int from_y = y < j.last - step + 1 ? y : j.last - step + 1;
            float here = table->least[k][at(from_x, from_y)];
            least = here < least ? here : least;
        }
    return least;
}

/* Clips an interval, counted in cells, to the table's; no function is called, for this is hot. */
static span clipped(const tns_chromatic *table, double low, double high)
{
    double most = table->cells - 1;
    span s = {(int)(low > 0 ? low < most ? low : most : 0),
              (int)(high > 0 ? high < most ? high : most : 0)};
    return s;
}

double tns_chromatic_least(const tns_chromatic *table, tns_chromatic_area area)
{
    const tns_chromatic_area *whole = &table->area;
    if (table->cells == 0)
        return 0;
    bool inside = area.a_low >= whole->a_low && area.a_high <= whole->a_high &&
                  area.b_low >= whole->b_low && area.b_high <= whole->b_high;
    bool apart = area.a_low > whole->a_high || area.a_high < whole->a_low ||
                 area.b_low > whole->b_high || area.b_high < whole->b_low;
    if (apart)
        return table->outside;
    span i = clipped(table, (area.a_low - whole->a_low) * table->cells_per_a,
                     (area.a_high - whole->a_low) * table->cells_per_a);
    span j = clipped(table, (area.b_low - whole->b_low) * table->cells_per_b,
                     (area.b_high - whole->b_low) * table->cells_per_b);
    float least = least_of_cells(table, i, j);
    return inside || least < table->outside ? least : table->outside;
}
