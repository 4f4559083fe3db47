/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "photo/chart/order.h"
#include "photo/find/colors.h"

/*
 * How far a patch may be from where the fit puts it, in natural log units: cameras' and printers'
 * own ways with saturated colors take 0.2-0.6.
 */
static const double REACH = 1.0;

/* An image's curve and the chroma a camera gives are no farther from the chart's than this. */
static const double SCALE_LEAST = 0.35, SCALE_MOST = 2.5;

enum { PAIRS_MAX = 600, POLISHES = 4 };

/* Lightness and two differences of log light. */
typedef struct tone {
    double y, u, v;
} tone;

static tone tone_of(const double c[3])
{
    double y = (c[0] + c[1] + c[2]) / 3;
    return (tone){y, c[0] - y, c[2] - y};
}

/* seen = scale reference + shift, for lightness and chroma apart. */
typedef struct fit {
    double y_scale, c_scale;
    tone shift;
} fit;

typedef struct matching {
    tone reference[TNS_CHART_PATCHES_MAX], seen[TNS_CHART_PATCHES_MAX];
    int index[TNS_CHART_PATCHES_MAX];
    int count; /* that are seen */
} matching;

/* Sum of squares over R, G, B: of B and R from u and v, of G from what they leave. */
static double error2(const fit *f, tone reference, tone seen)
{
    double y = (seen.y - f->shift.y) / f->y_scale - reference.y;
    double u = (seen.u - f->shift.u) / f->c_scale - reference.u;
    double v = (seen.v - f->shift.v) / f->c_scale - reference.v;
    return 3 * y * y + u * u + v * v + (u + v) * (u + v);
}

static double support(const matching *m, const fit *f)
{
    double sum = 0;
    for (int i = 0; i < m->count; i++)
        sum += fmax(1 - error2(f, m->reference[i], m->seen[i]) / (REACH * REACH), 0);
    return sum;
}

typedef struct sums {
    double n;
    tone r, s;
    double yy, ys, cc, cs; /* of products, lightness and chroma */
} sums;

static void add(sums *k, tone r, tone s, double weight)
{
    k->n += weight;
    k->r = (tone){k->r.y + weight * r.y, k->r.u + weight * r.u, k->r.v + weight * r.v};
    k->s = (tone){k->s.y + weight * s.y, k->s.u + weight * s.u, k->s.v + weight * s.v};
    k->yy += weight * r.y * r.y;
    k->ys += weight * r.y * s.y;
    k->cc += weight * (r.u * r.u + r.v * r.v + r.u * r.v);
    k->cs += weight * (r.u * s.u + r.v * s.v + (r.u * s.v + r.v * s.u) / 2);
}

static bool solve(const sums *k, fit *out)
{
    double n = k->n;
    if (n <= 0)
        return false;
    double yy = k->yy - k->r.y * k->r.y / n, ys = k->ys - k->r.y * k->s.y / n;
    double cc = k->cc - (k->r.u * k->r.u + k->r.v * k->r.v + k->r.u * k->r.v) / n;
    double cs =
        k->cs - (k->r.u * k->s.u + k->r.v * k->s.v + (k->r.u * k->s.v + k->r.v * k->s.u) / 2) / n;
    if (yy < 1e-6 || cc < 1e-6)
        return false;
    out->y_scale = ys / yy;
    out->c_scale = cs / cc;
    out->shift = (tone){(k->s.y - out->y_scale * k->r.y) / n, (k->s.u - out->c_scale * k->r.u) / n,
                        (k->s.v - out->c_scale * k->r.v) / n};
    return out->y_scale > SCALE_LEAST && out->y_scale < SCALE_MOST && out->c_scale > SCALE_LEAST &&
           out->c_scale < SCALE_MOST;
}

static bool fit_pair(const matching *m, int i, int j, fit *out)
{
    sums k = {0};
    add(&k, m->reference[i], m->seen[i], 1);
    add(&k, m->reference[j], m->seen[j], 1);
    return solve(&k, out);
}

