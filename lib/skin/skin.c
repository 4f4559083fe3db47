/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/skin.h>

#include "skin/chromophores.h"
#include "skin/face.h"

/* Diffuse light takes twice the way of straight light, and three quarters of mu_s' turn it back. */
static const double K_OF_ABSORPTION = 2, S_OF_SCATTERING = 0.75;

double tns_epidermis_K(const tns_skin *skin, int band)
{
    double m = skin->melanin;
    return K_OF_ABSORPTION * (m * tns_melanosome(band) + (1 - m) * tns_bloodless(band));
}

double tns_dermis_K(const tns_skin *skin, int band)
{
    double f = skin->blood;
    return K_OF_ABSORPTION *
           (f * tns_blood(band, skin->oxygenation) + (1 - f) * tns_bloodless(band));
}

double tns_skin_S(const tns_skin *skin, int band)
{
    return S_OF_SCATTERING * skin->scattering * pow(tns_band_nm(band) / 500, -skin->exponent);
}

tns_layer tns_face(double SX)
{
    double T = 1 / (1 + SX);
    return (tns_layer){.R = SX * T, .T = T, .Rb = SX * T};
}

tns_layer tns_skin_face(const tns_skin *skin, int band)
{
    double scattered = tns_skin_S(skin, band) / S_OF_SCATTERING;
    double absorbed = tns_epidermis_K(skin, band) / K_OF_ABSORPTION;
    return tns_face(TNS_FACE_SX * sqrt(scattered / (scattered + absorbed)));
}

tns_saunderson tns_skin_outer(tns_specular specular)
{
    tns_saunderson outer = {0.028, 0.53, specular != TNS_SPECULAR_EXCLUDED};
    return outer;
}

tns_spectrum tns_skin_reflectance(const tns_skin *skin, tns_specular specular)
{
    tns_spectrum out = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    tns_saunderson outer = tns_skin_outer(specular);
    for (int b = 0; b < TNS_BANDS; b++) {
        double S = tns_skin_S(skin, b);
        double dermis = tns_km_film(tns_dermis_K(skin, b), S, skin->depth_mm, 0);
        double whole = tns_km_film(tns_epidermis_K(skin, b), S, TNS_EPIDERMIS_MM, dermis);
        out.value[b] =
            tns_saunderson_measured(outer, tns_layer_over(tns_skin_face(skin, b), whole));
    }
    return out;
}
