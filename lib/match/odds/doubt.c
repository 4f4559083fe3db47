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

/* How one of L*, a*, b* moves with each band of the fields. */
static void color_by_fields(const tns_colorant_errors *e, const tns_pigment *p, double amount,
                            const double *by_K, const double *by_S, tns_colorant_fields *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double K = amount * by_K[b] * p->K[b], S = amount * by_S[b] * p->S[b];
        out->first[b] = K * e->K[b] + S * e->S_first[b];
        out->second[b] = S * e->S_second[b];
    }
}

static double dot(const tns_colorant_fields *a, const tns_colorant_fields *b)
{
    double sum = 0;
    for (int i = 0; i < TNS_BANDS; i++)
        sum += a->first[i] * b->first[i] + a->second[i] * b->second[i];
    return sum;
}

static void take_away(tns_colorant_fields *from, double share, const tns_colorant_fields *what)
{
    for (int i = 0; i < TNS_BANDS; i++) {
        from->first[i] -= share * what->first[i];
        from->second[i] -= share * what->second[i];
    }
}

static void curve_of(const tns_colorant_errors *e, const tns_colorant_fields *f, double scale,
                     tns_doubt *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        out->log_K[b] = scale * e->K[b] * f->first[b];
        out->log_S[b] = scale * (e->S_first[b] * f->first[b] + e->S_second[b] * f->second[b]);
    }
}

/*
 * With G the slopes of L*, a*, b* in the fields and C the fields' correlation, the color varies as
 * G C G' = L L' (Cholesky), and given the color L u the fields are expected at C G' L'^-1 u: three
 * curves, one for each of u.
 */
static int list_bands(const tns_pour *pour, int part, const tns_palette_model *model,
                      const tns_color_slopes *slopes, tns_doubt *out)
{
    const tns_pigment *p = pour->pigment[part];
    const tns_colorant_errors errors = tns_colorant_errors_of(model, p);
    double share = pour->amount[part] / pour->whole.amount;
    tns_colorant_fields by[3], moved[3];
    int count = 0;
    for (int c = 0; c < 3; c++) {
        color_by_fields(&errors, p, share, slopes->K[c], slopes->S[c], &by[c]);
        moved[c] = by[c];
        tns_colorant_correlate(errors.r, &moved[c]);
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
        curve_of(&errors, &moved[c], 1 / sqrt(variance), one);
    }
    return count;
}

tns_doubt tns_doubt_of_all_bands(const tns_pour *pour, const tns_palette_model *model, int part,
                                 int field)
{
    const tns_colorant_errors errors = tns_colorant_errors_of(model, pour->pigment[part]);
    tns_colorant_fields one;
    tns_doubt made = {.kind = TNS_DOUBT_BANDS, .part = part};
    for (int b = 0; b < TNS_BANDS; b++) {
        one.first[b] = field == 0;
        one.second[b] = field == 1;
    }
    curve_of(&errors, &one, 1, &made);
    return made;
}

/* ---- all of them ---- */

static int list_palette(const tns_pour *pour, int part, const tns_palette_model *model,
                        const tns_color_slopes *slopes, tns_doubt *out)
{
    const tns_pigment *p = pour->pigment[part];
    if (p->has_covariance)
        return list_bands(pour, part, model, slopes, out);
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