static void keep_better(const matching *m, const fit *f, fit *best, double *most)
{
    double s = support(m, f);
    if (s > *most) {
        *most = s;
        *best = *f;
    }
}

/* All pairs, or as many drawn ones. */
static bool search_pairs(const matching *m, fit *best, double *most)
{
    int n = m->count;
    fit f;
    tns_random random = tns_random_make(1);
    *most = 0;
    if (n * (n - 1) / 2 <= PAIRS_MAX) {
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++)
                if (fit_pair(m, i, j, &f))
                    keep_better(m, &f, best, most);
        return *most > 0;
    }
    for (int k = 0; k < PAIRS_MAX; k++) {
        int i = (int)tns_random_below(&random, (uint32_t)n);
        int j = (int)tns_random_below(&random, (uint32_t)n);
        if (i != j && fit_pair(m, i, j, &f))
            keep_better(m, &f, best, most);
    }
    return *most > 0;
}

static void polish(const matching *m, fit *best, double *most)
{
    for (int k = 0; k < POLISHES; k++) {
        sums all = {0};
        fit f;
        for (int i = 0; i < m->count; i++)
            if (error2(best, m->reference[i], m->seen[i]) < REACH * REACH)
                add(&all, m->reference[i], m->seen[i], 1);
        if (solve(&all, &f))
            keep_better(m, &f, best, most);
    }
}

static double correlation(tns_log_colors reference, tns_log_colors seen, const bool *takes,
                          int count)
{
    double xx = 0, yy = 0, xy = 0;
    for (int c = 0; c < 3; c++) {
        double n = 0, x = 0, y = 0, x2 = 0, y2 = 0, p = 0;
        for (int i = 0; i < count; i++) {
            if (!takes[i])
                continue;
            double a = seen[i][c], b = reference[i][c];
            n += 1;
            x += a;
            y += b;
            x2 += a * a;
            y2 += b * b;
            p += a * b;
        }
        n = fmax(n, 1);
        xx += x2 - x * x / n;
        yy += y2 - y * y / n;
        xy += p - x * y / n;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

void tns_colors_reference(const tns_chart *chart, tns_log_colors out)
{
    for (int i = 0; i < chart->count; i++)
        tns_reference_log_light(chart->patch[i].reference, out[i]);
}

double tns_colors_plain(tns_log_colors reference, tns_log_colors seen, const bool *is_seen,
                        int count)
{
    return correlation(reference, seen, is_seen, count);
}

static void summarise(const matching *m, const fit *best, tns_color_match *out)
{
    double sum = 0;
    for (int i = 0; i < m->count; i++) {
        double e = error2(best, m->reference[i], m->seen[i]);
        if (e >= REACH * REACH)
            continue;
        out->agrees[m->index[i]] = true;
        out->agreeing++;
        sum += e;
    }
    out->rms = out->agreeing > 0 ? sqrt(sum / (3 * out->agreeing)) : 0;
    out->chroma = best->c_scale;
}

void tns_colors_match(tns_log_colors reference, tns_log_colors seen, const bool *is_seen, int count,
                      tns_color_match *out)
{
    matching m = {.count = 0};
    fit best = {1, 1, {0, 0, 0}};
    double most;
    memset(out, 0, sizeof *out);
    for (int i = 0; i < count; i++)
        if (is_seen[i]) {
            m.reference[m.count] = tone_of(reference[i]);
            m.seen[m.count] = tone_of(seen[i]);
            m.index[m.count++] = i;
        }
    out->plain = correlation(reference, seen, is_seen, count);
    if (!search_pairs(&m, &best, &most))
        return;
    polish(&m, &best, &most);
    out->score = most / count;
    summarise(&m, &best, out);
    out->order = correlation(reference, seen, out->agrees, count);
}
