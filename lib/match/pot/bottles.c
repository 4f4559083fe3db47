/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "color/numeric.h"
#include "match/pot/bottles.h"

/* Of a variance, that rounding leaves positive: 36 times 2e-16, and some more. */
static const double LEAST_NOISE = 1e-12;

static void show_part(tns_bottles *b, int i, double units)
{
    const tns_component *one = &b->pot->components[i];
    const tns_colorant_errors *e = &b->pot->errors[i];
    for (int n = 0; n < TNS_BANDS; n++) {
        double K = units * one->K[n] * b->sight.by_K[n], S = units * one->S[n] * b->sight.by_S[n];
        b->show[i].first[n] = K * e->K[n] + S * e->S_first[n];
        b->show[i].second[n] = S * e->S_second[n];
    }
}

/* Both fields go from one band to another as r^|difference|. */
static void add_covariance(const tns_colorant_fields *show, double r,
                           double covariance[TNS_BANDS][TNS_BANDS])
{
    double together[TNS_BANDS] = {1};
    for (int n = 1; n < TNS_BANDS; n++)
        together[n] = r * together[n - 1];
    for (int n = 0; n < TNS_BANDS; n++)
        for (int m = 0; m <= n; m++)
            covariance[n][m] += together[n - m] * (show->first[n] * show->first[m] +
                                                   show->second[n] * show->second[m]);
}

/* The covariance of a color by that of the bands. */
static void take_to_color(const tns_bottles *b, double root[TNS_BANDS][TNS_BANDS])
{
    for (int i = 0; i < 3; i++)
        for (int k = 0; k <= i; k++)
            for (int n = 0; n < TNS_BANDS; n++)
                for (int m = 0; m < TNS_BANDS; m++)
                    root[i][k] += b->sight.by_R[i][n] * b->sight.by_R[k][m] *
                                  (n < m ? b->by_band[m][n] : b->by_band[n][m]);
}

static void take_to_bands(const tns_bottles *b, double root[TNS_BANDS][TNS_BANDS])
{
    int first = b->sight.evidence->first, count = b->sight.evidence->count;
    for (int i = 0; i < count; i++)
        memcpy(root[i], &b->by_band[first + i][first], (size_t)(i + 1) * sizeof root[i][0]);
}

/* Noise so small that rounding would lose it beside the palette's share is taken for more. */
static void add_noise(tns_bottles *b)
{
    const tns_evidence *e = b->sight.evidence;
    double noise = e->noise * e->noise, most = noise;
    for (int i = 0; i < e->count; i++)
        most = fmax(most, b->root[i][i]);
    for (int i = 0; i < e->count; i++)
        b->variance[i] = b->root[i][i] += fmax(noise, LEAST_NOISE * most);
}

void tns_bottles_init(tns_bottles *bottles, const tns_pot *pot, const tns_evidence *evidence,
                      const double *factor, bool exact)
{
    tns_mix mix;
    tns_pot_mix(pot, factor, NULL, &mix);
    memset(bottles, 0, sizeof *bottles);
    bottles->pot = pot;
    tns_sight_init(&bottles->sight, evidence, &mix);
    for (int i = 0; i < pot->count; i++) {
        if (exact || !pot->errors[i].stated)
            continue;
        show_part(bottles, i, pot->units[i] * factor[i]);
        add_covariance(&bottles->show[i], pot->errors[i].r, bottles->by_band);
    }
    (evidence->viewing ? take_to_color : take_to_bands)(bottles, bottles->root);
    add_noise(bottles);
    tns_cholesky(&bottles->root[0][0], (size_t)evidence->count, TNS_BANDS, 0);
}

/* Forward substitution. */
void tns_bottles_whiten(const tns_bottles *bottles, double *residual)
{
    for (int i = 0; i < bottles->sight.evidence->count; i++) {
        for (int k = 0; k < i; k++)
            residual[i] -= bottles->root[i][k] * residual[k];
        residual[i] /= bottles->root[i][i];
    }
}

/* The covariance of a part's errors with what is read, times what the residual is in units of its
 * own. */
static void expect_part(const tns_bottles *b, int part, const double *pull,
                        tns_colorant_fields *out)
{
    for (int n = 0; n < TNS_BANDS; n++) {
        out->first[n] = b->show[part].first[n] * pull[n];
        out->second[n] = b->show[part].second[n] * pull[n];
    }
    tns_colorant_correlate(b->pot->errors[part].r, out);
}

void tns_bottles_expect(const tns_bottles *bottles, const double *residual,
                        const tns_colorant_fields *stray, tns_mix *out)
{
    const tns_pot *pot = bottles->pot;
    double solved[TNS_BANDS], pull[TNS_BANDS];
    size_t count = (size_t)bottles->sight.evidence->count;
    memcpy(solved, residual, count * sizeof *solved);
    tns_cholesky_solve(&bottles->root[0][0], count, TNS_BANDS, solved);
    tns_sight_back(&bottles->sight, solved, pull);
    for (int i = 0; i < pot->count; i++) {
        tns_colorant_fields errors;
        out[i] = tns_component_unit(&pot->components[i]);
        if (!pot->errors[i].stated)
            continue;
        expect_part(bottles, i, pull, &errors);
        for (int n = 0; n < TNS_BANDS && stray; n++) {
            errors.first[n] += stray[i].first[n];
            errors.second[n] += stray[i].second[n];
        }
        tns_colorant_move(&pot->errors[i], &errors, &out[i]);
    }
}
