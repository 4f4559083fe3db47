/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/odds/doubt.h"

/* What does not move the color by this is not worth a number of its own. */
static const double LEAST_LAB = 1e-6;

/* No amount falls below nothing. */
static const double LEAST_AMOUNT = 0.01;

bool tns_doubt_is_stated(const tns_pigment *pigment)
{
    return pigment->has_covariance || pigment->uncertainty > 0;
}

/* ---- a pigment with a covariance ---- */

/*
 * Errors of one pigment as two independent fields over the bands, each of unit deviation and
 * correlated as r^|difference|: log K moves with the first, log S with both.
 */
typedef struct fields {
    double first[TNS_BANDS], second[TNS_BANDS];
} fields;

/* y_b -> sum over c of r^|b - c| y_c, in two passes. */
static void correlate(double r, const double *y, double *out)
{
    double up = 0, down = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        out[b] = up = y[b] + r * up;
    for (int b = TNS_BANDS - 1; b >= 0; b--) {
        out[b] += r * down;
        down = y[b] + r * down;
    }
}

static double log_deviation(double sd, double value)
{
    return value > 0 ? sd / value : 0;
}

/* How one of L*, a*, b* moves with each band of the fields. */
static void color_by_fields(const tns_pigment *p, double amount, const double *by_K,
                            const double *by_S, fields *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double x = amount * by_K[b] * p->K_sd[b], y = amount * by_S[b] * p->S_sd[b];
        double rho = p->KS_correlation[b];
        out->first[b] = x + rho * y;
        out->second[b] = sqrt(1 - rho * rho) * y;
    }
}

static double dot(const fields *a, const fields *b)
{
    double sum = 0;
    for (int i = 0; i < TNS_BANDS; i++)
        sum += a->first[i] * b->first[i] + a->second[i] * b->second[i];
    return sum;
}

static void take_away(fields *from, double share, const fields *what)
{
    for (int i = 0; i < TNS_BANDS; i++) {
        from->first[i] -= share * what->first[i];
        from->second[i] -= share * what->second[i];
    }
}

static void curve_of(const tns_pigment *p, const fields *f, double scale, tns_doubt *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double rho = p->KS_correlation[b];
        double y = rho * f->first[b] + sqrt(1 - rho * rho) * f->second[b];
        out->log_K[b] = scale * log_deviation(p->K_sd[b], p->K[b]) * f->first[b];
        out->log_S[b] = scale * log_deviation(p->S_sd[b], p->S[b]) * y;
    }
}

/*
 * With G the slopes of L*, a*, b* in the fields and C the fields' correlation, the color varies as
 * G C G' = L L' (Cholesky), and given the color L u the fields are expected at C G' L'^-1 u: three
 * curves, one for each of u.
 */
static int list_bands(const tns_pour *pour, int part, double r, const tns_color_slopes *slopes,
                      tns_doubt *out)
{
    const tns_pigment *p = pour->pigment[part];
    double share = pour->amount[part] / pour->whole.amount;
    fields by[3], moved[3];
    int count = 0;
    for (int c = 0; c < 3; c++) {
        color_by_fields(p, share, slopes->K[c], slopes->S[c], &by[c]);
        correlate(r, by[c].first, moved[c].first);
        correlate(r, by[c].second, moved[c].second);
    }
    for (int c = 0; c < 3; c++) {
        double variance = dot(&by[c], &moved[c]);
        if (!(variance > LEAST_LAB * LEAST_LAB))
            continue;
        for (int d = c + 1; d < 3; d++) {
            double along = dot(&by[d], &moved[c]) / variance;
            take_away(&by[d], along, &by[c]);
            take_away(&moved[d], along, &moved[c]);
        }
        tns_doubt *one = &out[count++];
        *one = (tns_doubt){.kind = TNS_DOUBT_BANDS, .part = part};
        curve_of(p, &moved[c], 1 / sqrt(variance), one);
    }
    return count;
}

tns_doubt tns_doubt_of_all_bands(const tns_pour *pour, int part, int field)
{
    fields one;
    tns_doubt made = {.kind = TNS_DOUBT_BANDS, .part = part};
    for (int b = 0; b < TNS_BANDS; b++) {
        one.first[b] = field == 0;
        one.second[b] = field == 1;
    }
    curve_of(pour->pigment[part], &one, 1, &made);
    return made;
}

/* ---- all of them ---- */

static int list_palette(const tns_pour *pour, int part, const tns_palette_model *model,
                        const tns_color_slopes *slopes, tns_doubt *out)
{
    const tns_pigment *p = pour->pigment[part];
    if (p->has_covariance)
        return list_bands(pour, part, model->band_correlation, slopes, out);
    if (!(p->uncertainty > 0))
        return 0;
    out[0] = (tns_doubt){.kind = TNS_DOUBT_ABSORPTION, .part = part, .spread = p->uncertainty};
    out[1] = (tns_doubt){.kind = TNS_DOUBT_SCATTERING, .part = part, .spread = p->uncertainty};
    return model->single_constant ? 1 : 2;
}

int tns_doubts_list(const tns_pour *pour, const tns_palette_model *model,
                    const tns_color_slopes *slopes, tns_doubt *out)
{
    int count = 0;
    for (int i = 0; i < pour->count; i++) {
        if (pour->count > 1)
            out[count++] =
                (tns_doubt){.kind = TNS_DOUBT_AMOUNT, .part = i, .spread = pour->spread[i]};
        if (pour->pigment[i]->kind != TNS_DILUENT)
            count += list_palette(pour, i, model, slopes, out + count);
    }
    return count;
}

/* What is added to a sum when one of its terms grows by so many logarithms in each band. */
static void grow(double amount, const double *term, const double *logs, double z, double *sum)
{
    for (int b = 0; b < TNS_BANDS; b++)
        sum[b] += amount * term[b] * expm1(logs[b] * z);
}

static void grow_alike(double amount, const double *term, double factor, double *sum)
{
    for (int b = 0; b < TNS_BANDS; b++)
        sum[b] += amount * (factor - 1) * term[b];
}

void tns_doubt_apply(const tns_pour *pour, const tns_doubt *doubt, double z, tns_coefficients *out)
{
    tns_mix mix = pour->whole;
    const tns_pigment *p = pour->pigment[doubt->part];
    double amount = pour->amount[doubt->part], factor;
    switch (doubt->kind) {
    case TNS_DOUBT_AMOUNT:
        factor = fmax(1 + doubt->spread * z, LEAST_AMOUNT);
        mix.amount += amount * (factor - 1);
        grow_alike(amount, p->K, factor, mix.K);
        grow_alike(amount, p->S, factor, mix.S);
        break;
    case TNS_DOUBT_ABSORPTION:
        grow_alike(amount, p->K, exp(doubt->spread * z), mix.K);
        break;
    case TNS_DOUBT_SCATTERING:
        grow_alike(amount, p->S, exp(doubt->spread * z), mix.S);
        break;
    case TNS_DOUBT_BANDS:
        grow(amount, p->K, doubt->log_K, z, mix.K);
        grow(amount, p->S, doubt->log_S, z, mix.S);
        break;
    }
    tns_mix_coefficients(&mix, out);
}
