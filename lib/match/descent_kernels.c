/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/lanes.h"
#include "match/descent_kernels.h"
#include "match/single.h"

enum { LANES = TNS_LANES, COLUMNS = TNS_SCREEN_PARTS + 1 };

/* An e-fold of a part is no more than so many in one step. */
static const float LONGEST = 2.5F;

/* Squared differences per squared e-fold: holds what the colors do not determine. */
static const float LEAST_DAMPING = 1e-3F, MOST_DAMPING = 1e6F;

/* dR/dK of an opaque layer is infinite at K = 0. */
static const float LEAST = 1e-12F;

/* By band, then by lane. */
typedef float field[TNS_BANDS][LANES];

/* Where a round is. */
typedef struct point {
    tns_lane_row part[TNS_SCREEN_PARTS]; /* amounts that together make 1 of liquid */
    tns_lane_row share[TNS_PARTS_MAX];   /* of the diluent that each ink takes */
    tns_lane_row undiluted;              /* 1 - shade / max_shade */
    tns_lane_row value, slope[TNS_SCREEN_PARTS], bend[TNS_SCREEN_PARTS][TNS_SCREEN_PARTS];
} point;

static void set_parts(const tns_descent_goal *goal, const tns_descent_lanes *l, point *p)
{
    const int inks = l->inks;
    tns_lane_row liquid = {0}, taken = {0};
    for (int j = 0; j < inks; j++)
        for (int i = 0; i < LANES; i++) {
            float part = tns_single_exp(l->next[j][i]);
            p->part[j][i] = part;
            liquid[i] += part * l->amount[j][i];
            taken[i] += part * l->takes[j][i];
        }
    if (goal->max_shade > 0) {
        for (int i = 0; i < LANES; i++) {
            float shade = 1 / (1 + tns_single_exp(-l->next[inks][i]));
            p->undiluted[i] = 1 - shade;
            p->part[inks][i] = goal->max_shade * shade * taken[i];
            liquid[i] += p->part[inks][i] * l->amount[inks][i];
        }
        for (int j = 0; j < inks; j++)
            for (int i = 0; i < LANES; i++)
                p->share[j][i] = p->part[j][i] * l->takes[j][i] / taken[i];
    }
    for (int j = 0; j < inks + (goal->max_shade > 0); j++)
        for (int i = 0; i < LANES; i++)
            p->part[j][i] /= liquid[i];
}

/* K and S of the mixture in one band. */
static inline void mix(const tns_descent_lanes *l, const point *p, int parts, int b, tns_lane_row K,
                       tns_lane_row S)
{
    for (int i = 0; i < LANES; i++) {
        K[i] = p->part[0][i] * l->K[0][b][i];
        S[i] = p->part[0][i] * l->S[0][b][i];
    }
    for (int j = 1; j < parts; j++)
        for (int i = 0; i < LANES; i++) {
            K[i] += p->part[j][i] * l->K[j][b][i];
            S[i] += p->part[j][i] * l->S[j][b][i];
        }
}

/*
 * An opaque layer's R = S / (K + S + t), t^2 = K (K + 2S), seen as c0 + c1 R / (1 - c2 R) = c0 + c1
 * S / E, E = K + (1 - c2) S + t. Its slopes in K and S are -m S and m K, m = c1 (K + S + t) / (t
 * E^2): only the ratio of K and S counts, and the liquid does not. So a part, which adds K_j and
 * S_j, moves it by m (K S_j - S K_j).
 */
