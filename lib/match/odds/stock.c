/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/odds/stock.h"

double tns_draw_normal(tns_random *random)
{
    double u = ((double)(tns_random_next(random) >> 11) + 0.5) * 0x1p-53;
    double v = (double)(tns_random_next(random) >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(2 * 3.14159265358979323846 * v);
}

static void draw_field(tns_random *random, double r, double *out)
{
    out[0] = tns_draw_normal(random);
    for (int b = 1; b < TNS_BANDS; b++)
        out[b] = r * out[b - 1] + sqrt(1 - r * r) * tns_draw_normal(random);
}

static double moved(double value, double sd, double z)
{
    return value > 0 ? value * exp(sd / value * z) : 0;
}

void tns_stock_draw_bands(const tns_pigment *p, double r, tns_random *random, tns_mix *out)
{
    double first[TNS_BANDS], second[TNS_BANDS];
    draw_field(random, r, first);
    draw_field(random, r, second);
    for (int b = 0; b < TNS_BANDS; b++) {
        double rho = p->KS_correlation[b];
        double z = rho * first[b] + sqrt(1 - rho * rho) * second[b];
        out->K[b] = moved(p->K[b], p->K_sd[b], first[b]);
        out->S[b] = moved(p->S[b], p->S_sd[b], z);
    }
}

void tns_stock_nominal(const tns_pigment *pigment, tns_mix *out)
{
    out->amount = 1;
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] = pigment->K[b];
        out->S[b] = pigment->S[b];
    }
}

void tns_stock_draw(const tns_pigment *pigment, double r, tns_random *random, tns_mix *out)
{
    tns_stock_nominal(pigment, out);
    if (pigment->has_covariance) {
        tns_stock_draw_bands(pigment, r, random, out);
        return;
    }
    if (!(pigment->uncertainty > 0))
        return;
    double K = exp(pigment->uncertainty * tns_draw_normal(random));
    double S = exp(pigment->uncertainty * tns_draw_normal(random));
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] *= K;
        out->S[b] *= S;
    }
}
