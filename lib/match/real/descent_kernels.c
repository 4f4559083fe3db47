/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/lanes.h"
#include "match/real/descent_difference.h"
#include "match/real/descent_kernels.h"
#include "match/real/descent_layer.h"

enum { LANES = TNS_LANES, COLUMNS = TNS_SCREEN_PARTS + 1 };

/* An e-fold of a part is no more than so many in one step. */
static const float LONGEST = 2.5F, LEAST_STEP = 1e-12F;

/* Squared differences per squared e-fold: holds what the colors do not determine. */
static const float LEAST_DAMPING = 1e-3F, MOST_DAMPING = 1e6F;

/* What a sum of squares is at `next`. */
typedef struct point {
    tns_lane_mixture mixture;
    tns_lane_row value, slope[TNS_SCREEN_PARTS], bend[TNS_SCREEN_PARTS][TNS_SCREEN_PARTS];
} point;

/* A part adds to K and S; an opaque layer does not see that it takes its share of the liquid. */
static void set_opaque(const tns_screen_surface *s, const tns_descent_lanes *l,
                       const tns_lane_mixture *m, int parts, tns_lane_field columns[COLUMNS])
{
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_lane_row K, S, by_K, by_S;
        tns_lane_mix(l, m, parts, b, K, S);
        tns_lane_see_opaque(s, b, K, S, columns[0][b], by_K, by_S);
        for (int j = 1; j < parts; j++)
            for (int i = 0; i < LANES; i++)
                columns[j][b][i] = by_K[i] * l->K[j][b][i] + by_S[i] * l->S[j][b][i];
    }
}

/* A part adds to K and S of the liquid, and takes its share of it from all. */
static void set_film(const tns_screen_surface *s, const tns_descent_lanes *l,
                     const tns_lane_mixture *m, int parts, tns_lane_field columns[COLUMNS])
{
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_lane_row K, S, by_K, by_S, by_all;
        tns_lane_mix(l, m, parts, b, K, S);
        tns_lane_see_film(s, b, K, S, columns[0][b], by_K, by_S);
        for (int i = 0; i < LANES; i++)
            by_all[i] = by_K[i] * K[i] + by_S[i] * S[i];
        for (int j = 1; j < parts; j++)
            for (int i = 0; i < LANES; i++)
                columns[j][b][i] =
                    by_K[i] * l->K[j][b][i] + by_S[i] * l->S[j][b][i] - l->amount[j][i] * by_all[i];
    }
}

/* What is seen, then its slopes in each part but the first. */
static void set_columns(const tns_screen_surface *s, const tns_descent_lanes *l,
                        const tns_lane_mixture *m, int parts, tns_lane_field columns[COLUMNS])
{
    if (s->opaque)
        set_opaque(s, l, m, parts, columns);
    else
        set_film(s, l, m, parts, columns);
    if (parts % 2)
        memset(columns[parts], 0, sizeof columns[parts]);
}

/* The sum of all surfaces' columns, by share. */
static void blend_columns(const tns_descent_goal *goal, const tns_descent_lanes *l,
                          const tns_lane_mixture *m, int parts, tns_lane_field columns[COLUMNS])
{
    tns_lane_field one[COLUMNS];
    memset(columns, 0, COLUMNS * sizeof *columns);
    for (int s = 0; s < goal->surface_count; s++) {
        const float share = goal->share[s];
        set_columns(&goal->surfaces[s], l, m, parts, one);
        for (int j = 0; j < parts; j++)
            for (int b = 0; b < TNS_BANDS; b++)
                for (int i = 0; i < LANES; i++)
                    columns[j][b][i] += share * one[j][b][i];
    }
}

/* A color and its slopes in each part's logarithm. */
typedef struct sight {
    tns_lane_row lab[3], by[TNS_SCREEN_PARTS][3];
} sight;

static void to_lab(tns_lane_row xyz[COLUMNS][3], int parts, sight *out)
{
    tns_lane_row f[3], slope[3];
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < LANES; i++)
            f[k][i] = tns_single_compressed_slope(xyz[0][k][i], &slope[k][i]);
    for (int i = 0; i < LANES; i++) {
        out->lab[0][i] = 116 * f[1][i] - 16;
        out->lab[1][i] = 500 * (f[0][i] - f[1][i]);
        out->lab[2][i] = 200 * (f[1][i] - f[2][i]);
    }
    for (int j = 1; j < parts; j++)
        for (int i = 0; i < LANES; i++) {
            float x = slope[0][i] * xyz[j][0][i], y = slope[1][i] * xyz[j][1][i];
            float z = slope[2][i] * xyz[j][2][i];
            out->by[j][0][i] = 116 * y;
            out->by[j][1][i] = 500 * (x - y);
            out->by[j][2][i] = 200 * (y - z);
        }
}

