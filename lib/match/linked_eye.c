/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The colors near enough of linked.h, and how far they reach (linked_reach.h).
 *
 * Under one viewing, of weight v, dE00^2 is no more than e^2 = most^2/v. The lift of a slope is the
 * most over a grid, as fine as its cells: over each cell, what m z is at most, less what the
 * difference is at least. In lightness the difference rises away from the target; in a* and b* the
 * cells are sectors of rings, each in a tetragon of its corners a little farther out, and a bound
 * (chromatic.h) tells what the difference is at least. Cells where it exceeds e^2 are left out.
 *
 * y is that of small differences' form, which is where directions come from; it need not hold.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "match/chromatic.h"
#include "match/linked.h"

enum { NODES = TNS_LINKED_CELLS + 1, COARSE = 16, NARROWINGS = 3, LIGHT_CELLS = 512 };

/* No color of a reflectance has a larger C*: f is from 4/29 to 1, so |a*| < 437, |b*| < 175. */
static const double MOST_CHROMA = 470;

/* S_L is below, and greatest where the mean lightness is farthest from 50. */
static const double MOST_S_L = 1.75;

/* Objectives, and X, Y, Z, are not more exact. */
static const double MARGIN = 1e-5;

/* Slopes beyond those of the form are of no use. */
static const double STEEPER = 1.25;

static const double PI = 3.14159265358979323846;

/* Under one viewing. */
typedef struct sight {
    tns_lab target;
    double e; /* dE00, at most */
    int cells;
    double aa, ab, bb; /* the form of a* and b* */
    tns_chromatic_sector all;
    double U[3][3]; /* of L*, a*, b*; upper triangle */
} sight;

/* Corners of cells: a*, b* from the target's, and the least of the cells around, or INFINITY. */
typedef struct grid {
    float a[NODES][NODES], b[NODES][NODES], least[NODES][NODES];
    double bulge; /* what a cell reaches beyond its corners */
} grid;

static double chromatic(const sight *s, double a, double b)
{
    tns_lab other = {s->target.L, s->target.a + a, s->target.b + b};
    double de = tns_de00(s->target, other);
    return de * de;
}

static double both(const sight *s, double a, double b)
{
    return (chromatic(s, a, b) + chromatic(s, -a, -b)) / 2;
}

static void form_near(sight *s, double h)
{
    s->aa = both(s, h, 0) / (h * h);
    s->bb = both(s, 0, h) / (h * h);
    s->ab = (both(s, h, h) - both(s, h, -h)) / (4 * h * h);
}

/* The form's own directions are good ones where it is that of differences about so large. */
static bool find_form(sight *s)
{
    form_near(s, fmin(fmax(0.3, s->e / 4), 3));
    return s->aa > 0 && s->bb > 0 && s->ab * s->ab < 0.99 * s->aa * s->bb;
}

static tns_chromatic_sector piece(const tns_chromatic_sector *all, int cells, int i, int j)
{
    double C = (all->C_high - all->C_low) / cells, h = (all->h_high - all->h_low) / cells;
    return (tns_chromatic_sector){all->C_low + i * C, all->C_low + (i + 1) * C, all->h_low + j * h,
                                  all->h_low + (j + 1) * h};
}

/* The sector around the cells that are near enough. */
static tns_chromatic_sector narrowed(const sight *s)
{
    tns_chromatic_sector to = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (int i = 0; i < COARSE; i++)
        for (int j = 0; j < COARSE; j++) {
            tns_chromatic_sector cell = piece(&s->all, COARSE, i, j);
            if (tns_chromatic_sector_bound(s->target, cell) > s->e * s->e)
                continue;
            to.C_low = fmin(to.C_low, cell.C_low);
            to.C_high = fmax(to.C_high, cell.C_high);
            to.h_low = fmin(to.h_low, cell.h_low);
            to.h_high = fmax(to.h_high, cell.h_high);
        }
    return to;
}

static void find_sector(sight *s)
{
    double hue = atan2(s->target.b, s->target.a);
    s->all = (tns_chromatic_sector){0, MOST_CHROMA, hue - PI, hue + PI};
    for (int pass = 0; pass < NARROWINGS; pass++)
        s->all = narrowed(s);
}

