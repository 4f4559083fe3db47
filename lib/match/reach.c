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
 * The end, in the box, of the ray K = q S that crosses it: the thicker film or the thinner one. The
 * thicker one is brighter when the ink, opaque, would be brighter than the backing.
 */
static double at_end(bool thick, double q, const double k[2], const double s[2], double Rg)
{
    double K = q * s[thick], S = s[thick];
    if (thick ? K > k[1] : K < k[0]) {
        K = k[thick];
        S = K / q;
    }
    return tns_km_film(K, S, 1, Rg);
}

/* Opaque, K/S = q is brighter than the backing. */
static bool brightens(double q, double Rg)
{
    return 2 * Rg * q < (1 - Rg) * (1 - Rg);
}

static void reach_film_band(double Rg, const double k[2], const double s[2], const double q[2],
                            double *low, double *high)
{
    *high = at_end(brightens(q[0], Rg), q[0], k, s, Rg);
    *low = at_end(!brightens(q[1], Rg), q[1], k, s, Rg);
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
    for (int b = 0; b < TNS_BANDS; b++) {
        const double k[2] = {K.low[b], K.high[b]}, s[2] = {S.low[b], S.high[b]},
                     q[2] = {ratio.low[b], ratio.high[b]};
        reach_film_band(film->backing[b], k, s, q, &out->low[b], &out->high[b]);
    }
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
