/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/growth.h"
#include "match/linked_hull.h"

/* The mean of d may not come nearer to -1. */
static const float LEAST_THINNING = -0.98F;

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

/* What a unit of a mixture's K and S makes of X, Y, Z, by M, and of x, by d; in halves. */
typedef struct weights {
    float K[2][TNS_WIDE][TNS_LANES], S[2][TNS_WIDE][TNS_LANES];
} weights;

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

static void weigh_half(const tns_linked_eye *eye, const tangent *t, const float load[TNS_WIDE],
                       int half, weights *out)
{
    for (int b = 0; b < TNS_WIDE; b++) {
        const float M_K = t->M_K[b] * load[b], M_S = t->M_S[b] * load[b];
        for (int i = 0; i < TNS_LANES; i++) {
            const float column = eye->column[half][b][i];
            out->K[half][b][i] = column * M_K;
            out->S[half][b][i] = column * M_S;
        }
    }
}

/* The last lane is x. */
static void weigh(const tns_linked_eye *eye, const tangent *t, const float load[TNS_WIDE],
                  weights *out)
{
    weigh_half(eye, t, load, 0, out);
    weigh_half(eye, t, load, 1, out);
    for (int b = 0; b < TNS_WIDE; b++) {
        out->K[1][b][TNS_LANES - 1] = eye->share[b] * t->d_K[b] * load[b];
        out->S[1][b][TNS_LANES - 1] = eye->share[b] * t->d_S[b] * load[b];
    }
}

/* Three inks at once. */
static void sum_up(const weights *w, const float *const K[3], const float *const S[3],
                   float out[3][TNS_LINKED_LANES])
{
    float by_K[2][3][TNS_LANES], by_S[2][3][TNS_LANES];
    tns_lane_dots(K, w->K[0][0], w->K[1][0], TNS_WIDE, by_K[0], by_K[1]);
    tns_lane_dots(S, w->S[0][0], w->S[1][0], TNS_WIDE, by_S[0], by_S[1]);
    for (int k = 0; k < 3; k++)
        for (int half = 0; half < 2; half++)
            for (int i = 0; i < TNS_LANES; i++)
                out[k][half * TNS_LANES + i] = by_K[half][k][i] + by_S[half][k][i];
}

/* The sums of the inks that corners are made of, each once if it stands beside itself. */
typedef struct inks {
    int count;
    const tns_ink *ink[2 * TNS_FILMS_MAX + 3];
    float sum[2 * TNS_FILMS_MAX + 3][TNS_LINKED_LANES];
    int base[TNS_FILMS_MAX], unit[TNS_FILMS_MAX];
} inks;

static void list_inks(const tns_corner *corners, int count, inks *out)
{
    int base = -1, unit = -1;
    out->count = 0;
    for (int j = 0; j < count; j++) {
        if (base < 0 || out->ink[base] != corners[j].base) {
            base = out->count++;
            out->ink[base] = corners[j].base;
        }
        if (unit < 0 || (out->ink[unit] != corners[j].unit && corners[j].n != 0)) {
            unit = out->count++;
            out->ink[unit] = corners[j].unit;
        }
        out->base[j] = base;
        out->unit[j] = unit;
    }
    for (int k = 0; k < 2; k++)
        out->ink[out->count + k] = out->ink[0];
}

static void sum_inks(const weights *w, inks *out)
{
    for (int k = 0; k < out->count; k += 3) {
        const tns_ink *const *ink = &out->ink[k];
        const float *K[3] = {ink[0]->K, ink[1]->K, ink[2]->K};
        const float *S[3] = {ink[0]->S, ink[1]->S, ink[2]->S};
        sum_up(w, K, S, &out->sum[k]);
    }
}

/* From the middle to what the film is spread in. */
static void sum_host(const tns_linked_surface *s, const tangent *t, const weights *w,
                     float host[TNS_LINKED_LANES])
{
    float K[TNS_WIDE], S[TNS_WIDE], sum[3][TNS_LINKED_LANES];
    for (int b = 0; b < TNS_WIDE; b++)
        K[b] = (s->screen->host_K[b] - t->K[b]) / s->screen->load[b];
    for (int b = 0; b < TNS_WIDE; b++)
        S[b] = (s->screen->host_S[b] - t->S[b]) / s->screen->load[b];
    const float *Ks[3] = {K, K, K}, *Ss[3] = {S, S, S};
    sum_up(w, Ks, Ss, sum);
    memcpy(host, sum[0], sizeof sum[0]);
}

