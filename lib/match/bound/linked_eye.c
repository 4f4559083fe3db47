/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The colors near enough of linked.h, and how far they reach (linked_reach.h): under one viewing,
 * of weight v, dE00^2 is no more than e^2 = most^2/v.
 *
 * y is that of small differences' form, which is where directions come from; it need not hold.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "match/bound/linked_lift.h"

enum { COARSE = 16, NARROWINGS = 3 };

/* No color of a reflectance has a larger C*: f is from 4/29 to 1, so |a*| < 437, |b*| < 175. */
static const double MOST_CHROMA = 470;

/* S_L is below, and greatest where the mean lightness is farthest from 50. */
static const double MOST_S_L = 1.75;

/* Objectives, and X, Y, Z, are not more exact. */
static const double MARGIN = 1e-5;

/* Under all viewings colors near enough are about alike: beyond this the slopes tried hardly lead.
 */
static const double NEAR = 1.5;

static const double PI = 3.14159265358979323846;

static double chromatic(const tns_linked_view *s, double a, double b)
{
    tns_lab other = {s->target.L, s->target.a + a, s->target.b + b};
    double de = tns_de00(s->target, other);
    return de * de;
}

static double both(const tns_linked_view *s, double a, double b)
{
    return (chromatic(s, a, b) + chromatic(s, -a, -b)) / 2;
}

static void form_near(tns_linked_view *s, double h)
{
    s->aa = both(s, h, 0) / (h * h);
    s->bb = both(s, 0, h) / (h * h);
    s->ab = (both(s, h, h) - both(s, h, -h)) / (4 * h * h);
}

/* The form's own directions are good ones where it is that of differences about so large. */
static bool find_form(tns_linked_view *s)
{
    form_near(s, fmin(fmax(0.3, s->e / 4), 3));
    return s->aa > 0 && s->bb > 0 && s->ab * s->ab < 0.99 * s->aa * s->bb;
}

/* The sector around the cells that are near enough. */
static tns_chromatic_sector narrowed(const tns_linked_view *s)
{
    tns_chromatic_sector to = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (int i = 0; i < COARSE; i++)
        for (int j = 0; j < COARSE; j++) {
            tns_chromatic_sector cell = tns_linked_piece(&s->all, COARSE, i, j);
            if (tns_chromatic_sector_bound(s->target, cell) > s->e * s->e)
                continue;
            to.C_low = fmin(to.C_low, cell.C_low);
            to.C_high = fmax(to.C_high, cell.C_high);
            to.h_low = fmin(to.h_low, cell.h_low);
            to.h_high = fmax(to.h_high, cell.h_high);
        }
    return to;
}

static void find_sector(tns_linked_view *s)
{
    double hue = atan2(s->target.b, s->target.a);
    s->all = (tns_chromatic_sector){0, MOST_CHROMA, hue - PI, hue + PI};
    for (int pass = 0; pass < NARROWINGS; pass++)
        s->all = narrowed(s);
}

static void take_root(tns_linked_view *s)
{
    memset(s->U, 0, sizeof s->U);
    s->U[0][0] = 1 / tns_linked_lightness_scale(s->target.L);
    s->U[1][1] = sqrt(s->aa);
    s->U[1][2] = s->ab / s->U[1][1];
    s->U[2][2] = sqrt(s->bb - s->U[1][2] * s->U[1][2]);
}

/* False when nothing can be said. */
static bool look(tns_linked_view *s, tns_lab target, double e)
{
    s->target = target;
    s->e = e;
    if (!find_form(s))
        return false;
    find_sector(s);
    take_root(s);
    return true;
}

static void add_weight(tns_linked_eye *eye, int i, int b, float weight)
{
    eye->row[i][b] = weight;
    eye->column[i / TNS_LANES][b][i % TNS_LANES] = weight;
    eye->below[i] += weight < 0 ? -weight : 0;
}

static void add_rows(tns_linked_eye *eye, const tns_linked_view *s, const tns_viewing *viewing,
                     double weight)
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
static void add_ranges(tns_linked_eye *eye, const tns_linked_view *s)
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

static double sum_of_weights(const tns_goal *goal)
{
    double sum = 0;
    for (size_t v = 0; v < goal->viewing_count; v++)
        sum += goal->weights[v];
    return sum;
}

void tns_linked_eye_set(tns_linked_eye *eye, const tns_goal *goal, double most,
                        tns_linked_detail detail)
{
    memset(eye, 0, sizeof *eye);
    if (!isfinite(most))
        return;
    eye->most = most * (1 + MARGIN) + MARGIN;
    for (size_t v = 0; v < goal->viewing_count && eye->viewings < TNS_LINKED_VIEWINGS; v++) {
        double weight = goal->weights[v];
        tns_linked_view s = {.near = NEAR * eye->most / sqrt(sum_of_weights(goal)),
                             .cells = detail.cells};
        if (!(weight > 0))
            continue;
        if (!look(&s, goal->target[v], eye->most / sqrt(weight)) ||
            !tns_linked_lift_make(&s, weight, detail.steps, &eye->lift[eye->viewings])) {
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
