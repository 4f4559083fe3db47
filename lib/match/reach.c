/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "match/reach.h"
#include "match/surface.h"

/* Stands for the infinite K/S of an opaque layer; its square is infinite, and then R is 0. */
static const double NO_SCATTERING = 1e200;

typedef struct range {
    double low[TNS_BANDS], high[TNS_BANDS];
} range;

static void widen(range *r, const double value[TNS_BANDS])
{
    for (int b = 0; b < TNS_BANDS; b++)
        r->low[b] = value[b] < r->low[b] ? value[b] : r->low[b];
    for (int b = 0; b < TNS_BANDS; b++)
        r->high[b] = value[b] > r->high[b] ? value[b] : r->high[b];
}

static void start(range *r)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        r->low[b] = INFINITY;
        r->high[b] = -INFINITY;
    }
}

static void ratio_of(const double K[TNS_BANDS], const double S[TNS_BANDS], double q[TNS_BANDS])
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double ratio = K[b] / S[b];
        q[b] = S[b] > 0 ? ratio : NO_SCATTERING;
    }
}

static void opaque_reflectance(const double q[TNS_BANDS], double R[TNS_BANDS])
{
    for (int b = 0; b < TNS_BANDS; b++)
        R[b] = 1 / (1 + q[b] + sqrt(q[b] * (q[b] + 2)));
}

static void reach_opaque(const tns_coefficients *points, size_t count, tns_reach *out)
{
    range ratio;
    double q[TNS_BANDS];
    start(&ratio);
    for (size_t i = 0; i < count; i++) {
        ratio_of(points[i].K, points[i].S, q);
        widen(&ratio, q);
    }
    opaque_reflectance(ratio.high, out->low);
    opaque_reflectance(ratio.low, out->high);
}

/* Keeps K/S finite in a film that does not scatter; far below what a reflectance can show. */
static const double LEAST_SCATTERING = 1e-30;

/* The film's whole K and S: what it is spread in counts too. */
static void whole_film(const tns_surface *film, const tns_coefficients *mix, tns_coefficients *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] = film->host_K[b] + film->load * mix->K[b];
        out->S[b] = film->host_S[b] + film->load * mix->S[b] + LEAST_SCATTERING;
    }
}

/*
 * R of films of thickness 1 in the form of optics/kubelka_munk.c, in loops that become vector code:
 * R = (u (1 - r Rg) + E Rg) / (1 + u (r - Rg)) with E = exp(-z), z = 2 sqrt(K (K + 2S)), r the
 * opaque reflectance and u = S (1 - E) / z, which its series gives where 1 - E would lose digits.
 */
static void film_reflectance(const tns_coefficients *film, const double Rg[TNS_BANDS],
                             double R[TNS_BANDS])
{
    double root[TNS_BANDS], E[TNS_BANDS];
    for (int b = 0; b < TNS_BANDS; b++)
        root[b] = sqrt(film->K[b] * (film->K[b] + 2 * film->S[b]));
    for (int b = 0; b < TNS_BANDS; b++)
        E[b] = exp(-2 * root[b]);
    for (int b = 0; b < TNS_BANDS; b++) {
        double S = film->S[b], z = 2 * root[b];
        double series = 1 - z / 2 * (1 - z / 3 * (1 - z / 4 * (1 - z / 5)));
        double quotient = (1 - E[b]) / z;
        double u = S * (z > 0.01 ? quotient : series), r = S / (film->K[b] + S + root[b]);
        R[b] = (u * (1 - r * Rg[b]) + E[b] * Rg[b]) / (1 + u * (r - Rg[b]));
    }
}

/*
 * An end, in the box, of the ray K = q S that crosses it. The thicker one is brighter where the
 * ink, opaque, would be brighter than the backing; else the thinner one is.
 */
static void ray_end(const range *k, const range *s, const double q[TNS_BANDS],
                    const double Rg[TNS_BANDS], bool brighter, tns_coefficients *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        bool brightens = 2 * Rg[b] * q[b] < (1 - Rg[b]) * (1 - Rg[b]);
        bool thick = brightens == brighter;
        double K = thick ? k->high[b] : k->low[b], S = thick ? s->high[b] : s->low[b];
        double crossing = q[b] * S;
        bool by_side = thick ? crossing > K : crossing < K;
        out->K[b] = by_side ? K : crossing;
        out->S[b] = by_side ? K / q[b] : S;
    }
}

static void reach_film(const tns_surface *film, const tns_coefficients *points, size_t count,
                       tns_reach *out)
{
    range K, S, ratio;
    start(&K);
    start(&S);
    start(&ratio);
    for (size_t i = 0; i < count; i++) {
        tns_coefficients whole;
        double q[TNS_BANDS];
        whole_film(film, &points[i], &whole);
        ratio_of(whole.K, whole.S, q);
        widen(&K, whole.K);
        widen(&S, whole.S);
        widen(&ratio, q);
    }
    tns_coefficients end;
    ray_end(&K, &S, ratio.low, film->backing, true, &end);
    film_reflectance(&end, film->backing, out->high);
    ray_end(&K, &S, ratio.high, film->backing, false, &end);
    film_reflectance(&end, film->backing, out->low);
}

static bool bare(const tns_surface *surface)
{
    bool nothing = surface->outer.k1 == 0 && surface->outer.k2 == 0;
    for (int b = 0; b < TNS_BANDS && nothing; b++)
        nothing = surface->over_R[b] == 0 && surface->over_T2[b] == 1 && surface->over_Rb[b] == 0;
    return nothing;
}

void tns_reach_of(const tns_surface *surface, const tns_coefficients *points, size_t count,
                  tns_reach *out)
{
    if (surface->kind == TNS_SURFACE_OPAQUE)
        reach_opaque(points, count, out);
    else
        reach_film(surface, points, count, out);
    if (bare(surface))
        return;
    for (int b = 0; b < TNS_BANDS; b++) {
        out->low[b] = tns_surface_seen(surface, b, out->low[b]);
        out->high[b] = tns_surface_seen(surface, b, out->high[b]);
    }
}
