/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "color/ciede2000.h"
#include "color/nnls.h"
#include "match/descent.h"

enum { ROUNDS = 12, SURFACES = 4, SIGHTS = SURFACES * TNS_VIEWINGS_MAX, ROWS = 3 * SIGHTS + 1 };

/* The lane of the point itself; the ones before it are steps along each ink. */
enum { POINT = TNS_LANES - 1 };

/* A step that slopes are taken over: far above rounding, small against what bends. */
static const double STEP = 0.01;

/* The row that keeps the sum of the amounts at 1. */
static const double SUM_WEIGHT = 1e3;

/* Squared differences; less gained is not worth another round. */
static const double LEAST_GAIN = 1e-5;

/* |metric (lab - target)| is nearly dE00, factors taken between the two (chromatic.h). */
typedef struct metric {
    double row[3][3];
} metric;

static metric metric_at(tns_lab target, const double lab[3])
{
    double C = (hypot(target.a, target.b) + hypot(lab[1], lab[2])) / 2;
    double stretch = 1.5 - tns_ciede2000_switch(C) / 2, a = stretch * (target.a + lab[1]) / 2;
    double b = (target.b + lab[2]) / 2, L = (target.L + lab[0]) / 2 - 50, out = hypot(a, b);
    double c = out > 0 ? a / out : 1, s = out > 0 ? b / out : 0; /* of the hue between the two */
    double Cp = (hypot(stretch * target.a, target.b) + hypot(stretch * lab[1], lab[2])) / 2;
    double R = tns_ciede2000_rotation(s, c) * 2 * tns_ciede2000_switch(Cp);
    double SL = 1 + 0.015 * L * L / sqrt(20 + L * L), SC = 1 + 0.045 * Cp;
    double SH = 1 + 0.015 * Cp * tns_ciede2000_t(c, s), along = sqrt(1 - R * R / 4);
    double x[2] = {stretch * c / SC, s / SC};
    double y[2] = {-stretch * s / SH, c / SH};
    metric m = {{{1 / SL, 0, 0},
                 {0, x[0] + R / 2 * y[0], x[1] + R / 2 * y[1]},
                 {0, along * y[0], along * y[1]}}};
    return m;
}

/* Of one viewing on one surface. */
typedef struct sight {
    double weight; /* its root */
    tns_lab target;
    metric metric;
    double at[3]; /* the color at the point */
} sight;

typedef struct state {
    const tns_descent *d;
    int surfaces, viewings, rows;
    double amount[TNS_DESCENT_INKS];
    sight sight[SIGHTS];
    double A[ROWS * TNS_DESCENT_INKS], b[ROWS];
} state;

static void look(const state *s, int surface, double amounts[TNS_LANES][TNS_DESCENT_INKS],
                 tns_screen_row *rows)
{
    const tns_bound *bound = s->d->bound;
    tns_screen_parts parts = {.count = s->d->count};
    for (int j = 0; j < parts.count; j++) {
        parts.ink[j] = s->d->ink[j];
        for (int i = 0; i < TNS_LANES; i++)
            parts.amount[j][i] = (float)amounts[i][j];
    }
    bound->kernels->row(&bound->surfaces[surface], &bound->eye, &parts, rows);
}

static void color_in(const tns_screen_row *row, int lane, double lab[3])
{
    for (int i = 0; i < 3; i++)
        lab[i] = row->lab[i][lane];
}

/* metric (lab - target), weighted */
static void difference(const sight *s, const double lab[3], double out[3])
{
    double d[3] = {lab[0] - s->target.L, lab[1] - s->target.a, lab[2] - s->target.b};
    for (int i = 0; i < 3; i++)
        out[i] = s->weight * (s->metric.row[i][0] * d[0] + s->metric.row[i][1] * d[1] +
                              s->metric.row[i][2] * d[2]);
}

static void set_sight(const state *s, int surface, int v, const tns_screen_row *row, sight *out)
{
    const tns_goal *goal = s->d->bound->goal;
    size_t viewing = s->d->bound->viewing[v];
    color_in(row, POINT, out->at);
    out->target = goal->target[viewing];
    out->weight = sqrt(goal->weights[viewing] * goal->surface_weights[surface]);
    out->metric = metric_at(out->target, out->at);
}