static void set_opaque(const tns_screen_surface *s, const tns_descent_lanes *l, const point *p,
                       int parts, field columns[COLUMNS])
{
    for (int b = 0; b < TNS_BANDS; b++) {
        const float c0 = s->c0[b], c1 = s->c1[b], rest = 1 - s->c2[b];
        tns_lane_row K, S, by_K, by_S;
        mix(l, p, parts, b, K, S);
        for (int i = 0; i < LANES; i++) {
            float t = sqrtf(tns_single_greater(K[i] * (K[i] + 2 * S[i]), LEAST));
            float E = K[i] + rest * S[i] + t, over = 1 / (t * E), below = t * over;
            float m = c1 * (K[i] + S[i] + t) * below * over;
            columns[0][b][i] = c0 + c1 * S[i] * below;
            by_K[i] = m * S[i];
            by_S[i] = m * K[i];
        }
        for (int j = 1; j < parts; j++)
            for (int i = 0; i < LANES; i++)
                columns[j][b][i] = by_S[i] * l->S[j][b][i] - by_K[i] * l->K[j][b][i];
    }
}

/* What a film does, and its slopes in K and S. */
typedef struct ink {
    float R, by_K, by_S;
} ink;

/*
 * A film of thickness 1 in the form of tns_km_film_slopes: with y^2 = K (K + 2S), c = y coth y, R =
 * (S - Rg (K + S - c)) / (K + S - Rg S + c). For small y, c and dc/dy^2 by their series.
 */
static inline ink film(float K, float S, float Rg)
{
    float y2 = tns_single_greater(K * (K + 2 * S), LEAST), y = sqrtf(y2);
    float E = tns_single_exp(-2 * y), lost = 1 - E, over = 1 / (y * lost);
    float c = y2 * (1 + E) * over, slope = (1 + E) / 2 * over - 2 * E * y2 * over * over;
    float near_c = 1 + y2 * (1.0F / 3 - y2 * (1.0F / 45 - y2 * (2.0F / 945)));
    float near_slope = 1.0F / 3 - y2 * (2.0F / 45 - y2 * (2.0F / 315 - y2 * (4.0F / 4725)));
    c = y2 < 0.25F ? near_c : c;
    slope = y2 < 0.25F ? near_slope : slope;
    float below = 1 / (K + S - Rg * S + c), c_K = 2 * slope * (K + S), c_S = 2 * slope * K;
    float R = (S - Rg * (K + S - c)) * below;
    ink out = {R, (Rg * (c_K - 1) - R * (c_K + 1)) * below,
               ((1 - Rg) + Rg * c_S - R * ((1 - Rg) + c_S)) * below};
    return out;
}

/* A part adds to K and S of the liquid, and takes its share of it from all. */
static void set_film(const tns_screen_surface *s, const tns_descent_lanes *l, const point *p,
                     int parts, field columns[COLUMNS])
{
    for (int b = 0; b < TNS_BANDS; b++) {
        const float c0 = s->c0[b], c1 = s->c1[b], c2 = s->c2[b], Rg = s->backing[b];
        const float host_K = s->host_K[b], host_S = s->host_S[b], load = s->load[b];
        tns_lane_row K, S, by_K, by_S, by_all;
        mix(l, p, parts, b, K, S);
        for (int i = 0; i < LANES; i++) {
            ink at = film(host_K + load * K[i], host_S + load * S[i], Rg);
            float over = 1 / (1 - c2 * at.R), slope = load * c1 * over * over;
            columns[0][b][i] = c0 + c1 * at.R * over;
            by_K[i] = slope * at.by_K;
            by_S[i] = slope * at.by_S;
            by_all[i] = by_K[i] * K[i] + by_S[i] * S[i];
        }
        for (int j = 1; j < parts; j++)
            for (int i = 0; i < LANES; i++)
                columns[j][b][i] =
                    by_K[i] * l->K[j][b][i] + by_S[i] * l->S[j][b][i] - l->amount[j][i] * by_all[i];
    }
}

/* What is seen, then its slopes in each part but the first. */
static void set_columns(const tns_screen_surface *s, const tns_descent_lanes *l, const point *p,
                        int parts, field columns[COLUMNS])
{
    if (s->opaque)
        set_opaque(s, l, p, parts, columns);
    else
        set_film(s, l, p, parts, columns);
    if (parts % 2)
        memset(columns[parts], 0, sizeof columns[parts]);
}

