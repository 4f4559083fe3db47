/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/lanes.h"
#include "match/growth.h"
#include "match/linked_reach.h"
#include "match/single.h"

/* The mean of d may not come nearer to -1. */
static const float LEAST_THINNING = -0.98F;

/* What rounding may cost (linked.h): sums over bands, f, its slopes; b and what g is made of. */
static const float TERM_ERROR = 7e-6F, F_ERROR = 5e-6F, SLOPE_ERROR = 1e-6F;
static const float ROOT_ERROR = 1e-5F, SPREAD_ERROR = 5e-6F;
static const double CURVATURE_ERROR = 1e-6;

/* Keeps ratios finite in a band without absorption. */
static const double LEAST = 1e-30;

/* Nearer than this much of a radius nothing was ever ruled out. */
static const float LEAST_REACH = 0.5F;

/* Most that are ever ruled out are so by these. */
enum { DIRECTIONS = 6 };

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

/* By corner: X, Y, Z to first order, y of those, x, and by band what is left. */
typedef struct changes {
    int count;
    float xyz[TNS_FILMS_MAX][TNS_LINKED_LANES], y[TNS_FILMS_MAX][TNS_LINKED_LANES];
    float low_xyz[TNS_LINKED_LANES], high_xyz[TNS_LINKED_LANES]; /* of all mixtures */
    float low_f[TNS_LINKED_LANES], high_f[TNS_LINKED_LANES];
    float x[TNS_FILMS_MAX];
    float x_low, x_high;
    /* by how much (1 + x)(R - R_0) may be less than M, and more */
    float less[TNS_FILMS_MAX][TNS_WIDE], more[TNS_FILMS_MAX][TNS_WIDE];
    float error, sum_error[TNS_LINKED_LANES]; /* of each band, and of sums over them */
} changes;

/* What is tried: along y, then as a sum of X, Y, Z, of bands, and a constant. */
typedef struct direction {
    float n[TNS_LINKED_LANES], xyz[TNS_LINKED_LANES], band[TNS_WIDE];
    float constant, error;
} direction;

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

/* X, Y, Z of the middle, and the least and the most near enough; false where there is none. */
static bool see(const tns_linked_eye *eye, const tangent *t, const tns_screen_films *f,
                float middle[TNS_LINKED_LANES], changes *out)
{
    float sum[2][3][TNS_LANES];
    bool some = true;
    const float *R[3] = {t->R, f->R_low, f->R_high};
    tns_lane_dots(R, eye->column[0][0], eye->column[1][0], TNS_WIDE, sum[0], sum[1]);
    for (int i = 0; i < TNS_LINKED_LANES; i++) {
        middle[i] = sum[i / TNS_LANES][0][i % TNS_LANES];
        const float low = sum[i / TNS_LANES][1][i % TNS_LANES];
        const float high = sum[i / TNS_LANES][2][i % TNS_LANES];
        out->low_xyz[i] = tns_single_greater(low - eye->below[i], eye->low[i]);
        out->high_xyz[i] = tns_single_lesser(high + eye->below[i], eye->high[i]);
        some = some && out->low_xyz[i] <= out->high_xyz[i];
    }
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        out->low_f[i] = tns_single_compressed(out->low_xyz[i]);
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        out->high_f[i] = tns_single_compressed(out->high_xyz[i]);
    return some;
}

/* Where the corners are to first order. */
static void place(const tns_corner *corners, const tns_screen_films *films, const inks *all,
                  const float host[TNS_LINKED_LANES], const float middle[TNS_LINKED_LANES],
                  changes *out)
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

