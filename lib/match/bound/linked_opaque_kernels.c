/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "match/bound/linked_hull.h"
#include "match/bound/linked_opaque.h"

/* What rounding may cost b and what g is made of. */
static const float CURVATURE_ERROR = 4e-6F, SPREAD_ERROR = 5e-6F;

/* Keep ratios finite in a band without absorption, or without scattering. */
static const float LEAST = 1e-30F;

/* K and S of one amount, by corner and of all. */
typedef struct mixtures {
    int count;
    float K[TNS_FILMS_MAX][TNS_WIDE], S[TNS_FILMS_MAX][TNS_WIDE];
    float K_low[TNS_WIDE], K_high[TNS_WIDE], S_low[TNS_WIDE], S_high[TNS_WIDE];
} mixtures;

/* Around the middle, by band; names as in linked_opaque.h. */
typedef struct tangent {
    float K[TNS_WIDE], S[TNS_WIDE], R[TNS_WIDE], r[TNS_WIDE];
    float M_K[TNS_WIDE], M_S[TNS_WIDE], d_K[TNS_WIDE], d_S[TNS_WIDE];
    float half_K[TNS_WIDE], half_J[TNS_WIDE]; /* P = half_K K, Q = half_J J */
    float steep[TNS_WIDE];                    /* b_0/D_0 */
    float thinnest[TNS_WIDE];                 /* the most D_0/D can be */
    float term[TNS_WIDE]; /* what K and S of the middle add to M, without sign */
} tangent;

/* M, s and how far g is below 0, by corner. */
typedef struct parts {
    float M[TNS_FILMS_MAX][TNS_WIDE], s[TNS_FILMS_MAX][TNS_WIDE], low[TNS_FILMS_MAX][TNS_WIDE];
} parts;

static void mix_corner(const tns_corner *corner, float K[TNS_WIDE], float S[TNS_WIDE])
{
    const tns_ink *base = corner->base, *unit = corner->unit;
    const float n = corner->n, share = 1 / (base->amount + n * unit->amount);
    for (int b = 0; b < TNS_WIDE; b++)
        K[b] = share * (base->K[b] + n * unit->K[b]) + LEAST;
    for (int b = 0; b < TNS_WIDE; b++)
        S[b] = share * (base->S[b] + n * unit->S[b]) + LEAST;
}

static void mix(const tns_corner *corners, int count, mixtures *out)
{
    out->count = count;
    mix_corner(&corners[0], out->K[0], out->S[0]);
    memcpy(out->K_low, out->K[0], sizeof out->K_low);
    memcpy(out->K_high, out->K[0], sizeof out->K_high);
    memcpy(out->S_low, out->S[0], sizeof out->S_low);
    memcpy(out->S_high, out->S[0], sizeof out->S_high);
    for (int j = 1; j < count; j++) {
        float *K = out->K[j], *S = out->S[j];
        mix_corner(&corners[j], K, S);
        for (int b = 0; b < TNS_WIDE; b++)
            out->K_low[b] = tns_single_lesser(K[b], out->K_low[b]);
        for (int b = 0; b < TNS_WIDE; b++)
            out->K_high[b] = tns_single_greater(K[b], out->K_high[b]);
        for (int b = 0; b < TNS_WIDE; b++)
            out->S_low[b] = tns_single_lesser(S[b], out->S_low[b]);
        for (int b = 0; b < TNS_WIDE; b++)
            out->S_high[b] = tns_single_greater(S[b], out->S_high[b]);
    }
}

static void touch(const tns_opaque_surface *s, const mixtures *m, tangent *out)
{
    for (int b = 0; b < TNS_WIDE; b++) {
        const float K_low = m->K_low[b], S_low = m->S_low[b], p = s->p[b];
        const float K = (K_low + m->K_high[b]) / 2, S = (S_low + m->S_high[b]) / 2;
        const float J = K + 2 * S, root = sqrtf(K) * sqrtf(J);
        const float least = sqrtf(K_low) * sqrtf(K_low + 2 * S_low);
        const float D = K + p * S + root, whole = 1 / D, a = s->a[b] * whole, r = a * S;
        const float d_K = (1 + (K + S) / root) * whole, d_S = (p + K / root) * whole;
        const float M_K = -r * d_K, M_S = a - r * d_S;
        out->K[b] = K;
        out->S[b] = S;
        out->R[b] = s->base[b] + r;
        out->r[b] = r;
        out->M_K[b] = M_K;
        out->M_S[b] = M_S;
        out->d_K[b] = d_K;
        out->d_S[b] = d_S;
        out->half_K[b] = 0.5F / K;
        out->half_J[b] = 0.5F / J;
        out->steep[b] = root * whole * (1 + CURVATURE_ERROR);
        out->thinnest[b] = D / (K_low + p * S_low + least) * (1 + CURVATURE_ERROR);
        out->term[b] = fabsf(M_K) * K + fabsf(M_S) * S;
    }
}