/* The sum of all surfaces' columns, by share. */
static void blend_columns(const tns_descent_goal *goal, const tns_descent_lanes *l, const point *p,
                          int parts, field columns[COLUMNS])
{
    field one[COLUMNS];
    memset(columns, 0, COLUMNS * sizeof *columns);
    for (int s = 0; s < goal->surface_count; s++) {
        const float share = goal->share[s];
        set_columns(&goal->surfaces[s], l, p, parts, one);
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

/* Below the corner, f is 841/108 t + 4/29; its slope is 841/108 there as at the corner. */
static void to_lab(tns_lane_row xyz[COLUMNS][3], int parts, sight *out)
{
    tns_lane_row f[3], slope[3];
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < LANES; i++) {
            float t = xyz[0][k][i], above = tns_single_greater(t, TNS_SINGLE_CORNER);
            float root = tns_single_cube_root(above);
            f[k][i] = root + 841.0F / 108 * (t - above);
            slope[k][i] = 1 / (3 * root * root);
        }
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
static void to_logarithms(const tns_descent_lanes *l, const point *p, int parts, sight *s)
{
    const int inks = l->inks;
    for (int k = 0; k < 3; k++) {
        tns_lane_row sum = {0};
        for (int j = 1; j < parts; j++)
            for (int i = 0; i < LANES; i++) {
                s->by[j][k][i] *= p->part[j][i];
                sum[i] += s->by[j][k][i];
            }
        for (int i = 0; i < LANES; i++)
            s->by[0][k][i] = -sum[i];
        if (parts == inks)
            continue;
        for (int j = 0; j < inks; j++)
            for (int i = 0; i < LANES; i++)
                s->by[j][k][i] += p->share[j][i] * s->by[inks][k][i];
        for (int i = 0; i < LANES; i++)
            s->by[inks][k][i] *= p->undiluted[i];
    }
}

/* sqrt(C^7 / (C^7 + 25^7)) */
static inline float chroma_switch(float C)
{
    float C3 = C * C * C, C7 = C3 * C3 * C;
    return sqrtf(C7 / (C7 + 6103515625.0F));
}

/* T, eq (15), of the hue whose cosine and sine these are. */
static inline float hue_weight(float c, float s)
{
    float c2 = 2 * c * c - 1, s2 = 2 * s * c, c3 = c * (2 * c2 - 1), s3 = s * (2 * c2 + 1);
    float c4 = 2 * c2 * c2 - 1, s4 = 2 * s2 * c2;
    return 1 - 0.17F * (c * 0.8660254F + s * 0.5F) + 0.24F * c2 +
           0.32F * (c3 * 0.99452190F - s3 * 0.10452846F) -
           0.20F * (c4 * 0.45399050F - s4 * -0.89100652F);
}

/*
 * sin 2 dtheta, eq (16). With v = 1 - cos of what the hue is away from 275 degrees, that angle's
 * square is 2 v + v^2/3 + 4 v^3/45 + ..., and where the series is poor nothing is left.
 */
static inline float rotation(float c, float s)
{
    const float per_25 = 5.2524820F; /* (180 / 25 / pi)^2 */
    float v = 1 - (c * 0.087155743F - s * 0.99619470F);
    float square = v * (2 + v * (1.0F / 3 + v * (4.0F / 45 + v * (1.0F / 35 + v * 0.01F))));
    float x = 1.04719755F * tns_single_exp(-per_25 * square), x2 = x * x;
    return x * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42)));
}

/*
 * A difference of length dE00 and its slopes: the first of L* alone, the other two of a* and b*.
 * With x = dC'/S_C, y = dH'/S_H, dE00^2 = l^2 + (x + R/2 y)^2 + (1 - R^2/4) y^2. Slopes are those
 * of dL', dC', dH', S_L and of S_C and S_H in C'; G, T and R hardly move.
 * Letters and equations: Sharma, Wu, Dalal, Color Res. Appl. 30, 21 (2005).
 */