/* Per part into per logarithm: the first part's from the others', for a color goes by ratios. */
static void to_logarithms(const tns_descent_lanes *l, const tns_lane_mixture *m, int parts,
                          sight *s)
{
    const int inks = l->inks;
    for (int k = 0; k < 3; k++) {
        tns_lane_row sum = {0};
        for (int j = 1; j < parts; j++)
            for (int i = 0; i < LANES; i++) {
                s->by[j][k][i] *= m->part[j][i];
                sum[i] += s->by[j][k][i];
            }
        for (int i = 0; i < LANES; i++)
            s->by[0][k][i] = -sum[i];
        if (parts == inks)
            continue;
        for (int j = 0; j < inks; j++)
            for (int i = 0; i < LANES; i++)
                s->by[j][k][i] += m->share[j][i] * s->by[inks][k][i];
        for (int i = 0; i < LANES; i++)
            s->by[inks][k][i] *= m->undiluted[i];
    }
}

/* Three rows of residuals and slopes. */
typedef struct rows {
    tns_lane_row r[3], by[TNS_SCREEN_PARTS][3];
} rows;

static void to_rows(const float target[3], const sight *s, int parts, rows *out)
{
    tns_lane_row by_L, x_a, x_b, y_a, y_b;
    for (int i = 0; i < LANES; i++) {
        tns_difference_slopes d =
            tns_difference_of(target, s->lab[0][i], s->lab[1][i], s->lab[2][i]);
        out->r[0][i] = d.l;
        out->r[1][i] = d.x;
        out->r[2][i] = d.y;
        by_L[i] = d.by_L;
        x_a[i] = d.x_by_a;
        x_b[i] = d.x_by_b;
        y_a[i] = d.y_by_a;
        y_b[i] = d.y_by_b;
    }
    for (int j = 0; j < parts; j++)
        for (int i = 0; i < LANES; i++) {
            float a = s->by[j][1][i], b = s->by[j][2][i];
            out->by[j][0][i] = by_L[i] * s->by[j][0][i];
            out->by[j][1][i] = x_a[i] * a + x_b[i] * b;
            out->by[j][2][i] = y_a[i] * a + y_b[i] * b;
        }
}

static void add_rows(float weight, const rows *r, int parts, point *p)
{
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < LANES; i++)
            p->value[i] += weight * (r->r[k][i] * r->r[k][i]);
        for (int j = 0; j < parts; j++) {
            tns_lane_row here;
            for (int i = 0; i < LANES; i++)
                here[i] = weight * r->by[j][k][i];
            for (int i = 0; i < LANES; i++)
                p->slope[j][i] += here[i] * r->r[k][i];
            for (int n = 0; n <= j; n++)
                for (int i = 0; i < LANES; i++)
                    p->bend[j][n][i] += here[i] * r->by[n][k][i];
        }
    }
}

static void look(const tns_descent_goal *goal, const tns_descent_lanes *l, point *p)
{
    const int parts = l->inks + (goal->max_shade > 0);
    tns_lane_field columns[COLUMNS];
    memset(p, 0, sizeof *p);
    tns_lane_mixture_set(goal, l, &p->mixture);
    for (int s = 0; s < (goal->blended ? 1 : goal->surface_count); s++) {
        if (goal->blended)
            blend_columns(goal, l, &p->mixture, parts, columns);
        else
            set_columns(&goal->surfaces[s], l, &p->mixture, parts, columns);
        for (int v = 0; v < goal->eye->viewings; v++) {
            const float *const weight[3] = {goal->eye->xyz[v][0], goal->eye->xyz[v][1],
                                            goal->eye->xyz[v][2]};
            tns_lane_row xyz[COLUMNS][3];
            sight seen;
            rows r;
            for (int j = 0; j < parts; j += 2)
                tns_lane_dots(weight, columns[j][0], columns[j + 1][0], TNS_BANDS, xyz[j],
                              xyz[j + 1]);
            to_lab(xyz, parts, &seen);
            to_logarithms(l, &p->mixture, parts, &seen);
            to_rows(goal->target[v], &seen, parts, &r);
            add_rows(goal->weight[s][v], &r, parts, p);
        }
    }
}

/* out = chosen ? a : out */
static void choose(const tns_lane_row chosen, const tns_lane_row a, tns_lane_row out)
{
    for (int i = 0; i < LANES; i++)
        out[i] = chosen[i] > 0 ? a[i] : out[i];
}