static void step(const tns_linked_eye *eye, const mixtures *m, const tangent *t, parts *out,
                 tns_linked_hull *hull)
{
    tns_linked_start(hull, m->count);
    for (int j = 0; j < m->count; j++) {
        const float *K = m->K[j], *S = m->S[j];
        float d[TNS_WIDE];
        for (int b = 0; b < TNS_WIDE; b++) {
            const float dK = K[b] - t->K[b], dS = S[b] - t->S[b];
            out->M[j][b] = t->M_K[b] * dK + t->M_S[b] * dS;
            d[b] = t->d_K[b] * dK + t->d_S[b] * dS;
        }
        tns_linked_step(eye, d, out->s[j], hull, j);
    }
}

static void bend(const mixtures *m, const tangent *t, parts *out)
{
    for (int j = 0; j < m->count; j++) {
        const float *K = m->K[j], *S = m->S[j];
        for (int b = 0; b < TNS_WIDE; b++) {
            const float P = t->half_K[b] * K[b], Q = t->half_J[b] * (K[b] + 2 * S[b]), v = P + Q;
            const float h = fabsf(P - Q) + SPREAD_ERROR * v, square = h * h;
            out->low[j][b] = t->steep[b] * (square * v / (2 * v * v - square));
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
            const float g = by->low[j][b] / -2;
            const float N = by->M[j][b] - t->r[b] * g, s = by->s[j][b] - g;
            NN[b] += N * N;
            ss[b] += s * s;
        }
    for (int b = 0; b < TNS_WIDE; b++)
        a[b] = sqrtf(NN[b] / ss[b]);
}

/* The square of the most that |linear + by g| can be. */
static inline float square_of_most(float linear, float by, float low, float margin)
{
    const float up = linear + (by > 0 ? 0 : -by * low), down = (by > 0 ? by * low : 0) - linear;
    const float most = tns_single_greater(up, down) + margin;
    return most * most;
}

static void compare_bands(const parts *by, const tangent *t, tns_linked_hull *out)
{
    float a[TNS_WIDE], share[TNS_WIDE], margin[TNS_WIDE];
    scale_bands(by, out->count, t, a);
    for (int b = 0; b < TNS_WIDE; b++)
        share[b] = t->thinnest[b] / (4 * a[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        margin[b] = 2 * TNS_TERM_ERROR * (t->term[b] + 2 * a[b]);
    for (int j = 0; j < out->count; j++) {
        const float *M = by->M[j], *s = by->s[j], *g = by->low[j];
        for (int b = 0; b < TNS_WIDE; b++) {
            const float r = t->r[b], as = a[b] * s[b];
            out->less[j][b] = share[b] * square_of_most(M[b] - as, a[b] - r, g[b], margin[b]);
            out->more[j][b] =
                share[b] * square_of_most(M[b] + as, -a[b] - r, g[b], margin[b]) + r * g[b];
        }
    }
}

static bool apart(const tns_opaque_surface *surface, const tns_linked_eye *eye,
                  const tns_corner *corners, const tns_screen_films *films, float radius)
{
    mixtures m;
    tangent t;
    parts by;
    tns_linked_hull hull;
    tns_linked_aim aim;
    float middle[TNS_LINKED_LANES];
    mix(corners, films->count, &m);
    touch(surface, &m, &t);
    if (!tns_linked_range(eye, t.R, films, middle, &hull))
        return true;
    step(eye, &m, &t, &by, &hull);
    if (!(hull.x_low > TNS_LEAST_THINNING))
        return false;
    tns_linked_put(eye, by.M, middle, &hull);
    if (!tns_linked_begin(eye, &hull, radius, &aim))
        return false;
    bend(&m, &t, &by);
    compare_bands(&by, &t, &hull);
    tns_linked_allow_for_rounding(surface->step, eye, t.term, t.R, &hull);
    return tns_linked_apart(eye, &hull, radius, &aim);
}

const tns_opaque_kernels TNS_KERNELS(tns_opaque_kernels) = {apart};