/* Where the corners are to first order. */
static void place(const tns_corner *corners, const tns_screen_films *films, const inks *all,
                  const float host[TNS_LINKED_LANES], const float middle[TNS_LINKED_LANES],
                  tns_linked_hull *out)
{
    enum { X = TNS_LINKED_LANES - 1 };
    out->count = films->count;
    out->x_low = 3e38F;
    out->x_high = -1;
    for (int j = 0; j < films->count; j++) {
        const float *base = all->sum[all->base[j]], *unit = all->sum[all->unit[j]];
        const float n = corners[j].n, share = films->share[j];
        const float x = host[X] + share * (base[X] + n * unit[X]), thinner = 1 / (1 + x);
        out->x[j] = x;
        out->x_low = tns_single_lesser(x, out->x_low);
        out->x_high = tns_single_greater(x, out->x_high);
        for (int i = 0; i < TNS_LINKED_LANES; i++)
            out->xyz[j][i] = middle[i] + (host[i] + share * (base[i] + n * unit[i])) * thinner;
    }
}

/* M, s and the ends of g, at a corner. */
typedef struct parted {
    float M[TNS_WIDE], s[TNS_WIDE], low[TNS_WIDE], high[TNS_WIDE];
} parted;

static void part(const float K[TNS_WIDE], const float S[TNS_WIDE], float x, const tangent *t,
                 parted *out)
{
    for (int b = 0; b < TNS_WIDE; b++) {
        const float dK = K[b] - t->K[b], dS = S[b] - t->S[b];
        out->M[b] = t->M_K[b] * dK + t->M_S[b] * dS;
        out->s[b] = x - (t->d_K[b] * dK + t->d_S[b] * dS);
    }
    for (int b = 0; b < TNS_WIDE; b++) {
        const float p = t->half_K[b] * K[b], q = t->half_J[b] * (K[b] + 2 * S[b]), v = p + q;
        const float spread = fabsf(p - q) + SPREAD_ERROR * v, square = spread * spread;
        const float edge = ROOT_ERROR * t->b[b], l = v - t->b[b], size = fabsf(l) + edge;
        const float bend = l < edge ? t->behind[b] : t->ahead[b];
        out->low[b] = t->steep[b] * (square * v / (2 * v * v - square + 1e-30F));
        out->high[b] = bend * (size * size);
    }
}

/* How much larger N is than s - g, by all corners. */
static void scale_bands(const parted *corner, int count, const tangent *t, float a[TNS_WIDE])
{
    float NN[TNS_WIDE], ss[TNS_WIDE];
    for (int b = 0; b < TNS_WIDE; b++)
        NN[b] = ss[b] = 1e-12F;
    for (int j = 0; j < count; j++)
        for (int b = 0; b < TNS_WIDE; b++) {
            const float g = (corner[j].high[b] - corner[j].low[b]) / 2;
            const float N = corner[j].M[b] - t->r[b] * g, s = corner[j].s[b] - g;
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

static void compare_bands(const tns_screen_films *f, const tangent *t, tns_linked_hull *out)
{
    parted corner[TNS_FILMS_MAX];
    float a[TNS_WIDE], share[TNS_WIDE], margin[TNS_WIDE];
    for (int j = 0; j < f->count; j++)
        part(f->K[j], f->S[j], out->x[j], t, &corner[j]);
    scale_bands(corner, f->count, t, a);
    for (int b = 0; b < TNS_WIDE; b++)
        share[b] = t->thinnest[b] / (4 * a[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        margin[b] = 2 * TNS_TERM_ERROR * (t->term[b] + 2 * a[b]);
    for (int j = 0; j < f->count; j++) {
        const parted *c = &corner[j];
        for (int b = 0; b < TNS_WIDE; b++) {
            const float r = t->r[b], low = c->low[b], high = c->high[b], as = a[b] * c->s[b];
            const float apart = square_of_most(c->M[b] - as, a[b] - r, low, high, margin[b]);
            const float together = square_of_most(c->M[b] + as, -a[b] - r, low, high, margin[b]);
            const float off = (1 + out->x[j]) * f->rest_off[b];
            out->less[j][b] = share[b] * apart + most_of(r, low, high) + off;
            out->more[j][b] = share[b] * together + most_of(-r, low, high) + off;
        }
    }
}

static bool apart(const tns_linked_surface *surface, const tns_linked_eye *eye,
                  const tns_corner *corners, const tns_screen_films *films, float radius)
{
    tangent t;
    weights w;
    tns_linked_hull c;
    inks all;
    float host[TNS_LINKED_LANES], middle[TNS_LINKED_LANES];
    touch(surface, films, &t);
    weigh(eye, &t, surface->screen->load, &w);
    list_inks(corners, films->count, &all);
    sum_inks(&w, &all);
    sum_host(surface, &t, &w, host);
    if (!tns_linked_range(eye, t.R, films, middle, &c))
        return true;
    place(corners, films, &all, host, middle, &c);
    if (!(c.x_low > LEAST_THINNING))
        return false;
    compare_bands(films, &t, &c);
    tns_linked_allow_for_rounding(surface->step, eye, t.term, t.R, &c);
    return tns_linked_apart(eye, &c, radius);
}

const tns_linked_kernels TNS_KERNELS(tns_linked_kernels) = {apart};
