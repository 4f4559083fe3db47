/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/lanes.h"
#include "base/vmath.h"
#include "match/blend.h"

/* Films at once. */
enum { BLOCK = 64 };

/*
 * A film of thickness 1 in the form of tns_km_film_slopes: with w = K (K + 2S), y^2 = w and c = y
 * coth y, R = (S - Rg (K + S - c)) / (K + S - Rg S + c). For small w, c and dc/dw by their series
 * (Abramowitz, Stegun, 4.5.67), good to 1e-15 and 1e-13.
 */
static const double SMALL = 0.02;

static inline double coth_series(double w)
{
    return 1 +
           w * (1.0 / 3 - w * (1.0 / 45 - w * (2.0 / 945 - w * (1.0 / 4725 - w * (2.0 / 93555)))));
}

static inline double coth_series_slope(double w)
{
    return 1.0 / 3 - w * (2.0 / 45 - w * (2.0 / 315 - w * (4.0 / 4725 - w * (2.0 / 18711))));
}

/* No film's w is less than that of the least host below the thinnest layer. */
static inline bool may_be_small(const tns_blend_films *films, int band, double K, double S)
{
    const double k = films->least_K[band] + films->least_load * K;
    const double a = films->least_S[band] + films->least_load * S;
    return !(k * (k + 2 * a) > SMALL);
}

/*
 * Of so many films from one on; without the series where none is `small`. Divisions take long, so
 * fractions stay such: c = p / q, R = N / D, and what is seen, c0 + c1 R / (1 - c2 R), is
 * c0 + c1 N / (D - c2 N).
 */
TNS_KERNEL_INLINE void see_if(bool small, const tns_blend_films *films, int band, int from,
                              int count, double K, double S, double *restrict seen)
{
    const int at = band * films->count + from;
    const double *load = films->load + from;
    const double *host_K = films->host_K + at, *host_S = films->host_S + at, *Rg = films->Rg + at;
    const double *c0 = films->c0 + at, *c1 = films->c1 + at, *c2 = films->c2 + at;
    for (int s = 0; s < count; s++) {
        const double k = host_K[s] + load[s] * K, a = host_S[s] + load[s] * S;
        const double w = k * (k + 2 * a), y = sqrt(w), E = tns_vexp(-2 * y);
        const double p = small && w <= SMALL ? coth_series(w) : y * (1 + E);
        const double q = small && w <= SMALL ? 1 : 1 - E;
        const double N = a * q - Rg[s] * ((k + a) * q - p), D = (k + a - Rg[s] * a) * q + p;
        seen[s] = c0[s] + c1[s] * N / (D - c2[s] * N);
    }
}

TNS_KERNEL_INLINE void see(const tns_blend_films *films, int band, int from, int count, double K,
                           double S, double *restrict seen)
{
    if (may_be_small(films, band, K, S))
        see_if(true, films, band, from, count, K, S, seen);
    else
        see_if(false, films, band, from, count, K, S, seen);
}

static void each(const tns_blend_films *films, int band, double K, double S, double *seen)
{
    see(films, band, 0, films->count, K, S, seen);
}

static double mean(const tns_blend_films *films, int band, double K, double S)
{
    const int n = films->count;
    double sum = 0, seen[BLOCK];
    for (int from = 0; from < n; from += BLOCK) {
        const int count = n - from < BLOCK ? n - from : BLOCK;
        see(films, band, from, count, K, S, seen);
        sum += tns_dot(films->share + from, seen, count);
    }
    return sum;
}

/* Of so many films from one on; likewise, with dR = (dN - R dD) / D. */
TNS_KERNEL_INLINE void lean_if(bool small, const tns_blend_films *films, int band, int from,
                               int count, double K, double S, double *restrict seen,
                               double *restrict by_K, double *restrict by_S)
{
    const int at = band * films->count + from;
    const double *load = films->load + from;
    const double *host_K = films->host_K + at, *host_S = films->host_S + at, *Rg = films->Rg + at;
    const double *c0 = films->c0 + at, *c1 = films->c1 + at, *c2 = films->c2 + at;
    for (int s = 0; s < count; s++) {
        const double k = host_K[s] + load[s] * K, a = host_S[s] + load[s] * S, g = Rg[s];
        const double w = k * (k + 2 * a), y = sqrt(w), E = tns_vexp(-2 * y);
        const double part = 1 / (2 * y * (1 - E)); /* c = y (1 + E) / (1 - E) is 2w (1 + E) of it */
        const double c = small && w <= SMALL ? coth_series(w) : 2 * w * (1 + E) * part;
        const double slope =
            small && w <= SMALL ? coth_series_slope(w) : (1 + E - 8 * w * E * part) * part;
        const double c_K = 2 * slope * (k + a), c_S = 2 * slope * k;
        const double N = a - g * (k + a - c), D = k + a - g * a + c;
        const double below = 1 / (D - c2[s] * N), steep = load[s] * c1[s] * below * below;
        seen[s] = c0[s] + c1[s] * N * below;
        by_K[s] = steep * (D * g * (c_K - 1) - N * (c_K + 1));
        by_S[s] = steep * (D * ((1 - g) + g * c_S) - N * ((1 - g) + c_S));
    }
}

static tns_km_slopes slopes(const tns_blend_films *films, int band, double K, double S)
{
    const int n = films->count;
    const bool small = may_be_small(films, band, K, S);
    tns_km_slopes sum = {0, 0, 0};
    double seen[BLOCK], by_K[BLOCK], by_S[BLOCK];
    for (int from = 0; from < n; from += BLOCK) {
        const int count = n - from < BLOCK ? n - from : BLOCK;
        if (small)
            lean_if(true, films, band, from, count, K, S, seen, by_K, by_S);
        else
            lean_if(false, films, band, from, count, K, S, seen, by_K, by_S);
        sum.R += tns_dot(films->share + from, seen, count);
        sum.dR_dK += tns_dot(films->share + from, by_K, count);
        sum.dR_dS += tns_dot(films->share + from, by_S, count);
    }
    return sum;
}

const tns_blend_kernels TNS_KERNELS(tns_blend_kernels) = {each, mean, slopes};