/* Three rows of A x = b: the slopes times the amounts, for a color goes by their ratios. */
static void set_rows(state *s, int at, const tns_screen_row *row)
{
    int n = s->d->count;
    double here[3], there[3], lab[3];
    difference(&s->sight[at], s->sight[at].at, here);
    for (int j = 0; j < n; j++) {
        color_in(row, j, lab);
        difference(&s->sight[at], lab, there);
        for (int i = 0; i < 3; i++)
            s->A[(3 * at + i) * n + j] = (there[i] - here[i]) / STEP;
    }
    for (int i = 0; i < 3; i++)
        s->b[3 * at + i] = -here[i];
}

static void make_linear(state *s)
{
    double amounts[TNS_LANES][TNS_DESCENT_INKS];
    for (int i = 0; i < TNS_LANES; i++) {
        memcpy(amounts[i], s->amount, sizeof amounts[i]);
        if (i < s->d->count && i < POINT)
            amounts[i][i] += STEP;
    }
    for (int surface = 0; surface < s->surfaces; surface++) {
        tns_screen_row rows[TNS_VIEWINGS_MAX];
        look(s, surface, amounts, rows);
        for (int v = 0; v < s->viewings; v++) {
            int at = surface * s->viewings + v;
            set_sight(s, surface, v, &rows[v], &s->sight[at]);
            set_rows(s, at, &rows[v]);
        }
    }
    for (int j = 0; j < s->d->count; j++)
        s->A[(s->rows - 1) * s->d->count + j] = SUM_WEIGHT;
    s->b[s->rows - 1] = SUM_WEIGHT;
}

/* Sums of squared differences, by the metrics in hand, at lengths of the way to `aim`. */
static void try_lengths(const state *s, const double aim[TNS_DESCENT_INKS],
                        const double length[TNS_LANES], double squared[TNS_LANES])
{
    double amounts[TNS_LANES][TNS_DESCENT_INKS];
    memset(squared, 0, TNS_LANES * sizeof *squared);
    for (int i = 0; i < TNS_LANES; i++)
        for (int j = 0; j < s->d->count; j++)
            amounts[i][j] = s->amount[j] + length[i] * (aim[j] - s->amount[j]);
    for (int surface = 0; surface < s->surfaces; surface++) {
        tns_screen_row rows[TNS_VIEWINGS_MAX];
        look(s, surface, amounts, rows);
        for (int v = 0; v < s->viewings; v++)
            for (int i = 0; i < TNS_LANES; i++) {
                double lab[3], d[3];
                color_in(&rows[v], i, lab);
                difference(&s->sight[surface * s->viewings + v], lab, d);
                squared[i] += d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
            }
    }
}

/* To the best of some lengths of the way; false where that gains next to nothing. */
static bool step_to(state *s, const double aim[TNS_DESCENT_INKS])
{
    static const double LENGTHS[TNS_LANES] = {0, 1, 0.7, 0.45, 0.25, 0.12, 0.05, 0.02};
    double squared[TNS_LANES];
    int best = 0;
    try_lengths(s, aim, LENGTHS, squared);
    for (int i = 1; i < TNS_LANES; i++)
        best = squared[i] < squared[best] ? i : best;
    for (int j = 0; j < s->d->count; j++)
        s->amount[j] += LENGTHS[best] * (aim[j] - s->amount[j]);
    return squared[0] - squared[best] > LEAST_GAIN;
}

static void normalize(double *amount, int count)
{
    double sum = 0;
    for (int j = 0; j < count; j++)
        sum += amount[j];
    for (int j = 0; j < count; j++)
        amount[j] /= sum;
}

void tns_descend(const tns_descent *descent, double amount[TNS_DESCENT_INKS])
{
    state s = {.d = descent, .viewings = descent->bound->eye.viewings};
    size_t surfaces = descent->bound->goal->surface_count;
    s.surfaces = surfaces < SURFACES ? (int)surfaces : SURFACES;
    s.rows = 3 * s.surfaces * s.viewings + 1;
    memcpy(s.amount, amount, sizeof s.amount);
    for (int round = 0; round < ROUNDS; round++) {
        double aim[TNS_DESCENT_INKS] = {0};
        make_linear(&s);
        tns_nnls(s.rows, descent->count, s.A, s.b, aim);
        normalize(aim, descent->count);
        if (!step_to(&s, aim))
            break;
        normalize(s.amount, descent->count);
    }
    memcpy(amount, s.amount, sizeof s.amount);
}