typedef struct difference {
    float l, x, y, by_L, x_by_a, x_by_b, y_by_a, y_by_b;
} difference;

static inline difference difference_of(const float target[3], float L, float a, float b)
{
    const float tiny = 1e-12F;
    float m = (L + target[0]) / 2 - 50, root = sqrtf(20 + m * m), SL = 1 + 0.015F * m * m / root;
    float l = (L - target[0]) / SL;
    float SL_slope = 0.0075F * m * (40 + m * m) / (root * root * root);

    float mean = (sqrtf(target[1] * target[1] + target[2] * target[2]) + sqrtf(a * a + b * b)) / 2;
    float stretch = 1.5F - 0.5F * chroma_switch(mean), a1 = stretch * target[1], b1 = target[2];
    float a2 = stretch * a, C1 = sqrtf(a1 * a1 + b1 * b1 + tiny),
          C2 = sqrtf(a2 * a2 + b * b + tiny);
    float c1 = a1 / C1, s1 = b1 / C1, c2 = a2 / C2, s2 = b / C2;

    /* half the angle between the hues, and the hue between them */
    float dot = c1 * c2 + s1 * s2, side = c1 * s2 - s1 * c2 < 0 ? -1 : 1;
    float half_c = sqrtf(tns_single_greater(0.5F + 0.5F * dot, 0));
    float half_s = (c1 * s2 - s1 * c2) / tns_single_greater(2 * half_c, 1e-6F);
    float wide = side * sqrtf(tns_single_greater(0.5F - 0.5F * dot, 0));
    half_s = dot > 0 ? half_s : wide;
    float cm = c1 * half_c - s1 * half_s, sm = s1 * half_c + c1 * half_s;

    float C = (C1 + C2) / 2, T = hue_weight(cm, sm), SC = 1 + 0.045F * C, SH = 1 + 0.015F * C * T;
    float R = -2 * chroma_switch(C) * rotation(cm, sm), along = sqrtf(1 - R * R / 4);
    float root1 = sqrtf(C1 / C2), x = (C2 - C1) / SC, y = 2 * root1 * C2 * half_s / SH;
    float x_C = (1 - 0.0225F * x) / SC; /* slope in C2, and of y in C2 and in the arc of hue 2 */
    float y_C = (root1 * half_s - 0.0075F * T * y) / SH, y_h = root1 * half_c / SH;

    float y_a = stretch * (y_C * c2 - y_h * s2), y_b = y_C * s2 + y_h * c2;
    difference d = {l,
                    x + R / 2 * y,
                    along * y,
                    (1 - l * SL_slope) / SL,
                    stretch * x_C * c2 + R / 2 * y_a,
                    x_C * s2 + R / 2 * y_b,
                    along * y_a,
                    along * y_b};
    return d;
}

/* Three rows of residuals and slopes. */
typedef struct rows {
    tns_lane_row r[3], by[TNS_SCREEN_PARTS][3];
} rows;

static void to_rows(const float target[3], const sight *s, int parts, rows *out)
{
    tns_lane_row by_L, x_a, x_b, y_a, y_b;
    for (int i = 0; i < LANES; i++) {
        difference d = difference_of(target, s->lab[0][i], s->lab[1][i], s->lab[2][i]);
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
    field columns[COLUMNS];
    memset(p, 0, sizeof *p);
    set_parts(goal, l, p);
    for (int s = 0; s < (goal->blended ? 1 : goal->surface_count); s++) {
        if (goal->blended)
            blend_columns(goal, l, p, parts, columns);
        else
            set_columns(&goal->surfaces[s], l, p, parts, columns);
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
            to_logarithms(l, p, parts, &seen);
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
        longest[i] = tns_single_lesser(1, LONGEST / tns_single_greater(longest[i], LEAST));
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
