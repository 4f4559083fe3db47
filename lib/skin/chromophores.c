/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/spectrum.h>

#include "skin/chromophores.h"

/* lib/skin/data: nm, oxy, deoxy */
extern const double skin_hemoglobin[][3];

static const double GRAMS_PER_LITER = 150, GRAMS_PER_MOL = 64500, PER_MM = 0.1;

/*
 * Light that meets a vessel does not see the blood behind its wall evenly: the blood's effect is
 * weakened by (1 - exp(-t)) / t, t = the optical depth of a vessel (Svaasand et al., Lasers Med.
 * Sci. 10, 55 (1995)). Capillaries have 5-10 um, the vessels that hold most of the blood 20-50.
 */
static const double VESSEL_MM = 0.02;

double tns_melanosome(int band)
{
    return 6.6e11 * pow(tns_band_nm(band), -3.33) * PER_MM;
}

double tns_blood(int band, double oxygenation)
{
    double oxy = skin_hemoglobin[band][1], deoxy = skin_hemoglobin[band][2];
    double extinction = oxygenation * oxy + (1 - oxygenation) * deoxy;
    double mu = log(10) * GRAMS_PER_LITER / GRAMS_PER_MOL * extinction * PER_MM;
    double depth = mu * VESSEL_MM;
    return mu * -expm1(-depth) / depth;
}

double tns_bloodless(int band)
{
    return (0.244 + 85.3 * exp(-(tns_band_nm(band) - 154) / 66.2)) * PER_MM;
}
