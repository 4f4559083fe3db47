/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Skins as they may heal, drawn around one: ink in a layer of the dermis, how much of it and how
 * deep not known. Plain layers, for tests and timings of lists of surfaces.
 */
#ifndef SUPPORT_HEALED_H
#define SUPPORT_HEALED_H

#include <stdio.h>
#include <string.h>

#include <tonsure/skin.h>
#include <tonsure/surface.h>

#include "support/draw.h"

/* `load` ul/cm2 of ink that is left, in `thick` mm of dermis whose top is `depth` mm down. */
static inline tns_surface healed_surface(const tns_skin *skin, double load, double depth,
                                         double thick)
{
    tns_surface surface = {
        .kind = TNS_SURFACE_FILM, .load = load, .outer = tns_skin_outer(TNS_SPECULAR_EXCLUDED)};
    snprintf(surface.name, sizeof surface.name, "healed:%.2f,%.2f", load, depth);
    for (int b = 0; b < TNS_BANDS; b++) {
        double S = tns_skin_S(skin, b), K = tns_dermis_K(skin, b);
        tns_layer over = tns_layer_stack(
            tns_km_layer(tns_epidermis_K(skin, b), S, TNS_EPIDERMIS_MM),
            tns_km_layer(K, S, depth > TNS_EPIDERMIS_MM ? depth - TNS_EPIDERMIS_MM : 0));
        surface.over_R[b] = over.R;
        surface.over_T2[b] = over.T * over.T;
        surface.over_Rb[b] = over.Rb;
        surface.host_K[b] = K * thick;
        surface.host_S[b] = S * thick;
        surface.backing[b] = tns_km_film(K, S, fmax(skin->depth_mm - depth - thick, 0.3), 0);
    }
    return surface;
}

/* Half a ul/cm2 left, spread by a factor 1.4; .2 to .8 mm deep. */
static inline void draw_healed(const tns_skin *skin, size_t count, uint64_t seed, tns_surface *out)
{
    for (size_t i = 0; i < count; i++) {
        double load = 0.5 * exp(0.35 * draw_normal(&seed));
        double depth = draw_between(&seed, 0.2, 0.8), thick = draw_between(&seed, 0.1, 0.2);
        out[i] = healed_surface(skin, load, depth, thick);
    }
}

static inline tns_skin light_skin(void)
{
    tns_skin skin = tns_skin_typical();
    skin.melanin = 0.02;
    return skin;
}

static inline tns_skin dark_skin(void)
{
    tns_skin skin = tns_skin_typical();
    skin.melanin = 0.2;
    return skin;
}

#endif