static void place_corners(const sight *s, grid *g)
{
    double C = (s->all.C_high - s->all.C_low) / s->cells,
           h = (s->all.h_high - s->all.h_low) / s->cells;
    for (int i = 0; i <= s->cells; i++)
        for (int j = 0; j <= s->cells; j++) {
            double chroma = s->all.C_low + i * C, hue = s->all.h_low + j * h;
            g->a[i][j] = (float)(chroma * cos(hue) - s->target.a);
            g->b[i][j] = (float)(chroma * sin(hue) - s->target.b);
            g->least[i][j] = INFINITY;
        }
    g->bulge = s->all.C_high * (1 / cos(h / 2) - 1) + MARGIN;
}

static void fill_grid(const sight *s, grid *g)
{
    place_corners(s, g);
    for (int i = 0; i < s->cells; i++)
        for (int j = 0; j < s->cells; j++) {
            double least = tns_chromatic_sector_bound(s->target, piece(&s->all, s->cells, i, j));
            if (least > s->e * s->e)
                continue;
            for (int k = 0; k < 4; k++) {
                float *corner = &g->least[i + k / 2][j + k % 2];
                *corner = fminf(*corner, (float)(least * (1 - MARGIN)));
            }
        }
}

static double slope_of(double most, int step)
{
    return most * (2.0 * step / TNS_LINKED_STEPS - 1);
}

/* Of a row, kept apart from those of others, that what is computed side by side is the most. */
static float lift_of_row(const float *a, const float *b, const float *least, int last, float by_a,
                         float by_b)
{
    float most[8];
    for (int k = 0; k < 8; k++)
        most[k] = -INFINITY;
    for (int j = 0; j < last; j += 8)
        for (int k = 0; k < 8; k++) {
            float lift = by_a * a[j + k] + by_b * b[j + k] - least[j + k];
            most[k] = lift > most[k] ? lift : most[k];
        }
    float all = by_a * a[last] + by_b * b[last] - least[last];
    for (int k = 0; k < 8; k++)
        all = most[k] > all ? most[k] : all;
    return all;
}

static void lift_chromatic(const sight *s, const grid *g, tns_linked_lift *out)
{
    for (int i = 0; i < TNS_LINKED_NODES; i++)
        for (int j = 0; j < TNS_LINKED_NODES; j++) {
            double by_a = slope_of(out->most[1], i), by_b = slope_of(out->most[2], j);
            float most = -INFINITY;
            for (int ring = 0; ring <= s->cells; ring++)
                most = fmaxf(most, lift_of_row(g->a[ring], g->b[ring], g->least[ring], s->cells,
                                               (float)by_a, (float)by_b));
            out->ab[i * TNS_LINKED_NODES + j] =
                (float)(most + hypot(by_a, by_b) * g->bulge + MARGIN * s->e * s->e);
        }
}

/* S_L of a mean lightness. */
static double lightness_scale(double L)
{
    double off = (L - 50) * (L - 50);
    return 1 + 0.015 * off / sqrt(20 + off);
}

/* The square of a step in lightness over S_L; it rises with the step's size. */
static double lightness(const sight *s, double step)
{
    double term = step / lightness_scale(s->target.L + step / 2);
    return term * term;
}

static void lift_lightness(const sight *s, tns_linked_lift *out)
{
    double size = fmin(MOST_S_L * s->e, 110) / LIGHT_CELLS;
    for (int i = 0; i < TNS_LINKED_NODES; i++) {
        double by = slope_of(out->most[0], i), most = 0;
        for (int k = 0; k < LIGHT_CELLS; k++) {
            double up = lightness(s, k * size), down = lightness(s, -k * size);
            double reach = fabs(by) * (k + 1) * size;
            double least = by > 0 ? up : down;
            if (least <= s->e * s->e)
                most = fmax(most, reach - least);
        }
        out->L[i] = (float)(most + MARGIN * s->e * s->e);
    }
}

static void take_root(sight *s)
{
    memset(s->U, 0, sizeof s->U);
    s->U[0][0] = 1 / lightness_scale(s->target.L);
    s->U[1][1] = sqrt(s->aa);
    s->U[1][2] = s->ab / s->U[1][1];
    s->U[2][2] = sqrt(s->bb - s->U[1][2] * s->U[1][2]);
}

/* False when nothing can be said. */
static bool look(sight *s, tns_lab target, double e)
{
    s->target = target;
    s->e = e;
    if (!find_form(s))
        return false;
    find_sector(s);
    take_root(s);
    return true;
}

static bool lift(const sight *s, double weight, tns_linked_lift *out)
{
    const double steep[3] = {s->U[0][0], sqrt(s->aa), sqrt(s->bb)};
    grid *g = malloc(sizeof *g);
    if (!g)
        return false;
    out->weight = (float)weight;
    for (int i = 0; i < 3; i++)
        out->most[i] = (float)(STEEPER * 2 * s->e * steep[i]);
    fill_grid(s, g);
    lift_chromatic(s, g, out);
    lift_lightness(s, out);
    free(g);
    return true;
}

