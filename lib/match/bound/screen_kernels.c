/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/bound/fading.h"
#include "match/bound/rest.h"
#include "match/bound/screen.h"
#include "match/bound/single.h"

/* Stands for the infinite K/S of an opaque layer that does not scatter: R is 0. */
static const float ALL_ABSORBED = 1e30F;

/* Keeps K/S finite in a film that does not scatter; palettes keep far above it. */
static const float LEAST_SCATTERING = 1e-30F;

static inline void compress(const float *t, int count, float *out)
{
    for (int i = 0; i < count; i++)
        out[i] = tns_single_compressed(t[i]);
}

static inline float ratio(float K, float S)
{
    float q = K / S;
    return S > 0 ? q : ALL_ABSORBED;
}

static inline float opaque(float q)
{
    return 1 / (1 + q + sqrtf(q * (q + 2)));
}

/*
 * A film of thickness 1 in the form of optics/kubelka_munk.c: with E = exp(-z), z = 2 sqrt(K (K +
 * 2S)), r the opaque reflectance and u = S (1 - E) / z, which its series gives where 1 - E would
 * lose digits, R = (u (1 - r Rg) + E Rg) / (1 + u (r - Rg)).
 */
static inline double film(double K, double S, double Rg)
{
    double root = sqrt(K * (K + 2 * S)), z = 2 * root, E = tns_fading(z);
    double series = 1 - z / 2 * (1 - z / 3 * (1 - z / 4 * (1 - z / 5)));
    double quotient = (1 - E) / z;
    double u = S * (z > 0.01 ? quotient : series), r = S / (K + S + root);
    return (u * (1 - r * Rg) + E * Rg) / (1 + u * (r - Rg));
}

static inline float seen(float c0, float c1, float c2, float R)
{
    return c0 + c1 * R / (1 - c2 * R);
}

typedef struct spectrum_span {
    float low[TNS_WIDE], high[TNS_WIDE];
} spectrum_span;

