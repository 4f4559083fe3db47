/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ball of linked.h: all spectra near enough to the target lie in it.
 *
 * Under one viewing, of weight v, dE00^2 is no more than e^2 = most^2/v. There
 *   - (dL/S_L)^2 is at least dL^2 over the greatest S_L that the mean lightness allows;
 *   - the part of a* and b* is at least a quadratic form of da, db less a little. The form is that
 *     of small differences, made smaller until cells over the plane (tns_chromatic_bound) prove it,
 *     halved where they are too coarse to.
 * So |U (dL, da, db)|^2 <= dE00^2 + little, U the root of both forms; those of all viewings, each
 * times the root of its weight, are y. Without the form of one of them the ball would be too large
 * to be of use.
 */
#include <math.h>
#include <string.h>

#include <tonsure/difference.h>

#include "match/chromatic.h"
#include "match/linked.h"

enum { COARSE = 8, HALVINGS = 9, TRIES = 12, ANGLES = 24, STEPS = 8 };

/* Of e^2: what the form may exceed the difference by, so that the cells need not end at 0. */
static const double LITTLE = 1e-3;

/* S_L is below, and greatest where the mean lightness is farthest from 50. */
static const double MOST_S_L = 1.75;

/* Objectives, and the directions' length, are not more exact. */
static const double MARGIN = 1e-5;

/* Under one viewing. */
typedef struct sight {
    tns_lab target;
    double e;          /* dE00, at most */
    double aa, ab, bb; /* the form of a* and b* */
    tns_chromatic_area area;
    double U[3][3]; /* of L*, a*, b*; upper triangle */
} sight;

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

static double form(const sight *s, double a, double b)
{
    return s->aa * a * a + 2 * s->ab * a * b + s->bb * b * b;
}

/* The least that the difference is of the form, in some directions. */
static double least_share(const sight *s)
{
    double least = 1;
    for (int i = 0; i < ANGLES; i++) {
        double turn = 2 * 3.14159265358979323846 * i / ANGLES, a = cos(turn), b = sin(turn);
        double far = 1.5 * s->e / sqrt(form(s, a, b));
        for (int k = 1; k <= STEPS; k++) {
            double r = far * k / STEPS, g = chromatic(s, r * a, r * b);
            if (g <= s->e * s->e)
                least = fmin(least, g / form(s, r * a, r * b));
        }
    }
    return least;
}

static double most_of_form(const sight *s, const tns_chromatic_area *cell)
{
    double a1 = cell->a_low - s->target.a, a2 = cell->a_high - s->target.a;
    double b1 = cell->b_low - s->target.b, b2 = cell->b_high - s->target.b;
    return fmax(fmax(form(s, a1, b1), form(s, a1, b2)), fmax(form(s, a2, b1), form(s, a2, b2)));
}

static tns_chromatic_area piece(const tns_chromatic_area *area, int cells, int i, int j)
{
    double a = (area->a_high - area->a_low) / cells, b = (area->b_high - area->b_low) / cells;
    return (tns_chromatic_area){area->a_low + i * a, area->a_low + (i + 1) * a, area->b_low + j * b,
                                area->b_low + (j + 1) * b};
}

static bool holds(const sight *s, const tns_chromatic_area *area, int cells, int halvings)
{
    for (int i = 0; i < cells; i++)
        for (int j = 0; j < cells; j++) {
            tns_chromatic_area cell = piece(area, cells, i, j);
            double enough = s->e * s->e, need = most_of_form(s, &cell) - LITTLE * enough;
            if (need <= 0 || tns_chromatic_bound(s->target, cell) >= fmin(need, enough))
                continue;
            if (halvings == 0 || !holds(s, &cell, 2, halvings - 1))
                return false;
        }
    return true;
}

static void scale(sight *s, double by)
{
    s->aa *= by;
    s->ab *= by;
    s->bb *= by;
}

/* False when no form is found. */
static bool prove_form(sight *s)
{
    form_near(s, fmax(0.3, s->e / 4));
    if (!(s->aa > 0 && s->bb > 0 && s->ab * s->ab < 0.99 * s->aa * s->bb))
        return false;
    scale(s, 0.85 * least_share(s));
    for (int i = 0; i < TRIES; i++) {
        if (holds(s, &s->area, COARSE, HALVINGS))
            return true;
        scale(s, 0.9);
    }
    return false;
}

/* The area out of which a* and b* alone make too large a difference; false when there is none. */
static bool find_area(sight *s)
{
    tns_chromatic table;
    double enough = s->e * s->e;
    tns_chromatic_init(&table, s->target, enough * (1 + MARGIN), COARSE);
    s->area = table.area;
    return table.outside > enough;
}

/* S_L of a mean lightness. */
static double lightness_scale(double L)
{
    double off = (L - 50) * (L - 50);
    return 1 + 0.015 * off / sqrt(20 + off);
}

static void take_root(sight *s)
{
    double half = MOST_S_L * s->e / 2;
    double S_L = fmax(lightness_scale(s->target.L - half), lightness_scale(s->target.L + half));
    memset(s->U, 0, sizeof s->U);
    s->U[0][0] = 1 / fmin(S_L, MOST_S_L);
    s->U[1][1] = sqrt(s->aa);
    s->U[1][2] = s->ab / s->U[1][1];
    s->U[2][2] = sqrt(s->bb - s->U[1][2] * s->U[1][2]);
}

static bool look(sight *s, tns_lab target, double e)
{
    s->target = target;
    s->e = e;
    if (!find_area(s) || !prove_form(s))
        return false;
    take_root(s);
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
            eye->U[v][i][k] = (float)(sqrt(weight) * s->U[i][k] * (1 - MARGIN));
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

/* X, Y, Z of colors that near. */
static void add_ranges(tns_linked_eye *eye, const sight *s)
{
    const int first = 3 * (eye->viewings - 1);
    double dL = MOST_S_L * s->e, low = (s->target.L - dL + 16) / 116;
    double high = (s->target.L + dL + 16) / 116;
    add_range(eye, first, low + s->area.a_low / 500, high + s->area.a_high / 500);
    add_range(eye, first + 1, low, high);
    add_range(eye, first + 2, low - s->area.b_high / 200, high - s->area.b_low / 200);
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

void tns_linked_eye_set(tns_linked_eye *eye, const tns_goal *goal, double most)
{
    memset(eye, 0, sizeof *eye);
    if (!isfinite(most))
        return;
    eye->most = most * (1 + MARGIN) + MARGIN;
    for (size_t v = 0; v < goal->viewing_count && eye->viewings < TNS_LINKED_VIEWINGS; v++) {
        double weight = goal->weights[v];
        sight s;
        if (!(weight > 0))
            continue;
        if (!look(&s, goal->target[v], eye->most / sqrt(weight))) {
            eye->viewings = 0;
            return;
        }
        add_rows(eye, &s, &goal->viewings[v], weight);
        add_ranges(eye, &s);
        eye->extra += LITTLE;
    }
    fill_shares(eye, &goal->viewings[0]);
}

float tns_linked_radius(const tns_linked_eye *eye, double objective)
{
    if (eye->viewings == 0 || !(objective <= eye->most))
        return INFINITY;
    double square = objective * objective + eye->extra * eye->most * eye->most;
    return (float)(sqrt(square) * (1 + MARGIN));
}
