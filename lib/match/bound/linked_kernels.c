/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/bound/growth.h"
#include "match/bound/linked_hull.h"

/* What rounding may cost (linked.h): b and what g is made of. */
static const float ROOT_ERROR = 1e-5F, SPREAD_ERROR = 5e-6F;
static const double CURVATURE_ERROR = 1e-6;

/* Keeps ratios finite in a band without absorption. */
static const double LEAST = 1e-30;

/* Around the middle film, by band; names as in linked.h. */
typedef struct tangent {
    float K[TNS_WIDE], S[TNS_WIDE];
    float R[TNS_WIDE], r[TNS_WIDE];
    float M_K[TNS_WIDE], M_S[TNS_WIDE], d_K[TNS_WIDE], d_S[TNS_WIDE];
    float b[TNS_WIDE], half_K[TNS_WIDE], half_J[TNS_WIDE];    /* v = half_K K + half_J J */
    float steep[TNS_WIDE], ahead[TNS_WIDE], behind[TNS_WIDE]; /* of G, over D */
    float thinnest[TNS_WIDE];                                 /* the most D_0/D can be */
    float term[TNS_WIDE]; /* what K and S of the middle add to M, without sign */
} tangent;

static void touch(const tns_linked_surface *s, const tns_screen_films *f, tangent *out)
{
    for (int b = 0; b < TNS_WIDE; b++) {
        const double K_low = f->K_low[b] + LEAST, S_low = f->S_low[b];
        const double K = (K_low + f->K_high[b]) / 2, S = (S_low + f->S_high[b]) / 2;
        const double J = K + 2 * S, root = sqrt(K * J), least = sqrt(K_low * (K_low + 2 * S_low));
        const tns_growth here = tns_growth_at(root), thin = tns_growth_at(least);
        const double slope = here.slope_by_b, tan_K = slope * (K + S), tan_S = slope * K;
        const double D = s->p_K[b] * K + s->p_S[b] * S + here.G;
        const double r = (s->a_S[b] * S - s->a_K[b] * K) / D;
        const double d_K = (s->p_K[b] + tan_K) / D, d_S = (s->p_S[b] + tan_S) / D;
        const double M_K = -s->a_K[b] / D - r * d_K, M_S = s->a_S[b] / D - r * d_S;
        const double back = root - least, fall = thin.G - here.G + slope * root * back;
        const double behind = back > 0.01 ? fall / (back * back) : thin.bend / 2;
        out->K[b] = (float)K;
        out->S[b] = (float)S;
        out->R[b] = (float)(s->base[b] + r) + f->rest[b];
        out->r[b] = (float)r;
        out->M_K[b] = (float)M_K;
        out->M_S[b] = (float)M_S;
        out->d_K[b] = (float)d_K;
        out->d_S[b] = (float)d_S;
        out->b[b] = (float)root;
        out->half_K[b] = (float)(root / K / 2);
        out->half_J[b] = (float)(root / J / 2);
        out->steep[b] = (float)(slope * root / D * (1 + CURVATURE_ERROR));
        out->ahead[b] = (float)(here.bend / 2 / D * (1 + CURVATURE_ERROR));
        out->behind[b] = (float)(behind / D * (1 + CURVATURE_ERROR));
        out->thinnest[b] =
            (float)(D / (s->p_K[b] * K_low + s->p_S[b] * S_low + thin.G) * (1 + CURVATURE_ERROR));
        out->term[b] = (float)(fabs(M_K) * K + fabs(M_S) * S);
    }
}

/* By corner M, s and the ends of g. */
typedef struct parts {
    float M[TNS_FILMS_MAX][TNS_WIDE], s[TNS_FILMS_MAX][TNS_WIDE];
    float low[TNS_FILMS_MAX][TNS_WIDE], high[TNS_FILMS_MAX][TNS_WIDE];
} parts;

static void step(const tns_linked_eye *eye, const tns_screen_films *f, const tangent *t, parts *out,
                 tns_linked_hull *hull)
{
    tns_linked_start(hull, f->count);
    for (int j = 0; j < f->count; j++) {
        float d[TNS_WIDE];
        for (int b = 0; b < TNS_WIDE; b++) {
            const float dK = f->K[j][b] - t->K[b], dS = f->S[j][b] - t->S[b];
            out->M[j][b] = t->M_K[b] * dK + t->M_S[b] * dS;
            d[b] = t->d_K[b] * dK + t->d_S[b] * dS;
        }
        tns_linked_step(eye, d, out->s[j], hull, j);
    }
}

