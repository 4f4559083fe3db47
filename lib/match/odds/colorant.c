/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/odds/colorant.h"

/* The errors of all bands that are said to be alike are not quite: taken for the same they would
 * let a reading tell amounts better than they can be known. */
static const double NEARLY_ALIKE = 0.98;

/* ---- errors ---- */

static double log_deviation(double sd, double value)
{
    return value > 0 ? sd / value : 0;
}

static void fill_bands(const tns_pigment *p, tns_colorant_errors *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double rho = p->KS_correlation[b], S = log_deviation(p->S_sd[b], p->S[b]);
        out->K[b] = log_deviation(p->K_sd[b], p->K[b]);
        out->S_first[b] = rho * S;
        out->S_second[b] = sqrt(1 - rho * rho) * S;
    }
}

/* S of a single constant is 1 by definition. */
static void fill_alike(const tns_pigment *p, bool single_constant, tns_colorant_errors *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] = p->uncertainty;
        out->S_second[b] = single_constant ? 0 : p->uncertainty;
    }
}

tns_colorant_errors tns_colorant_errors_of(const tns_palette_model *model, const tns_pigment *p)
{
    tns_colorant_errors out = {.stated = p->has_covariance || p->uncertainty > 0,
                               .r = p->has_covariance ? model->band_correlation : NEARLY_ALIKE};
    if (p->has_covariance)
        fill_bands(p, &out);
    else if (out.stated)
        fill_alike(p, model->single_constant, &out);
    return out;
}

/* In two passes. */
static void correlate(double r, double *y)
{
    double up[TNS_BANDS], sum = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        up[b] = sum = y[b] + r * sum;
    sum = 0;
    for (int b = TNS_BANDS - 1; b >= 0; b--) {
        double own = y[b];
        y[b] = up[b] + r * sum;
        sum = own + r * sum;
    }
}

void tns_colorant_correlate(double r, tns_colorant_fields *fields)
{
    correlate(r, fields->first);
    correlate(r, fields->second);
}

/* ---- draws ---- */

double tns_draw_normal(tns_random *random)
{
    double u = ((double)(tns_random_next(random) >> 11) + 0.5) * 0x1p-53;
    double v = (double)(tns_random_next(random) >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(2 * 3.14159265358979323846 * v);
}

/* Mean 0 and deviation 1: four even numbers' sum, at a tenth of a normal one's time. What shows of
 * a field is a mean over many such steps, which is as good as normal. */
static double draw_step(tns_random *random)
{
    uint64_t bits = tns_random_next(random);
    double sum =
        (double)((bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48));
    return (sum * 0x1p-16 - 2) * 1.7320508075688772;
}

static void draw_field(double r, tns_random *random, double *out)
{
    double fresh = sqrt(1 - r * r);
    out[0] = tns_draw_normal(random);
    for (int b = 1; b < TNS_BANDS; b++)
        out[b] = r * out[b - 1] + fresh * draw_step(random);
}

void tns_colorant_draw_fields(double r, tns_random *random, tns_colorant_fields *out)
{
    draw_field(r, random, out->first);
    draw_field(r, random, out->second);
}

void tns_colorant_move(const tns_colorant_errors *errors, const tns_colorant_fields *fields,
                       tns_mix *stock)
{
    for (int b = 0; b < TNS_BANDS && errors->stated; b++) {
        double first = fields->first[b], second = fields->second[b];
        stock->K[b] *= exp(errors->K[b] * first);
        stock->S[b] *= exp(errors->S_first[b] * first + errors->S_second[b] * second);
    }
}

void tns_colorant_draw(const tns_colorant_errors *errors, tns_random *random, tns_mix *stock)
{
    tns_colorant_fields fields;
    if (!errors->stated)
        return;
    tns_colorant_draw_fields(errors->r, random, &fields);
    tns_colorant_move(errors, &fields, stock);
}

void tns_colorant_nominal(const tns_pigment *pigment, tns_mix *out)
{
    out->amount = 1;
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] = pigment->K[b];
        out->S[b] = pigment->S[b];
    }
}
