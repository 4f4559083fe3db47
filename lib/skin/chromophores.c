/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/spectrum.h>

#include "skin/chromophores.h"

/* lib/skin/data: nm, oxy, deoxy */
extern const double skin_hemoglobin[][3];

static const double PER_MM = 0.1;

/* 150 g/l of 64500 g/mol: 1/mm, natural logarithm, for a molar extinction of 1/cm. */
static const double PER_EXTINCTION = 2.302585092994046 * 150 / 64500 * 0.1;

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

double tns_blood_slope(int band, double oxygenation, double *slope)
{
    double oxy = skin_hemoglobin[band][1], deoxy = skin_hemoglobin[band][2];
    double mu = PER_EXTINCTION * (oxygenation * oxy + (1 - oxygenation) * deoxy);
    double depth = mu * VESSEL_MM, taken = -expm1(-depth);
    *slope = (1 - taken) * PER_EXTINCTION * (oxy - deoxy);
    return taken / VESSEL_MM;
}

double tns_blood(int band, double oxygenation)
{
    double slope;
    return tns_blood_slope(band, oxygenation, &slope);
}

double tns_bloodless(int band)
{
    return (0.244 + 85.3 * exp(-(tns_band_nm(band) - 154) / 66.2)) * PER_MM;
}