static void widen(spectrum_span *s, const float value[TNS_WIDE])
{
    for (int b = 0; b < TNS_WIDE; b++)
        s->low[b] = tns_single_lesser(s->low[b], value[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        s->high[b] = tns_single_greater(s->high[b], value[b]);
}

static void start(spectrum_span *s, const float value[TNS_WIDE])
{
    memcpy(s->low, value, sizeof s->low);
    memcpy(s->high, value, sizeof s->high);
}

static void add(tns_ink *out, const tns_ink *a, int n, const tns_ink *b, const tns_ink *c)
{
    const float units = (float)n;
    for (int i = 0; i < TNS_WIDE; i++)
        out->K[i] = a->K[i] + units * b->K[i] + c->K[i];
    for (int i = 0; i < TNS_WIDE; i++)
        out->S[i] = a->S[i] + units * b->S[i] + c->S[i];
    out->amount = a->amount + units * b->amount + c->amount;
}

static void opaque_ratios(const tns_corner *corner, float q[TNS_WIDE])
{
    const tns_ink *base = corner->base, *unit = corner->unit;
    const float n = corner->n;
    for (int b = 0; b < TNS_WIDE; b++)
        q[b] = ratio(base->K[b] + n * unit->K[b], base->S[b] + n * unit->S[b]);
}

static void reach_opaque(const tns_corner *corners, int count, spectrum_span *out)
{
    spectrum_span range;
    float q[TNS_WIDE];
    opaque_ratios(&corners[0], q);
    start(&range, q);
    for (int i = 1; i < count; i++) {
        opaque_ratios(&corners[i], q);
        widen(&range, q);
    }
    for (int b = 0; b < TNS_WIDE; b++)
        out->low[b] = opaque(range.high[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        out->high[b] = opaque(range.low[b]);
}

/* The film's whole K and S: what it is spread in counts too. */
static void whole_film(const tns_screen_surface *s, const tns_corner *corner, float K[TNS_WIDE],
                       float S[TNS_WIDE])
{
    const tns_ink *base = corner->base, *unit = corner->unit;
    const float n = corner->n, share = 1 / (base->amount + n * unit->amount);
    for (int b = 0; b < TNS_WIDE; b++)
        K[b] = s->host_K[b] + share * s->load[b] * (base->K[b] + n * unit->K[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        S[b] = s->host_S[b] + share * s->load[b] * (base->S[b] + n * unit->S[b]) + LEAST_SCATTERING;
}

static void film_ratios(const float K[TNS_WIDE], const float S[TNS_WIDE], float q[TNS_WIDE])
{
    for (int b = 0; b < TNS_WIDE; b++)
        q[b] = ratio(K[b], S[b]);
}

/*
 * An end, in the box, of the ray K = q S that crosses it. The thicker one is brighter where the
 * ink, opaque, would be brighter than the backing; else the thinner one is.
 */
static void ray_end(const spectrum_span *K, const spectrum_span *S, const float q[TNS_WIDE],
                    const float Rg[TNS_WIDE], bool brighter, float out[TNS_WIDE])
{
    for (int b = 0; b < TNS_WIDE; b++) {
        bool brightens = 2 * Rg[b] * q[b] < (1 - Rg[b]) * (1 - Rg[b]);
        bool thick = brightens == brighter;
        float k = thick ? K->high[b] : K->low[b], s = thick ? S->high[b] : S->low[b];
        float crossing = q[b] * s;
        bool by_side = thick ? crossing > k : crossing < k;
        double end_K = by_side ? k : crossing, end_S = by_side ? k / q[b] : s;
        out[b] = (float)film(end_K, end_S, Rg[b]);
    }
}

static void keep_spans(const spectrum_span *K, const spectrum_span *S, const spectrum_span *q,
                       int count, tns_screen_films *out)
{
    out->count = count;
    memcpy(out->K_low, K->low, sizeof K->low);
    memcpy(out->K_high, K->high, sizeof K->high);
    memcpy(out->S_low, S->low, sizeof S->low);
    memcpy(out->S_high, S->high, sizeof S->high);
    memcpy(out->q_low, q->low, sizeof q->low);
    memcpy(out->q_high, q->high, sizeof q->high);
}

/* What a film that stands for others leaves over. */
static void find_rest(const tns_screen_surface *s, const spectrum_span *K, const spectrum_span *S,
                      spectrum_span *out)
{
    memset(out, 0, sizeof *out);
    for (int b = 0; b < TNS_BANDS && s->rest; b++) {
        tns_rest_range range =
            tns_rest_over(&s->rest->band[b], K->low[b], K->high[b], S->low[b], S->high[b]);
        out->low[b] = range.low;
        out->high[b] = range.high;
    }
}

static void reach_film(const tns_screen_surface *s, const tns_corner *corners, int count,
                       tns_screen_films *films, spectrum_span *rest, spectrum_span *out)
{
    spectrum_span K, S, range;
    float own_K[TNS_WIDE], own_S[TNS_WIDE], q[TNS_WIDE];
    for (int i = 0; i < count; i++) {
        float *film_K = films ? films->K[i] : own_K, *film_S = films ? films->S[i] : own_S;
        whole_film(s, &corners[i], film_K, film_S);
        film_ratios(film_K, film_S, q);
        if (i == 0) {
            start(&K, film_K);
            start(&S, film_S);
            start(&range, q);
        } else {
            widen(&K, film_K);
            widen(&S, film_S);
            widen(&range, q);
        }
    }
    if (films)
        keep_spans(&K, &S, &range, count, films);
    find_rest(s, &K, &S, rest);
    ray_end(&K, &S, range.low, s->backing, true, out->high);
    ray_end(&K, &S, range.high, s->backing, false, out->low);
}

/* Rounding added, through what lies above, and with the rest; never below 0. */
static void look_at(const tns_screen_surface *s, const spectrum_span *rest, spectrum_span *span)
{
    for (int b = 0; b < TNS_WIDE; b++) {
        span->low[b] = tns_single_greater(span->low[b] * (1 - s->share) - s->step, 0);
        span->high[b] = tns_single_lesser(span->high[b] * (1 + s->share) + s->step, 1);
    }
    for (int b = 0; b < TNS_WIDE && !s->bare; b++)
        span->low[b] = seen(s->c0[b], s->c1[b], s->c2[b], span->low[b]);
    for (int b = 0; b < TNS_WIDE && !s->bare; b++)
        span->high[b] = seen(s->c0[b], s->c1[b], s->c2[b], span->high[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        span->low[b] = tns_single_greater(span->low[b] + rest->low[b], 0) * (1 - TNS_SUM_ERROR);
    for (int b = 0; b < TNS_WIDE; b++)
        span->high[b] = tns_single_greater(span->high[b] + rest->high[b], 0) * (1 + TNS_SUM_ERROR);
}

/* Y, X - Y, Y - Z: middle and half width. */
typedef struct sums {
    float low[3][TNS_LANES], high[3][TNS_LANES];
} sums;

static void product(const float *restrict a, const float *restrict b, float *restrict out)
{
    for (int i = 0; i < TNS_WIDE; i++)
        out[i] = a[i] * b[i];
}

static float total(const float term[TNS_WIDE])
{
    float part[TNS_LANES];
    for (int i = 0; i < TNS_LANES; i++)
        part[i] = (term[i] + term[i + 8]) + (term[i + 16] + term[i + 24]) + term[i + 32];
    return ((part[0] + part[4]) + (part[1] + part[5])) +
           ((part[2] + part[6]) + (part[3] + part[7]));
}

static void add_up(const tns_screen_eye *eye, const spectrum_span *span, sums *out)
{
    float sum[TNS_WIDE], width[TNS_WIDE], term[TNS_WIDE];
    for (int b = 0; b < TNS_WIDE; b++)
        sum[b] = span->high[b] + span->low[b];
    for (int b = 0; b < TNS_WIDE; b++)
        width[b] = span->high[b] - span->low[b];
    for (int v = 0; v < eye->viewings; v++)
        for (int i = 0; i < 3; i++) {
            product(eye->step[v][i], sum, term);
            float middle = total(term);
            product(eye->size[v][i], width, term);
            float spread = total(term);
            out->low[i][v] = (middle - spread) / 2;
            out->high[i][v] = (middle + spread) / 2;
        }
}

static void select(const float by[TNS_LANES], const float *below, const float *above,
                   float out[TNS_LANES])
{
    for (int v = 0; v < TNS_LANES; v++)
        out[v] = by[v] < 0 ? below[v] : above[v];
}

/*
 * f(y + d) - f(y) for y and d in their intervals rises with d, and, f being concave, falls with y
 * for d > 0 and rises for d < 0. So the end of y to take goes by the sign of d; f(y) - f(y - e) is
 * the same with -e for d.
 */
static void to_lab(const sums *in, tns_screen_reach *out)
{
    enum { LOW, HIGH, A_LOW, A_HIGH, B_LOW, B_HIGH, ENDS };
    float y[ENDS][TNS_LANES], t[ENDS][TNS_LANES], f[ENDS][TNS_LANES], from[ENDS][TNS_LANES];
    memcpy(t[LOW], in->low[0], sizeof t[LOW]);
    memcpy(t[HIGH], in->high[0], sizeof t[HIGH]);
    select(in->low[1], t[LOW], t[HIGH], y[A_LOW]);
    select(in->high[1], t[HIGH], t[LOW], y[A_HIGH]);
    select(in->low[2], t[LOW], t[HIGH], y[B_LOW]);
    select(in->high[2], t[HIGH], t[LOW], y[B_HIGH]);
    for (int v = 0; v < TNS_LANES; v++) {
        t[A_LOW][v] = y[A_LOW][v] + in->low[1][v];
        t[A_HIGH][v] = y[A_HIGH][v] + in->high[1][v];
        t[B_LOW][v] = y[B_LOW][v] - in->low[2][v];
        t[B_HIGH][v] = y[B_HIGH][v] - in->high[2][v];
    }
    compress(t[0], ENDS * TNS_LANES, f[0]);
    select(in->low[1], f[LOW], f[HIGH], from[A_LOW]);
    select(in->high[1], f[HIGH], f[LOW], from[A_HIGH]);
    select(in->low[2], f[LOW], f[HIGH], from[B_LOW]);
    select(in->high[2], f[HIGH], f[LOW], from[B_HIGH]);
    for (int v = 0; v < TNS_LANES; v++) {
        out->low[0][v] = 116 * f[LOW][v] - 16 - TNS_LAST_STEPS[0];
        out->high[0][v] = 116 * f[HIGH][v] - 16 + TNS_LAST_STEPS[0];
        out->low[1][v] = 500 * (f[A_LOW][v] - from[A_LOW][v]) - TNS_LAST_STEPS[1];
        out->high[1][v] = 500 * (f[A_HIGH][v] - from[A_HIGH][v]) + TNS_LAST_STEPS[1];
        out->low[2][v] = 200 * (from[B_LOW][v] - f[B_LOW][v]) - TNS_LAST_STEPS[2];
        out->high[2][v] = 200 * (from[B_HIGH][v] - f[B_HIGH][v]) + TNS_LAST_STEPS[2];
    }
}

static void span_of(const tns_screen_surface *surface, const tns_corner *corners, int count,
                    tns_screen_films *films, spectrum_span *out)
{
    spectrum_span rest;
    memset(&rest, 0, sizeof rest);
    if (surface->opaque)
        reach_opaque(corners, count, out);
    else
        reach_film(surface, corners, count, films, &rest, out);
    look_at(surface, &rest, out);
    for (int b = 0; b < TNS_WIDE && films; b++) {
        films->rest[b] = (rest.low[b] + rest.high[b]) / 2;
        films->rest_off[b] = (rest.high[b] - rest.low[b]) / 2 * (1 + TNS_SUM_ERROR);
    }
}

/* The sums, by share, of what is seen of each surface. */
static void blend(const tns_screen_sight *sight, const tns_corner *corners, int count,
                  spectrum_span *out)
{
    const float error = (float)(sight->count + 2) * TNS_BLEND_ERROR;
    memset(out, 0, sizeof *out);
    for (int s = 0; s < sight->count; s++) {
        const float share = sight->share[s];
        spectrum_span one;
        span_of(&sight->surfaces[s], corners, count, NULL, &one);
        for (int b = 0; b < TNS_WIDE; b++)
            out->low[b] += share * one.low[b];
        for (int b = 0; b < TNS_WIDE; b++)
            out->high[b] += share * one.high[b];
    }
    for (int b = 0; b < TNS_WIDE; b++)
        out->low[b] *= 1 - error;
    for (int b = 0; b < TNS_WIDE; b++)
        out->high[b] *= 1 + error;
}

static void reach(const tns_screen_sight *sight, const tns_screen_eye *eye,
                  const tns_corner *corners, int count, tns_screen_films *films,
                  tns_screen_reach *out)
{
    spectrum_span span;
    sums sum = {{{0}}, {{0}}};
    tns_screen_films *kept = count <= TNS_FILMS_MAX && sight->count == 1 ? films : NULL;
    if (films)
        films->count = 0;
    if (sight->count == 1)
        span_of(sight->surfaces, corners, count, kept, &span);
    else
        blend(sight, corners, count, &span);
    if (kept) {
        kept->count = count;
        memcpy(kept->R_low, span.low, sizeof span.low);
        memcpy(kept->R_high, span.high, sizeof span.high);
    }
    add_up(eye, &span, &sum);
    to_lab(&sum, out);
}

/* By band, then by mixture. */
typedef float field[TNS_WIDE * TNS_LANES];

static void row_of_sums(const float *const coefficients[], int parts,
                        const float amounts[][TNS_LANES], field out)
{
    for (int b = 0; b < TNS_WIDE; b++)
        for (int i = 0; i < TNS_LANES; i++)
            out[b * TNS_LANES + i] = amounts[0][i] * coefficients[0][b];
    for (int p = 1; p < parts; p++) {
        const float *more = coefficients[p], *n = amounts[p];
        for (int b = 0; b < TNS_WIDE; b++)
            for (int i = 0; i < TNS_LANES; i++)
                out[b * TNS_LANES + i] += n[i] * more[b];
    }
}

static void row_opaque(const field K, const field S, field R)
{
    for (int i = 0; i < TNS_WIDE * TNS_LANES; i++)
        R[i] = opaque(ratio(K[i], S[i]));
}

static void row_film(const tns_screen_surface *s, const field K, const field S,
                     const float share[TNS_LANES], field R)
{
    for (int b = 0; b < TNS_WIDE; b++) {
        const float host_K = s->host_K[b], host_S = s->host_S[b] + LEAST_SCATTERING,
                    Rg = s->backing[b], load = s->load[b];
        for (int i = 0; i < TNS_LANES; i++) {
            const int at = b * TNS_LANES + i;
            const float part = share[i] * load;
            R[at] = (float)film(host_K + part * K[at], host_S + part * S[at], Rg);
        }
    }
}

static void row_rest(const tns_screen_surface *s, const field K, const field S,
                     const float share[TNS_LANES], field R)
{
    for (int b = 0; b < TNS_BANDS; b++)
        for (int i = 0; i < TNS_LANES; i++) {
            const int at = b * TNS_LANES + i;
            const float part = share[i] * s->load[b];
            R[at] += tns_rest_at(&s->rest->band[b], s->host_K[b] + part * K[at],
                                 s->host_S[b] + part * S[at]);
        }
}

static void row_seen(const tns_screen_surface *s, field R)
{
    for (int b = 0; b < TNS_WIDE; b++) {
        const float c0 = s->c0[b], c1 = s->c1[b], c2 = s->c2[b];
        for (int i = 0; i < TNS_LANES; i++)
            R[b * TNS_LANES + i] = seen(c0, c1, c2, R[b * TNS_LANES + i]);
    }
}

static void row_sum(const float weight[TNS_WIDE], const field R, float out[TNS_LANES])
{
    for (int i = 0; i < TNS_LANES; i++) {
        float even = 0, odd = 0;
        for (int b = 0; b < TNS_WIDE; b += 2) {
            even += weight[b] * R[b * TNS_LANES + i];
            odd += weight[b + 1] * R[(b + 1) * TNS_LANES + i];
        }
        out[i] = even + odd;
    }
}

static void row_to_lab(float xyz[3][TNS_LANES], tns_screen_row *out)
{
    float f[3][TNS_LANES];
    compress(xyz[0], 3 * TNS_LANES, f[0]);
    for (int i = 0; i < TNS_LANES; i++) {
        out->lab[0][i] = 116 * f[1][i] - 16;
        out->lab[1][i] = 500 * (f[0][i] - f[1][i]);
        out->lab[2][i] = 200 * (f[1][i] - f[2][i]);
    }
}

static void row_of_surface(const tns_screen_surface *surface, const field K, const field S,
                           const float amount[TNS_LANES], field R)
{
    float share[TNS_LANES];
    for (int i = 0; i < TNS_LANES; i++)
        share[i] = 1 / amount[i];
    if (surface->opaque)
        row_opaque(K, S, R);
    else
        row_film(surface, K, S, share, R);
    if (!surface->bare)
        row_seen(surface, R);
    if (surface->rest)
        row_rest(surface, K, S, share, R);
}

static void row_blend(const tns_screen_sight *sight, const field K, const field S,
                      const float amount[TNS_LANES], field R)
{
    memset(R, 0, sizeof(field));
    for (int s = 0; s < sight->count; s++) {
        const float share = sight->share[s];
        field one;
        row_of_surface(&sight->surfaces[s], K, S, amount, one);
        for (int i = 0; i < TNS_WIDE * TNS_LANES; i++)
            R[i] += share * one[i];
    }
}

static void row(const tns_screen_sight *sight, const tns_screen_eye *eye,
                const tns_screen_parts *mixtures, tns_screen_row *out)
{
    const float *K_of[TNS_SCREEN_PARTS], *S_of[TNS_SCREEN_PARTS];
    float amount[TNS_LANES] = {0};
    field K, S, R;
    for (int p = 0; p < mixtures->count; p++) {
        const tns_ink *ink = mixtures->ink[p];
        K_of[p] = ink->K;
        S_of[p] = ink->S;
        for (int i = 0; i < TNS_LANES; i++)
            amount[i] += mixtures->amount[p][i] * ink->amount;
    }
    row_of_sums(K_of, mixtures->count, mixtures->amount, K);
    row_of_sums(S_of, mixtures->count, mixtures->amount, S);
    if (sight->count == 1)
        row_of_surface(sight->surfaces, K, S, amount, R);
    else
        row_blend(sight, K, S, amount, R);
    for (int v = 0; v < eye->viewings; v++) {
        float xyz[3][TNS_LANES];
        for (int j = 0; j < 3; j++)
            row_sum(eye->xyz[v][j], R, xyz[j]);
        row_to_lab(xyz, &out[v]);
    }
}

const tns_screen_kernels TNS_KERNELS(tns_screen_kernels) = {add, reach, row};
