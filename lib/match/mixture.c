/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/mixture.h"

static double unit_ml(const tns_pigment *pigment, tns_unit unit)
{
    switch (unit.kind) {
    case TNS_UNIT_ML:
        return unit.size;
    case TNS_UNIT_GRAM:
        return unit.size / tns_pigment_density(pigment);
    default:
        return tns_pigment_drop_ml(pigment);
    }
}

/* A volume of a pigment as an amount by the palette's basis. */
static double amount_of(const tns_palette *palette, const tns_pigment *pigment, double ml)
{
    return palette->model.basis == TNS_BY_MASS ? ml * tns_pigment_density(pigment) : ml;
}

tns_component tns_component_make(const tns_palette *palette, int pigment, tns_unit unit,
                                 const tns_pigment *diluent)
{
    const tns_pigment *stock = &palette->pigments[pigment];
    tns_component one = {.pigment = pigment, .ml = unit_ml(stock, unit)};
    one.g = one.ml * tns_pigment_density(stock);
    one.amount = amount_of(palette, stock, one.ml);
    one.dilution = diluent ? amount_of(palette, diluent, one.ml) : 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        one.K[b] = one.amount * stock->K[b];
        one.S[b] = one.amount * stock->S[b];
    }
    return one;
}

void tns_component_dilute(const tns_component *component, const tns_pigment *diluent, double shade,
                          tns_mix *out)
{
    double added = shade * component->dilution;
    out->amount = component->amount + added;
    memcpy(out->K, component->K, sizeof out->K);
    memcpy(out->S, component->S, sizeof out->S);
    if (!diluent || added == 0)
        return;
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] += added * diluent->K[b];
        out->S[b] += added * diluent->S[b];
    }
}

tns_mix tns_component_unit(const tns_component *component)
{
    tns_mix unit;
    tns_component_dilute(component, NULL, 0, &unit);
    return unit;
}

void tns_mix_add(tns_mix *mix, double units, const tns_mix *unit)
{
    mix->amount += units * unit->amount;
    for (int b = 0; b < TNS_BANDS; b++)
        mix->K[b] += units * unit->K[b];
    for (int b = 0; b < TNS_BANDS; b++)
        mix->S[b] += units * unit->S[b];
}

void tns_mix_coefficients(const tns_mix *mix, tns_coefficients *out)
{
    double share = 1 / mix->amount;
    for (int b = 0; b < TNS_BANDS; b++)
        out->K[b] = share * mix->K[b];
    for (int b = 0; b < TNS_BANDS; b++)
        out->S[b] = share * mix->S[b];
}

static bool amounts_make_sense(const tns_palette *palette, const double *amounts, tns_error *err)
{
    double sum = 0;
    for (size_t i = 0; i < palette->count; i++) {
        if (!(amounts[i] >= 0) || !isfinite(amounts[i]))
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "recipe: %s: expected an amount of 0 or more, found %g",
                                 palette->pigments[i].id, amounts[i]);
        sum += amounts[i];
    }
    if (!(sum > 0) || !isfinite(sum))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: expected at least one amount above 0, found none");
    return true;
}

bool tns_mixture_coefficients(const tns_palette *palette, const double *amounts,
                              double K[TNS_BANDS], double S[TNS_BANDS], tns_error *err)
{
    if (!amounts_make_sense(palette, amounts, err))
        return false;
    double sum = 0;
    memset(K, 0, TNS_BANDS * sizeof *K);
    memset(S, 0, TNS_BANDS * sizeof *S);
    for (size_t i = 0; i < palette->count; i++) {
        sum += amounts[i];
        for (int b = 0; b < TNS_BANDS; b++) {
            K[b] += amounts[i] * palette->pigments[i].K[b];
            S[b] += amounts[i] * palette->pigments[i].S[b];
        }
    }
    for (int b = 0; b < TNS_BANDS; b++) {
        K[b] /= sum;
        S[b] /= sum;
    }
    return true;
}
