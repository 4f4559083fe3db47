/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_math.h>

#include "color/numeric.h"
#include "pigment/learn_prior.h"

/* Of K and S in neighbouring bands, and of K with S, where a palette states only an uncertainty:
   what is wrong is mostly the amount of pigment, and the rest is smooth. */
static const double USUAL_BANDS = 0.97, USUAL_BOTH = 0.5;

/* An uncertainty that nobody stated; and none is beyond a factor of e^1.5. */
static const double USUAL_SD = 0.1, MOST_SD = 1.5;

/* Keeps the prior of every parameter positive. */
static const double LEAST_SD = 1e-3;

tns_learn_curves tns_learn_curves_make(int count)
{
    tns_learn_curves out = {.count = count};
    for (int b = 0; b < TNS_BANDS; b++)
        for (int j = 0; j < count; j++)
            out.value[j][b] = j == 0   ? 1
                              : j == 1 ? (tns_band_nm(b) - 550) / 100
                                       : cos(M_PI * j * (b + 0.5) / TNS_BANDS);
    return out;
}

double tns_learn_band_correlation(const tns_palette *palette, const tns_pigment *pigment)
{
    return pigment->has_covariance ? palette->model.band_correlation : USUAL_BANDS;
}

/* ---- the palette's own prior ---- */

static double relative_sd(double sd, double value)
{
    return value > 0 ? fmin(sd / value, MOST_SD) : 0;
}

static double usual_correlation(const tns_pigment *p)
{
    double sum = 0;
    for (int b = 0; p->has_covariance && b < TNS_BANDS; b++)
        sum += p->KS_correlation[b];
    return p->has_covariance ? fmin(fmax(sum / TNS_BANDS, -0.99), 0.99) : USUAL_BOTH;
}

static void band_deviations(const tns_pigment *p, bool fixed_S, double sd[TNS_LEARN_BOTH])
{
    double stated = p->uncertainty > 0 ? fmin(p->uncertainty, MOST_SD) : USUAL_SD;
    for (int b = 0; b < TNS_BANDS; b++) {
        sd[b] = p->has_covariance ? relative_sd(p->K_sd[b], p->K[b]) : stated;
        sd[TNS_BANDS + b] = fixed_S             ? 0
                            : p->has_covariance ? relative_sd(p->S_sd[b], p->S[b])
                                                : stated;
    }
}

/* Covariance of log K and log S over the bands. */
static void full_prior(const tns_palette *palette, int pigment, bool fixed_S,
                       const tns_learn_options *options, double C[TNS_LEARN_BOTH][TNS_LEARN_BOTH])
{
    const tns_pigment *p = &palette->pigments[pigment];
    double sd[TNS_LEARN_BOTH], rho = tns_learn_band_correlation(palette, p);
    double both = usual_correlation(p), power[TNS_BANDS] = {1};
    for (int b = 1; b < TNS_BANDS; b++)
        power[b] = rho * power[b - 1];
    band_deviations(p, fixed_S, sd);
    for (int i = 0; i < TNS_LEARN_BOTH; i++)
        for (int j = 0; j < TNS_LEARN_BOTH; j++) {
            bool same = (i < TNS_BANDS) == (j < TNS_BANDS);
            bool still = fixed_S && (i >= TNS_BANDS || j >= TNS_BANDS);
            int apart = abs(i % TNS_BANDS - j % TNS_BANDS);
            bool both_S = i >= TNS_BANDS && j >= TNS_BANDS;
            double common = options->strength * options->strength +
                            (both_S ? options->apart * options->apart : 0);
            C[i][j] = sd[i] * sd[j] * (same ? 1 : both) * power[apart] + (still ? 0 : common);
        }
}

/* ---- along the curves, and beside them ---- */