/* y of the corners, and the mean of them. */
static void look(const tns_linked_eye *eye, changes *c, float p[TNS_LINKED_LANES])
{
    const float each = 1 / (float)c->count;
    memset(p, 0, TNS_LINKED_LANES * sizeof *p);
    for (int j = 0; j < c->count; j++) {
        float f[TNS_LINKED_LANES], *y = c->y[j];
        for (int i = 0; i < TNS_LINKED_LANES; i++)
            f[i] = tns_single_compressed(c->xyz[j][i]);
        memset(y, 0, sizeof c->y[j]);
        for (int v = 0; v < eye->viewings; v++) {
            const float(*U)[3] = eye->U[v], *to = eye->target[v], *from = &f[3 * v];
            const float L = 116 * from[1] - to[0], a = 500 * (from[0] - from[1]) - to[1];
            const float b = 200 * (from[1] - from[2]) - to[2];
            y[3 * v] = U[0][0] * L;
            y[3 * v + 1] = U[1][1] * a + U[1][2] * b;
            y[3 * v + 2] = U[2][2] * b;
        }
        for (int i = 0; i < TNS_LINKED_LANES; i++)
            p[i] += y[i] * each;
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

static void compare_bands(const tns_screen_films *f, const tangent *t, changes *out)
{
    parted corner[TNS_FILMS_MAX];
    float a[TNS_WIDE], share[TNS_WIDE], margin[TNS_WIDE];
    for (int j = 0; j < f->count; j++)
        part(f->K[j], f->S[j], out->x[j], t, &corner[j]);
    scale_bands(corner, f->count, t, a);
    for (int b = 0; b < TNS_WIDE; b++)
        share[b] = t->thinnest[b] / (4 * a[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        margin[b] = 2 * TERM_ERROR * (t->term[b] + 2 * a[b]);
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

/* No K or S at a corner is more than twice the middle's. */
static void allow_for_rounding(const tns_linked_surface *s, const tns_linked_eye *eye,
                               const tangent *t, changes *out)
{
    float term[TNS_WIDE], sum[2][3][TNS_LANES], most = 0;
    out->error = s->step * (1 + out->x_high);
    for (int b = 0; b < TNS_WIDE; b++)
        term[b] = TERM_ERROR * (2 * t->term[b] + t->R[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        most = tns_single_greater(term[b], most);
    const float *terms[3] = {term, term, term};
    tns_lane_dots(terms, eye->column[0][0], eye->column[1][0], TNS_WIDE, sum[0], sum[1]);
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        out->sum_error[i] = sum[i / TNS_LANES][0][i % TNS_LANES] + 2 * eye->below[i] * most;
}

static float dot(const float a[TNS_LINKED_LANES], const float b[TNS_LINKED_LANES])
{
    float part[TNS_LANES];
    for (int i = 0; i < TNS_LANES; i++)
        part[i] = a[i] * b[i] + a[i + 8] * b[i + 8];
    return ((part[0] + part[4]) + (part[1] + part[5])) +
           ((part[2] + part[6]) + (part[3] + part[7]));
}

/* What a direction makes of f of X, Y, Z, by U, and the constant beside it. */
static float weigh_f(const tns_linked_eye *eye, const float n[TNS_LINKED_LANES],
                     float out[TNS_LINKED_LANES])
{
    float constant = 0;
    memset(out, 0, TNS_LINKED_LANES * sizeof *out);
    for (int v = 0; v < eye->viewings; v++) {
        const float(*U)[3] = eye->U[v], *to = eye->target[v], *y = &n[3 * v];
        const float L = y[0] * U[0][0], a = y[1] * U[1][1], b = y[1] * U[1][2] + y[2] * U[2][2];
        out[3 * v] = 500 * a;
        out[3 * v + 1] = 116 * L - 500 * a + 200 * b;
        out[3 * v + 2] = -200 * b;
        constant -= L * to[0] + a * to[1] + b * to[2];
    }
    return constant;
}

/*
 * f is concave: weighed by less than 0 it is at least its tangent, anywhere, here near a corner;
 * by more than 0 at least its chord between the ends of its range.
 */
static void weigh_xyz(const changes *c, int corner, const float by[TNS_LINKED_LANES],
                      direction *out)
{
    float rest[TNS_LINKED_LANES], error[TNS_LINKED_LANES];
    for (int i = 0; i < TNS_LINKED_LANES; i++) {
        const float low = c->low_xyz[i], high = c->high_xyz[i], range = high - low;
        const float inside = tns_single_greater(c->xyz[corner][i], low);
        const float at = tns_single_lesser(inside, high), f = tns_single_compressed(at);
        const float steep = at > TNS_SINGLE_CORNER ? 1 / (3 * f * f) : 841.0F / 108;
        const float chord = (c->high_f[i] - c->low_f[i]) / (range + 1e-9F);
        const float slope = by[i] < 0 ? steep : chord;
        const float level = by[i] < 0 ? f - slope * at : c->low_f[i] - slope * low;
        const float size = fabsf(by[i]);
        out->xyz[i] = by[i] * slope;
        rest[i] = by[i] * level;
        error[i] = size * (F_ERROR + slope * (SLOPE_ERROR * range + c->sum_error[i] + 1e-9F));
    }
    out->error = 0;
    for (int i = 0; i < TNS_LINKED_LANES; i++) {
        out->constant += rest[i];
        out->error += error[i];
    }
}

static void weigh_bands(const tns_linked_eye *eye, direction *d)
{
    memset(d->band, 0, sizeof d->band);
    for (int i = 0; i < 3 * eye->viewings; i++)
        for (int b = 0; b < TNS_WIDE; b++)
            d->band[b] += d->xyz[i] * eye->row[i][b];
}

/* Whether (2) holds, at every corner; written so that what is no number does not. */
static bool beyond(const changes *c, const direction *d, float reach)
{
    const float most = 1 + c->x_high;
    float up[TNS_WIDE], down[TNS_WIDE], weight = 0;
    bool all = true;
    for (int b = 0; b < TNS_WIDE; b++)
        up[b] = tns_single_greater(d->band[b], 0);
    for (int b = 0; b < TNS_WIDE; b++)
        down[b] = tns_single_greater(-d->band[b], 0);
    for (int b = 0; b < TNS_WIDE; b++)
        weight += up[b] + down[b];
    const float rest = weight * c->error + 2 * most * d->error;
    for (int j = 0; j < c->count && all; j++) {
        const float ahead = dot(d->xyz, c->xyz[j]) + d->constant;
        const float left = tns_lane_dot_pair(up, c->less[j], down, c->more[j], TNS_WIDE);
        const float rounding = 2 * most * TERM_ERROR * (fabsf(ahead) + reach) + TERM_ERROR * left;
        all = (1 + c->x[j]) * (ahead - reach) - left - rest - rounding > 0;
    }
    return all;
}

/* The corner that is least far along p. */
static int nearest_along(const changes *c, const float p[TNS_LINKED_LANES])
{
    float least = 3e38F;
    int nearest = 0;
    for (int j = 0; j < c->count; j++) {
        const float along = dot(p, c->y[j]);
        nearest = along < least ? j : nearest;
        least = along < least ? along : least;
    }
    return nearest;
}

/* Moves p to the point nearest to zero on the way to a corner. */
static bool turn(const changes *c, int corner, float p[TNS_LINKED_LANES])
{
    float to[TNS_LINKED_LANES];
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        to[i] = c->y[corner][i] - p[i];
    const float square = dot(to, to), way = -dot(p, to);
    if (!(way > 0))
        return false;
    const float step = way < square ? way / square : 1;
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        p[i] += step * to[i];
    return true;
}

/* Whether all is farther along p than what is within the radius. */
static bool shown_by(const tns_linked_eye *eye, const changes *c, int corner,
                     const float p[TNS_LINKED_LANES], float length, float radius)
{
    direction d;
    float f[TNS_LINKED_LANES];
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        d.n[i] = p[i] / length;
    const float reach = tns_linked_reach(eye, d.n, radius);
    if (!(length > reach))
        return false;
    d.constant = weigh_f(eye, d.n, f);
    weigh_xyz(c, corner, f, &d);
    weigh_bands(eye, &d);
    return beyond(c, &d, reach);
}

static bool apart(const tns_linked_surface *surface, const tns_linked_eye *eye,
                  const tns_corner *corners, const tns_screen_films *films, float radius)
{
    tangent t;
    weights w;
    changes c;
    inks all;
    float host[TNS_LINKED_LANES], middle[TNS_LINKED_LANES], p[TNS_LINKED_LANES], length;
    touch(surface, films, &t);
    weigh(eye, &t, surface->screen->load, &w);
    list_inks(corners, films->count, &all);
    sum_inks(&w, &all);
    sum_host(surface, &t, &w, host);
    if (!see(eye, &t, films, middle, &c))
        return true;
    place(corners, films, &all, host, middle, &c);
    if (!(c.x_low > LEAST_THINNING))
        return false;
    compare_bands(films, &t, &c);
    allow_for_rounding(surface, eye, &t, &c);
    look(eye, &c, p);
    for (int i = 0; i < DIRECTIONS && (length = sqrtf(dot(p, p))) > LEAST_REACH * radius; i++) {
        int nearest = nearest_along(&c, p);
        if (shown_by(eye, &c, nearest, p, length, radius))
            return true;
        if (!turn(&c, nearest, p))
            return false;
    }
    return false;
}

const tns_linked_kernels TNS_KERNELS(tns_linked_kernels) = {apart};
