/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a band's descent begins. Opaque samples are linear in K and S once their ratio q is taken
 * as read (Walowit, McCarthy, Berns, Color Res. Appl. 12, 340 (1987)):
 *
 *     sum_i c_i K_i - q sum_i c_i S_i = 0,     with the unit's S on the right.
 *
 * The row's error is S (q_fit - q), and dq/dR = -(1 - R^2)/(2 R^2), so that dividing by S |dq/dR|
 * makes it one of reflectance; S comes from the round before. Films are linear in K once S is
 * given: S is scanned, the same for all pigments.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/kubelka_munk.h>

#include "color/nnls.h"
#include "pigment/band.h"

enum { ROUNDS = 4, BISECTIONS = 16 };

static const double DARKEST = 1e-3, BRIGHTEST = 0.995;

/* Of the larger of a pigment's two figures: a log needs something to stand on. */
static const double FLOOR = 1e-3;

/* Of S times the usual load of a film: from clear to hiding. */
static const double scanned[] = {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3};

static double inside_of(const tns_band *band, size_t row)
{
    double inside = tns_saunderson_internal(band->surface, band->seen[row]);
    return fmin(fmax(inside, DARKEST), BRIGHTEST);
}

/* Of a reflectance inside the medium: what one of its units counts. */
static double inside_weight(const tns_band *band, size_t row, double inside)
{
    return sqrt(band->blend[row].weight) * band->scale[row] *
           tns_saunderson_slope(band->surface, inside);
}

static double scattering_of(const tns_blend *blend, const double *S)
{
    double sum = 0;
    for (int i = 0; i < blend->count; i++)
        sum += blend->amount[i] * S[blend->pigment[i]];
    return sum;
}

static void to_logs(const tns_band *band, const double *K, const double *S, double *x)
{
    for (int i = 0; i < band->pigments; i++) {
        int s = tns_band_scattering(band, i);
        bool nothing = !(K[i] > 0 || S[i] > 0); /* a masstone alone is solved by 0 = q 0 */
        double k = nothing ? 1 : K[i], scatter = nothing ? 1 : S[i];
        double least = FLOOR * fmax(k, scatter);
        x[i] = log(fmax(k, least));
        if (s >= 0)
            x[s] = log(fmax(scatter, least));
    }
}

/* ---- opaque ---- */

static void walowit_row(const tns_band *band, size_t row, const double *S, double *a, double *b)
{
    const tns_blend *blend = &band->blend[row];
    double R = inside_of(band, row), q = tns_km_ratio(R);
    double slope = (1 - R * R) / (2 * R * R);
    double weight =
        inside_weight(band, row, R) / (fmax(scattering_of(blend, S), 1e-3) * fmax(slope, 1e-3));
    for (int i = 0; i < blend->count; i++) {
        int pigment = blend->pigment[i], s = tns_band_scattering(band, pigment);
        a[pigment] = weight * blend->amount[i];
        if (s >= 0)
            a[s] = -weight * q * blend->amount[i];
        else
            *b += weight * q * blend->amount[i];
    }
}

static void start_opaque(const tns_band *band, double *A, double *b, double *x)
{
    int p = tns_band_parameters(band);
    double K[TNS_FIT_PIGMENTS_MAX] = {0}, S[TNS_FIT_PIGMENTS_MAX], v[TNS_BAND_PARAMETERS_MAX];
    for (int i = 0; i < band->pigments; i++)
        S[i] = 1;
    for (int round = 0; round < ROUNDS; round++) {
        memset(A, 0, band->rows * (size_t)p * sizeof *A);
        memset(b, 0, band->rows * sizeof *b);
        for (size_t r = 0; r < band->rows; r++)
            if (band->blend[r].weight > 0)
                walowit_row(band, r, S, A + r * (size_t)p, &b[r]);
        tns_nnls((int)band->rows, p, A, b, v);
        for (int i = 0; i < band->pigments; i++) {
            int s = tns_band_scattering(band, i);
            K[i] = v[i];
            S[i] = s < 0 ? 1 : v[s];
        }
    }
    to_logs(band, K, S, x);
}

/* ---- films ---- */

/* The K at which a film of that S reflects R; at its end when none does. */
static double absorption_for(double R, double S, double backing)
{
    double low = -20, high = 7; /* logarithms */
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = 0.5 * (low + high);
        if (tns_km_film(exp(middle), S, 1, backing) > R)
            low = middle;
        else
            high = middle;
    }
    return exp(low);
}

static void film_row(const tns_band *band, size_t row, double S, double *a, double *b)
{
    const tns_blend *blend = &band->blend[row];
    double R = inside_of(band, row), sum = 0;
    for (int i = 0; i < blend->count; i++)
        sum += blend->amount[i];
    double Smix = S * sum;
    double K = blend->film ? absorption_for(R, Smix, band->backing[row]) : tns_km_ratio(R) * Smix;
    double slope = blend->film ? tns_km_film_slopes(K, Smix, 1, band->backing[row]).dR_dK
                               : tns_km_opaque_slopes(K, Smix).dR_dK;
    double weight = inside_weight(band, row, R) * fabs(slope);
    for (int i = 0; i < blend->count; i++)
        a[blend->pigment[i]] = weight * blend->amount[i];
    *b = weight * K;
}

static void start_with_S(const tns_band *band, double value, double *A, double *b, double *x)
{
    int n = band->pigments;
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    memset(A, 0, band->rows * (size_t)n * sizeof *A);
    for (size_t r = 0; r < band->rows; r++)
        if (band->blend[r].weight > 0)
            film_row(band, r, value, A + r * (size_t)n, &b[r]);
    tns_nnls((int)band->rows, n, A, b, K);
    for (int i = 0; i < n; i++)
        S[i] = value;
    to_logs(band, K, S, x);
}

/* The mean load of a film. */
static double usual_load(const tns_band *band)
{
    double sum = 0;
    size_t films = 0;
    for (size_t r = 0; r < band->rows; r++) {
        bool counts = band->blend[r].film && band->blend[r].weight > 0;
        films += counts;
        for (int i = 0; counts && i < band->blend[r].count; i++)
            sum += band->blend[r].amount[i];
    }
    return films > 0 && sum > 0 ? sum / (double)films : 1;
}

static void start_films(const tns_band *band, double *A, double *b, double *x)
{
    double found[TNS_BAND_PARAMETERS_MAX], least = INFINITY;
    double load = usual_load(band);
    for (size_t i = 0; i < sizeof scanned / sizeof *scanned; i++) {
        start_with_S(band, scanned[i] / load, A, b, found);
        double cost = tns_band_cost(band, found);
        if (cost >= least)
            continue;
        least = cost;
        memcpy(x, found, (size_t)tns_band_parameters(band) * sizeof *x);
    }
}

bool tns_band_start(const tns_band *band, double *x)
{
    double *A = calloc(band->rows * (size_t)tns_band_parameters(band) + band->rows, sizeof *A);
    if (!A)
        return false;
    double *b = A + band->rows * (size_t)tns_band_parameters(band);
    if (band->unit >= 0)
        start_opaque(band, A, b, x);
    else
        start_films(band, A, b, x);
    free(A);
    return true;
}