static void bend(const tns_screen_films *f, const tangent *t, parts *out)
{
    for (int j = 0; j < f->count; j++) {
        const float *K = f->K[j], *S = f->S[j];
        for (int b = 0; b < TNS_WIDE; b++) {
            const float p = t->half_K[b] * K[b], q = t->half_J[b] * (K[b] + 2 * S[b]), v = p + q;
            const float spread = fabsf(p - q) + SPREAD_ERROR * v, square = spread * spread;
            const float edge = ROOT_ERROR * t->b[b], l = v - t->b[b], size = fabsf(l) + edge;
            const float steep = l < edge ? t->behind[b] : t->ahead[b];
            out->low[j][b] = t->steep[b] * (square * v / (2 * v * v - square + 1e-30F));
            out->high[j][b] = steep * (size * size);
        }
    }
}

/* How much larger N is than s - g, by all corners. */
static void scale_bands(const parts *by, int count, const tangent *t, float a[TNS_WIDE])
{
    float NN[TNS_WIDE], ss[TNS_WIDE];
    for (int b = 0; b < TNS_WIDE; b++)
        NN[b] = ss[b] = 1e-12F;
    for (int j = 0; j < count; j++)
        for (int b = 0; b < TNS_WIDE; b++) {
            const float g = (by->high[j][b] - by->low[j][b]) / 2;
            const float N = by->M[j][b] - t->r[b] * g, s = by->s[j][b] - g;
            NN[b] += N * N;
            ss[b] += s * s;
        }
    for (int b = 0; b < TNS_WIDE; b++)
        a[b] = sqrtf(NN[b] / ss[b]);
}

/* The most that `by` g can be. */
static inline float most_of(float by, float low, float high)
{
    return by > 0 ? by * high : -by * low;
}

/* The square of the most that |linear + by g| can be. */
static inline float square_of_most(float linear, float by, float low, float high, float margin)
{
    const float up = linear + most_of(by, low, high), down = most_of(-by, low, high) - linear;
    const float most = tns_single_greater(up, down) + margin;
    return most * most;
}

static void compare_bands(const tns_screen_films *f, const parts *by, const tangent *t,
                          tns_linked_hull *out)
{
    float a[TNS_WIDE], share[TNS_WIDE], margin[TNS_WIDE];
    scale_bands(by, f->count, t, a);
    for (int b = 0; b < TNS_WIDE; b++)
        share[b] = t->thinnest[b] / (4 * a[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        margin[b] = 2 * TNS_TERM_ERROR * (t->term[b] + 2 * a[b]);
    for (int j = 0; j < f->count; j++)
        for (int b = 0; b < TNS_WIDE; b++) {
            const float r = t->r[b], low = by->low[j][b], high = by->high[j][b];
            const float M = by->M[j][b], as = a[b] * by->s[j][b];
            const float apart = square_of_most(M - as, a[b] - r, low, high, margin[b]);
            const float together = square_of_most(M + as, -a[b] - r, low, high, margin[b]);
            const float off = (1 + out->x[j]) * f->rest_off[b];
            out->less[j][b] = share[b] * apart + most_of(r, low, high) + off;
            out->more[j][b] = share[b] * together + most_of(-r, low, high) + off;
        }
}

static bool apart(const tns_linked_surface *surface, const tns_linked_eye *eye,
                  const tns_screen_films *films, float radius)
{
    tangent t;
    parts by;
    tns_linked_hull hull;
    tns_linked_aim aim;
    float middle[TNS_LINKED_LANES];
    touch(surface, films, &t);
    if (!tns_linked_range(eye, t.R, films, middle, &hull))
        return true;
    step(eye, films, &t, &by, &hull);
    if (!(hull.x_low > TNS_LEAST_THINNING))
        return false;
    tns_linked_put(eye, by.M, middle, &hull);
    if (!tns_linked_begin(eye, &hull, radius, &aim))
        return false;
    bend(films, &t, &by);
    compare_bands(films, &by, &t, &hull);
    tns_linked_allow_for_rounding(surface->step, eye, t.term, t.R, &hull);
    return tns_linked_apart(eye, &hull, radius, &aim);
}

const tns_linked_kernels TNS_KERNELS(tns_linked_kernels) = {apart};
