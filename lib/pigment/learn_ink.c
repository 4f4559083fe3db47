/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of an ink: its figures with their deviations, and how far it moved. */
#include <math.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "base/text.h"
#include "pigment/learn_work.h"

enum { DIGITS = 6, SD_DIGITS = 3, FACTORS = 3 };

/* Of the bands shown: 450, 550, 650 nm. */
static const int SHOWN[FACTORS] = {7, 17, 27};

/* Slopes of log K (0) or log S (1) of an ink in a band with its z. */
static void gradient(const tns_learn_work *w, const tns_learn_ink *ink, int which, int b, double *g)
{
    int curves = w->curves.count;
    for (int k = 0; k < ink->count; k++) {
        g[k] = 0;
        for (int j = k; j < ink->count; j++)
            if (j / curves == which)
                g[k] += ink->mobility[j][k] * w->curves.value[j % curves][b];
    }
}

/* Covariance of log K (0) and log S (1) in a band: along the curves and beside them. */
static double band_covariance(const tns_learn_work *w, const tns_learn_ink *ink, int first,
                              int second, int b)
{
    double g[TNS_LEARN_PARAMETERS_MAX], h[TNS_LEARN_PARAMETERS_MAX];
    double sum = w->scale * w->scale * ink->beside[first * TNS_BANDS + b][second * TNS_BANDS + b];
    gradient(w, ink, first, b, g);
    gradient(w, ink, second, b, h);
    for (int i = 0; i < ink->count; i++)
        for (int j = 0; j < ink->count; j++)
            sum += g[i] * h[j] *
                   gsl_matrix_get(w->covariance, (size_t)(ink->at + i), (size_t)(ink->at + j));
    return sum;
}

/* The usual relative deviation of what moves: of K alone where S is fixed, in the bands that have
   any. An ink of which nothing moves keeps what is stated. */
static double usual_deviation(const tns_learn_ink *ink, const tns_pigment *p)
{
    double relative[TNS_BANDS];
    size_t n = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double value = ink->fixed_S ? p->K[b] : hypot(p->K[b], p->S[b]);
        if (value > 0)
            relative[n++] = hypot(p->K_sd[b], p->S_sd[b]) / value;
    }
    if (n == 0)
        return p->uncertainty;
    gsl_sort(relative, 1, n);
    double usual = gsl_stats_median_from_sorted_data(relative, 1, n);
    return tns_round_digits(fmin(fmax(usual, 1e-4), 10), SD_DIGITS);
}

void tns_learn_ink_write(const tns_learn_work *w, const tns_learn_ink *ink, tns_pigment *p)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double KK = band_covariance(w, ink, 0, 0, b), SS = band_covariance(w, ink, 1, 1, b);
        double both = sqrt(KK * SS);
        double KS = both > 0 ? band_covariance(w, ink, 0, 1, b) / both : 0;
        p->K[b] = tns_round_digits(fmin(w->state.K[ink->pigment][b], 1e6), DIGITS);
        p->S[b] = tns_round_digits(fmin(w->state.S[ink->pigment][b], 1e6), DIGITS);
        p->K_sd[b] = tns_round_digits(fmin(p->K[b] * sqrt(KK), 1e6), SD_DIGITS);
        p->S_sd[b] = ink->fixed_S ? 0 : tns_round_digits(fmin(p->S[b] * sqrt(SS), 1e6), SD_DIGITS);
        p->KS_correlation[b] =
            ink->fixed_S ? 0 : tns_round_decimals(fmin(fmax(KS, -1), 1), SD_DIGITS);
    }
    p->has_covariance = true;
    p->uncertainty = usual_deviation(ink, p);
}

void tns_learn_ink_describe(const tns_learn_work *w, const tns_learn_ink *ink, tns_learned_ink *out)
{
    const tns_pigment *old = &w->state.palette->pigments[ink->pigment];
    double sum = 0;
    out->pigment = ink->pigment;
    for (int k = 0; k < FACTORS; k++) {
        int b = SHOWN[k];
        out->K_factor[k] = old->K[b] > 0 ? w->state.K[ink->pigment][b] / old->K[b] : 1;
        out->S_factor[k] = old->S[b] > 0 ? w->state.S[ink->pigment][b] / old->S[b] : 1;
    }
    out->K_sd = sqrt(band_covariance(w, ink, 0, 0, SHOWN[1]));
    out->S_sd = ink->fixed_S ? 0 : sqrt(band_covariance(w, ink, 1, 1, SHOWN[1]));
    for (int k = 0; k < ink->count; k++)
        sum += w->z[ink->at + k] * w->z[ink->at + k];
    out->shift = sqrt(sum / ink->count);
    for (size_t m = 0; m < w->count; m++)
        for (size_t i = 0; i < w->mixes[m].part_count; i++)
            out->mixes += !w->aside[m] && w->mixes[m].pigment[i] == ink->pigment;
}
