/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/text.h"
#include "match/surface.h"

static tns_saunderson outer_of(const tns_palette *palette)
{
    tns_saunderson outer = {palette->model.k1, palette->model.k2, palette->model.specular_included};
    return outer;
}

tns_surface tns_surface_opaque(const tns_palette *palette)
{
    tns_surface surface = {.kind = TNS_SURFACE_OPAQUE, .name = "opaque", .load = 1};
    for (int b = 0; b < TNS_BANDS; b++)
        surface.over_T2[b] = 1;
    surface.outer = outer_of(palette);
    return surface;
}

static bool backing_inside(tns_saunderson outer, const tns_spectrum *backing,
                           double inside[TNS_BANDS], tns_error *err)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double seen = backing->value[b];
        if (!(seen >= -0.05 && seen <= 1.2))
            return tns_error_set(err, TNS_ERROR_RANGE,
                                 "backing at %g nm: expected a reflectance from 0 to 1, found %g",
                                 tns_band_nm(b), seen);
        double in = tns_saunderson_internal(outer, seen);
        inside[b] = in < 0 ? 0 : in > TNS_MOST_INTERNAL ? TNS_MOST_INTERNAL : in;
    }
    return true;
}

bool tns_surface_film(const tns_palette *palette, const tns_spectrum *backing, double load,
                      tns_surface *out, tns_error *err)
{
    if (!palette->model.absolute)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "palette %s: its K and S are relative, so a film has no known "
                             "thickness; a film needs an absolute palette",
                             palette->name);
    if (!(load > 0) || !(load <= TNS_MOST_LOAD))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "film: expected a load above 0 in %s, at most %g, found %g",
                             palette->model.load_unit, TNS_MOST_LOAD, load);
    tns_surface surface = tns_surface_opaque(palette);
    surface.kind = TNS_SURFACE_FILM;
    surface.load = load;
    tns_text_format(surface.name, sizeof surface.name, "film:%g", load);
    if (!backing_inside(surface.outer, backing, surface.backing, err))
        return false;
    *out = surface;
    return true;
}

/* The reflectance below whatever lies above, with slopes in the mixture's own K and S. */
static tns_km_slopes ink_slopes(const tns_surface *surface, int band, double K, double S)
{
    if (surface->kind == TNS_SURFACE_OPAQUE)
        return tns_km_opaque_slopes(K, S);
    double load = surface->load;
    tns_km_slopes ink =
        tns_km_film_slopes(surface->host_K[band] + load * K, surface->host_S[band] + load * S, 1,
                           surface->backing[band]);
    ink.dR_dK *= load;
    ink.dR_dS *= load;
    return ink;
}

static double ink_reflectance(const tns_surface *surface, int band, double K, double S)
{
    if (surface->kind == TNS_SURFACE_OPAQUE)
        return tns_km_opaque(K, S);
    return tns_km_film(surface->host_K[band] + surface->load * K,
                       surface->host_S[band] + surface->load * S, 1, surface->backing[band]);
}

double tns_surface_seen(const tns_surface *surface, int band, double ink)
{
    double below = 1 - surface->over_Rb[band] * ink;
    double inside = surface->over_R[band] + surface->over_T2[band] * ink / below;
    return tns_saunderson_measured(surface->outer, inside);
}

double tns_surface_ink(const tns_surface *surface, int band, double seen)
{
    double above = tns_saunderson_internal(surface->outer, seen) - surface->over_R[band];
    return above / (surface->over_T2[band] + surface->over_Rb[band] * above);
}

tns_spectrum tns_surface_reflectance(const tns_surface *surface, const double K[TNS_BANDS],
                                     const double S[TNS_BANDS])
{
    tns_spectrum seen = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    for (int b = 0; b < TNS_BANDS; b++)
        seen.value[b] = tns_surface_seen(surface, b, ink_reflectance(surface, b, K[b], S[b]));
    return seen;
}

tns_km_slopes tns_surface_slopes(const tns_surface *surface, int band, double K, double S)
{
    tns_km_slopes ink = ink_slopes(surface, band, K, S);
    double below = 1 - surface->over_Rb[band] * ink.R;
    double inside = surface->over_R[band] + surface->over_T2[band] * ink.R / below;
    double slope =
        tns_saunderson_slope(surface->outer, inside) * surface->over_T2[band] / (below * below);
    tns_km_slopes seen = {.R = tns_saunderson_measured(surface->outer, inside),
                          .dR_dK = slope * ink.dR_dK,
                          .dR_dS = slope * ink.dR_dS};
    return seen;
}
