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

/* Of so many films from one on. */
TNS_KERNEL_INLINE void see(const tns_blend_films *films, int band, int from, int count, double K,
                           double S, double *restrict seen)
{
    const int at = band * films->count + from;
    const double *load = films->load + from;
    const double *host_K = films->host_K + at, *host_S = films->host_S + at, *Rg = films->Rg + at;
    const double *c0 = films->c0 + at, *c1 = films->c1 + at, *c2 = films->c2 + at;
    for (int s = 0; s < count; s++) {
        const double k = host_K[s] + load[s] * K, a = host_S[s] + load[s] * S;
        const double w = k * (k + 2 * a), y = sqrt(w), E = tns_vexp(-2 * y);
        const double c = w > SMALL ? y * (1 + E) / (1 - E) : coth_series(w);
        const double R = (a - Rg[s] * (k + a - c)) / (k + a - Rg[s] * a + c);
        seen[s] = c0[s] + c1[s] * R / (1 - c2[s] * R);
    }
}

static void each(const tns_blend_films *films, int band, int from, int count, double K, double S,
                 double *seen)
{
    see(films, band, from, count, K, S, seen);
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

static tns_km_slopes slopes(const tns_blend_films *films, int band, double K, double S)
{
    const int n = films->count;
    const double *load = films->load, *share = films->share;
    const double *host_K = films->host_K + band * n, *host_S = films->host_S + band * n;
    const double *Rg = films->Rg + band * n, *c0 = films->c0 + band * n;
    const double *c1 = films->c1 + band * n, *c2 = films->c2 + band * n;
    tns_km_slopes sum = {0, 0, 0};
    double seen[BLOCK], by_K[BLOCK], by_S[BLOCK];
    for (int from = 0; from < n; from += BLOCK) {
        const int count = n - from < BLOCK ? n - from : BLOCK;
        for (int i = 0; i < count; i++) {
            const int s = from + i;
            const double k = host_K[s] + load[s] * K, a = host_S[s] + load[s] * S, g = Rg[s];
            const double w = k * (k + 2 * a), y = sqrt(w), E = tns_vexp(-2 * y), lost = 1 - E;
            const double c = w > SMALL ? y * (1 + E) / lost : coth_series(w);
            const double slope =
                w > SMALL ? (1 + E - 4 * y * E / lost) / (2 * y * lost) : coth_series_slope(w);
            const double c_K = 2 * slope * (k + a), c_S = 2 * slope * k;
            const double below = 1 / (k + a - g * a + c), R = (a - g * (k + a - c)) * below;
            const double over = 1 / (1 - c2[s] * R), steep = load[s] * c1[s] * over * over * below;
            seen[i] = c0[s] + c1[s] * R * over;
            by_K[i] = steep * (g * (c_K - 1) - R * (c_K + 1));
            by_S[i] = steep * ((1 - g) + g * c_S - R * ((1 - g) + c_S));
        }
        sum.R += tns_dot(share + from, seen, count);
        sum.dR_dK += tns_dot(share + from, by_K, count);
        sum.dR_dS += tns_dot(share + from, by_S, count);
    }
    return sum;
}

const tns_blend_kernels TNS_KERNELS(tns_blend_kernels) = {each, mean, slopes};