/* By what was gained of what was expected: Marquardt, with Nielsen's idea of how much to trust. */
static void keep_better(const point *p, int parts, tns_descent_lanes *l)
{
    tns_lane_row better;
    for (int i = 0; i < LANES; i++) {
        float gained = l->value[i] - p->value[i];
        float ratio = gained > 0 ? gained / tns_single_greater(l->gain[i], 1e-12F) : -1;
        better[i] = ratio;
        float by = ratio > 0.75F ? 0.1F : ratio > 0.25F ? 0.5F : ratio > 0 ? 2 : 8;
        l->damping[i] =
            tns_single_lesser(tns_single_greater(l->damping[i] * by, LEAST_DAMPING), MOST_DAMPING);
    }
    choose(better, p->value, l->value);
    for (int j = 0; j < parts; j++) {
        choose(better, l->next[j], l->at[j]);
        choose(better, p->slope[j], l->slope[j]);
        for (int n = 0; n <= j; n++)
            choose(better, p->bend[j][n], l->bend[j][n]);
    }
}

/* L, lower, and the diagonal D. */
typedef struct factors {
    tns_lane_row L[TNS_SCREEN_PARTS][TNS_SCREEN_PARTS], D[TNS_SCREEN_PARTS];
} factors;

/*
 * bend + damping = L D L^T. All logarithms of inks raised alike change nothing: that direction, in
 * which the slope is 0, is given a curvature.
 */
static void factor(const tns_descent_lanes *l, int parts, factors *f)
{
    tns_lane_row stiff = {0};
    for (int j = 0; j < l->inks; j++)
        for (int i = 0; i < LANES; i++)
            stiff[i] += l->bend[j][j][i] + l->damping[i];
    for (int j = 0; j < parts; j++) {
        const float alike = j < l->inks;
        for (int n = 0; n <= j; n++) {
            for (int i = 0; i < LANES; i++)
                f->L[j][n][i] = l->bend[j][n][i] + alike * stiff[i];
            for (int k = 0; k < n; k++)
                for (int i = 0; i < LANES; i++)
                    f->L[j][n][i] -= f->L[j][k][i] * f->L[n][k][i] * f->D[k][i];
            for (int i = 0; i < LANES && n < j; i++)
                f->L[j][n][i] /= f->D[n][i];
        }
        for (int i = 0; i < LANES; i++)
            f->D[j][i] = tns_single_greater(f->L[j][j][i] + l->damping[i], l->damping[i]);
    }
}

/* (bend + damping) d = -slope */
static void make_next(tns_descent_lanes *l, int parts)
{
    factors f;
    tns_lane_row d[TNS_SCREEN_PARTS], longest = {0}, gain = {0};
    factor(l, parts, &f);
    for (int j = 0; j < parts; j++) {
        for (int i = 0; i < LANES; i++)
            d[j][i] = -l->slope[j][i];
        for (int k = 0; k < j; k++)
            for (int i = 0; i < LANES; i++)
                d[j][i] -= f.L[j][k][i] * d[k][i];
    }
    for (int j = parts - 1; j >= 0; j--) {
        for (int i = 0; i < LANES; i++)
            d[j][i] /= f.D[j][i];
        for (int k = j + 1; k < parts; k++)
            for (int i = 0; i < LANES; i++)
                d[j][i] -= f.L[k][j][i] * d[k][i];
    }
    for (int j = 0; j < parts; j++)
        for (int i = 0; i < LANES; i++) {
            gain[i] += d[j][i] * (l->damping[i] * d[j][i] - l->slope[j][i]);
            longest[i] = tns_single_greater(longest[i], fabsf(d[j][i]));
        }
    for (int i = 0; i < LANES; i++)
        longest[i] = tns_single_lesser(1, LONGEST / tns_single_greater(longest[i], LEAST_STEP));
    for (int i = 0; i < LANES; i++)
        l->gain[i] = gain[i] * longest[i];
    for (int j = 0; j < parts; j++)
        for (int i = 0; i < LANES; i++)
            l->next[j][i] = l->at[j][i] + longest[i] * d[j][i];
}

static void descent_round(const tns_descent_goal *goal, tns_descent_lanes *lanes)
{
    const int parts = lanes->inks + (goal->max_shade > 0);
    point p;
    look(goal, lanes, &p);
    keep_better(&p, parts, lanes);
    make_next(lanes, parts);
}

const tns_descent_kernels TNS_KERNELS(tns_descent_kernels) = {descent_round};
