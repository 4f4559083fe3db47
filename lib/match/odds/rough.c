/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/difference.h>

#include "color/tristimulus.h"
#include "match/odds/colorant.h"
#include "match/odds/rough.h"

/* Of a logarithm: up to here parabolas follow well enough. */
static const double MOST_DEVIATION = 0.4;

/* Where the bands bend the color by less of what moves it, none of it shows. */
static const double LEAST_BEND = 0.005;

/* Any would do; it is fixed, so that the same question has the same odds. */
static const uint64_t SEED = 2000;

static bool is_unsure(const tns_pigment *p)
{
    for (int b = 0; p->has_covariance && b < TNS_BANDS; b++)
        if (p->K_sd[b] > MOST_DEVIATION * p->K[b] || p->S_sd[b] > MOST_DEVIATION * p->S[b])
            return true;
    return false;
}

bool tns_rough_is_needed(const tns_response *response, double square)
{
    bool unsure = false;
    double bent = 0;
    for (int i = 0; i < response->pour.count; i++)
        unsure = unsure || is_unsure(response->pour.pigment[i]);
    if (!unsure)
        return false;
    for (size_t s = 0; s < response->request->surface_count; s++) {
        const double *a = response->on[s].still, *b = response->on[s].start;
        bent = fmax(bent, tns_de00((tns_lab){a[0], a[1], a[2]}, (tns_lab){b[0], b[1], b[2]}));
    }
    return bent > LEAST_BEND * sqrt(square);
}

/* One part as it may come: its stock in `out`, its amount the value. */
static double draw_part(const tns_response *r, const tns_draws *draws, const int *column, int part,
                        int n, tns_random *random, tns_mix *out)
{
    const tns_pigment *p = r->pour.pigment[part];
    double amount = r->pour.amount[part], K = 1, S = 1;
    for (int d = 0; d < r->count; d++) {
        const tns_doubt *doubt = &r->doubt[d];
        double z = tns_draws_column(draws, column[d])[n];
        if (doubt->part != part)
            continue;
        if (doubt->kind == TNS_DOUBT_AMOUNT)
            amount *= fmax(1 + doubt->spread * z, 0);
        else if (doubt->kind == TNS_DOUBT_ABSORPTION)
            K = exp(doubt->spread * z);
        else if (doubt->kind == TNS_DOUBT_SCATTERING)
            S = exp(doubt->spread * z);
    }
    tns_colorant_nominal(p, out);
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] *= K;
        out->S[b] *= S;
    }
    if (p->has_covariance) {
        tns_colorant_errors errors = tns_colorant_errors_of(&r->request->palette->model, p);
        tns_colorant_draw(&errors, random, out);
    }
    return amount;
}

/* What all parts, each as it may come, make of one draw. */
static tns_coefficients draw_mix(const tns_response *r, const tns_draws *draws, const int *column,
                                 int n, tns_random *random)
{
    tns_mix sum = {0}, stock;
    tns_coefficients mix;
    for (int i = 0; i < r->pour.count; i++) {
        double amount = draw_part(r, draws, column, i, n, random, &stock);
        tns_mix_add(&sum, amount, &stock);
    }
    tns_mix_coefficients(&sum, &mix);
    return mix;
}

/* On each surface. */
static void see_all(const tns_response *r, const tns_coefficients *mix, tns_lab *out)
{
    size_t n = r->panel->count; /* behind what is seen with nothing off there is room */
    double *seen = r->sights + tns_response_sight(r);
    tns_panel_each(r->panel, mix->K, mix->S, seen);
    tns_lab_from_bands(seen, r->panel->row, n, &r->request->viewings[0], r->labs + n);
    for (size_t s = 0; s < n; s++)
        out[s * TNS_DRAWS] = r->labs[n + s];
}

static tns_lab see_one(const tns_response *r, const tns_coefficients *mix, size_t surface)
{
    tns_spectrum seen = tns_surface_reflectance(&r->panel->surfaces[surface], mix->K, mix->S);
    return tns_lab_from_spectrum(&seen, &r->request->viewings[0]);
}

void tns_rough_pours(const tns_response *response, const tns_draws *draws, const int *column,
                     const size_t *lies_on, tns_lab *out)
{
    tns_random random = tns_random_make(SEED);
    for (int n = 0; n < TNS_DRAWS; n++) {
        tns_coefficients mix = draw_mix(response, draws, column, n, &random);
        if (lies_on)
            out[n] = see_one(response, &mix, lies_on[n]);
        else
            see_all(response, &mix, out + n);
    }
}