static void add_weight(tns_linked_eye *eye, int i, int b, float weight)
{
    eye->row[i][b] = weight;
    eye->column[i / TNS_LANES][b][i % TNS_LANES] = weight;
    eye->below[i] += weight < 0 ? -weight : 0;
}

static void add_rows(tns_linked_eye *eye, const sight *s, const tns_viewing *viewing, double weight)
{
    const double white[3] = {viewing->white.X, viewing->white.Y, viewing->white.Z};
    const double target[3] = {s->target.L + 16, s->target.a, s->target.b};
    const int v = eye->viewings++;
    for (int b = 0; b < TNS_BANDS; b++)
        for (int i = 0; i < 3; i++)
            add_weight(eye, 3 * v + i, b, (float)(viewing->weight[i][b] / white[i]));
    for (int i = 0; i < 3; i++) {
        eye->target[v][i] = (float)target[i];
        for (int k = 0; k < 3; k++)
            eye->U[v][i][k] = (float)(sqrt(weight) * s->U[i][k]);
    }
}

/* The inverse of f: CIE 015:2018, 8.2.1. */
static double uncompressed(double f)
{
    return f > 6.0 / 29 ? f * f * f : (f - 4.0 / 29) * 108 / 841;
}

static void add_range(tns_linked_eye *eye, int i, double low, double high)
{
    eye->low[i] = (float)(uncompressed(low) - MARGIN);
    eye->high[i] = (float)(uncompressed(high) + MARGIN);
}

/* The least of C cos(h - axis): -1 stands for a cosine where the sector reaches across. */
static double least_along(const tns_chromatic_sector *s, double axis)
{
    double turns_low = (s->h_low - axis) / (2 * PI), turns_high = (s->h_high - axis) / (2 * PI);
    bool across = floor(turns_high - 0.5) > floor(turns_low - 0.5);
    double least = across ? -1 : fmin(cos(s->h_low - axis), cos(s->h_high - axis));
    return fmin(least * s->C_low, least * s->C_high);
}

/* X, Y, Z of colors that near. */
static void add_ranges(tns_linked_eye *eye, const sight *s)
{
    const int first = 3 * (eye->viewings - 1);
    double dL = fmin(MOST_S_L * s->e, 110), low = (s->target.L - dL + 16) / 116;
    double high = (s->target.L + dL + 16) / 116;
    double a_low = least_along(&s->all, 0), a_high = -least_along(&s->all, PI);
    double b_low = least_along(&s->all, PI / 2), b_high = -least_along(&s->all, -PI / 2);
    add_range(eye, first, low + a_low / 500, high + a_high / 500);
    add_range(eye, first + 1, low, high);
    add_range(eye, first + 2, low - b_high / 200, high - b_low / 200);
}

static void fill_shares(tns_linked_eye *eye, const tns_viewing *main)
{
    double sum = 0, share[TNS_BANDS];
    for (int b = 0; b < TNS_BANDS; b++) {
        share[b] = 0;
        for (int i = 0; i < 3; i++)
            share[b] += fabs(main->weight[i][b]);
        sum += share[b];
    }
    for (int b = 0; b < TNS_BANDS; b++)
        eye->share[b] = (float)(share[b] / sum);
}

void tns_linked_eye_set(tns_linked_eye *eye, const tns_goal *goal, double most, int cells)
{
    memset(eye, 0, sizeof *eye);
    if (!isfinite(most))
        return;
    eye->most = most * (1 + MARGIN) + MARGIN;
    for (size_t v = 0; v < goal->viewing_count && eye->viewings < TNS_LINKED_VIEWINGS; v++) {
        double weight = goal->weights[v];
        sight s = {.cells = cells};
        if (!(weight > 0))
            continue;
        if (!look(&s, goal->target[v], eye->most / sqrt(weight)) ||
            !lift(&s, weight, &eye->lift[eye->viewings])) {
            eye->viewings = 0;
            return;
        }
        add_rows(eye, &s, &goal->viewings[v], weight);
        add_ranges(eye, &s);
    }
    fill_shares(eye, &goal->viewings[0]);
}

float tns_linked_radius(const tns_linked_eye *eye, double objective)
{
    if (eye->viewings == 0 || !(objective <= eye->most))
        return INFINITY;
    return (float)(objective * (1 + MARGIN));
}