/* P = (F' F)^-1 F': the curves' parts of anything over the bands. */
static bool projector(const tns_learn_curves *c, double P[TNS_LEARN_CURVES_MAX][TNS_BANDS])
{
    double A[TNS_LEARN_CURVES_MAX][TNS_LEARN_CURVES_MAX] = {{0}}, x[TNS_LEARN_CURVES_MAX];
    size_t n = (size_t)c->count;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            for (int b = 0; b < TNS_BANDS; b++)
                A[i][j] += c->value[i][b] * c->value[j][b];
    if (!tns_cholesky(&A[0][0], n, TNS_LEARN_CURVES_MAX, 0))
        return false;
    for (int b = 0; b < TNS_BANDS; b++) {
        for (size_t i = 0; i < n; i++)
            x[i] = c->value[i][b];
        tns_cholesky_solve(&A[0][0], n, TNS_LEARN_CURVES_MAX, x);
        for (size_t i = 0; i < n; i++)
            P[i][b] = x[i];
    }
    return true;
}

/* In its place, with zeros above the diagonal; along() keeps the pivots above zero. */
static bool root(int n, double A[TNS_LEARN_PARAMETERS_MAX][TNS_LEARN_PARAMETERS_MAX])
{
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            A[i][j] = 0;
    return tns_cholesky(&A[0][0], (size_t)n, TNS_LEARN_PARAMETERS_MAX, 0);
}

static void along(const tns_learn_ink *ink, int curves, double P[][TNS_BANDS],
                  double C[][TNS_LEARN_BOTH],
                  double out[TNS_LEARN_PARAMETERS_MAX][TNS_LEARN_PARAMETERS_MAX])
{
    for (int i = 0; i < ink->count; i++)
        for (int j = 0; j < ink->count; j++) {
            double sum = 0;
            for (int b = 0; b < TNS_BANDS; b++)
                for (int d = 0; d < TNS_BANDS; d++)
                    sum += P[i % curves][b] * P[j % curves][d] *
                           C[i / curves * TNS_BANDS + b][j / curves * TNS_BANDS + d];
            out[i][j] = sum + (i == j ? LEAST_SD * LEAST_SD : 0);
        }
}

/* Q = I - F P on every pair of blocks: Q C Q'. */
static void beside(const tns_learn_curves *c, double P[][TNS_BANDS], double C[][TNS_LEARN_BOTH],
                   double out[][TNS_LEARN_BOTH])
{
    double Q[TNS_BANDS][TNS_BANDS], half[TNS_LEARN_BOTH][TNS_LEARN_BOTH] = {{0}};
    for (int b = 0; b < TNS_BANDS; b++)
        for (int d = 0; d < TNS_BANDS; d++) {
            Q[b][d] = b == d;
            for (int i = 0; i < c->count; i++)
                Q[b][d] -= c->value[i][b] * P[i][d];
        }
    for (int i = 0; i < TNS_LEARN_BOTH; i++)
        for (int j = 0; j < TNS_LEARN_BOTH; j++)
            for (int k = 0; k < TNS_BANDS; k++)
                half[i][j] += Q[i % TNS_BANDS][k] * C[i / TNS_BANDS * TNS_BANDS + k][j];
    for (int i = 0; i < TNS_LEARN_BOTH; i++)
        for (int j = 0; j < TNS_LEARN_BOTH; j++) {
            out[i][j] = 0;
            for (int k = 0; k < TNS_BANDS; k++)
                out[i][j] += half[i][j / TNS_BANDS * TNS_BANDS + k] * Q[j % TNS_BANDS][k];
        }
}

static bool is_unit(const tns_palette *palette, const tns_pigment *p)
{
    for (int b = 0; b < TNS_BANDS; b++)
        if (p->S[b] != 1)
            return false;
    return !palette->model.absolute;
}

bool tns_learn_ink_make(const tns_palette *palette, int pigment, const tns_learn_curves *curves,
                        const tns_learn_options *options, tns_learn_ink *out)
{
    double P[TNS_LEARN_CURVES_MAX][TNS_BANDS];
    double(*C)[TNS_LEARN_BOTH] = calloc(TNS_LEARN_BOTH, sizeof *C);
    if (!C || !projector(curves, P)) {
        free(C);
        return false;
    }
    out->pigment = pigment;
    out->fixed_S = is_unit(palette, &palette->pigments[pigment]);
    out->count = curves->count * (out->fixed_S ? 1 : 2);
    full_prior(palette, pigment, out->fixed_S, options, C);
    along(out, curves->count, P, C, out->mobility);
    bool done = root(out->count, out->mobility);
    beside(curves, P, C, out->beside);
    free(C);
    return done;
}
