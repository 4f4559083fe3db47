/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "skin/face.h"
#include "skin/ways.h"

/* ---- one way ---- */

/* Dermis between two depths from the skin's surface, mm; below its bottom light is lost. */
static double dermis_between(const tns_skin *skin, double from, double to)
{
    double bottom = TNS_EPIDERMIS_MM + skin->depth_mm;
    return fmax(fmin(to, bottom) - fmin(from, bottom), 0);
}

/* What no way of healing changes, in a band. */
typedef struct stratum {
    double K, S;   /* of the dermis */
    tns_layer top; /* the face and the epidermis */
} stratum;

static stratum stratum_of(const tns_skin *skin, int band)
{
    double S = tns_skin_S(skin, band);
    tns_layer filter = tns_km_layer(tns_epidermis_K(skin, band), S, TNS_EPIDERMIS_MM);
    return (stratum){tns_dermis_K(skin, band), S,
                     tns_layer_stack(tns_skin_face(skin, band), filter)};
}

/* How thick the dermis is above the ink, with it, and below. */
typedef struct parting {
    double clear, inked, below;
} parting;

static parting parting_of(const tns_skin *skin, const tns_healing *way)
{
    double top = fmax(way->depth_mm, TNS_EPIDERMIS_MM), end = top + way->thickness_mm;
    return (parting){dermis_between(skin, TNS_EPIDERMIS_MM, top), dermis_between(skin, top, end),
                     dermis_between(skin, end, INFINITY)};
}

/* What lies above the ink, what it is spread in, and what lies below. */
static void set_band(const stratum *in, parting at, int band, tns_surface *out)
{
    tns_layer over =
        at.clear > 0 ? tns_layer_stack(in->top, tns_km_layer(in->K, in->S, at.clear)) : in->top;
    out->over_R[band] = over.R;
    out->over_T2[band] = over.T * over.T;
    out->over_Rb[band] = over.Rb;
    out->host_K[band] = in->K * at.inked;
    out->host_S[band] = in->S * at.inked;
    out->backing[band] = tns_km_film(in->K, in->S, at.below, 0);
}

static bool check_figure(const char *what, double value, double most, const char *unit,
                         tns_error *err)
{
    return (value > 0 && value <= most) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "healed: %s: expected above 0, at most %g%s, found %g", what, most, unit,
                         value);
}

static bool check(const tns_palette *palette, const tns_healing *way, tns_error *err)
{
    if (!palette->model.absolute)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "palette %s: its K and S are relative, so a deposit in skin has no "
                             "known strength; healed skin needs an absolute palette",
                             palette->name);
    if (strcmp(palette->model.load_unit, "ul/cm2") != 0)
        return tns_error_set(
            err, TNS_ERROR_USAGE,
            "palette %s: its K and S are per %s; healed skin needs them per ul/cm2", palette->name,
            palette->model.load_unit);
    return check_figure("depth_mm", way->depth_mm, TNS_DEEPEST_MM, " mm", err) &&
           check_figure("thickness_mm", way->thickness_mm, TNS_DEEPEST_MM, " mm", err) &&
           check_figure("deposit", way->deposit, TNS_MOST_DEPOSIT, " ul/cm2", err) &&
           check_figure("retention", way->retention, 1, "", err);
}

static tns_surface bare_of(tns_specular specular, const tns_healing *way)
{
    return (tns_surface){.kind = TNS_SURFACE_HEALED,
                         .name = "healed",
                         .load = way->deposit * way->retention,
                         .outer = tns_skin_outer(specular)};
}

bool tns_surfaces_healed(const tns_palette *palette, const tns_skin *skin, tns_specular specular,
                         const tns_healing *ways, size_t count, tns_surface *out, tns_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!check(palette, &ways[i], err))
            return false;
        out[i] = bare_of(specular, &ways[i]);
    }
    stratum strata[TNS_BANDS];
    for (int b = 0; b < TNS_BANDS; b++)
        strata[b] = stratum_of(skin, b);
    for (size_t i = 0; i < count; i++) {
        parting at = parting_of(skin, &ways[i]);
        for (int b = 0; b < TNS_BANDS; b++)
            set_band(&strata[b], at, b, &out[i]);
    }
    return true;
}

bool tns_surface_healed(const tns_palette *palette, const tns_skin *skin, tns_specular specular,
                        const tns_healing *healing, tns_surface *out, tns_error *err)
{
    tns_surface surface;
    if (!tns_surfaces_healed(palette, skin, specular, healing, 1, &surface, err))
        return false;
    tns_text_format(surface.name, sizeof surface.name, "healed:%.3g mm,%.3g ul/cm2",
                    healing->depth_mm, surface.load);
    *out = surface;
    return true;
}

/* ---- many ways ---- */

static tns_healing all_at(const tns_healing_terms *terms, double at)
{
    double share[TNS_HEALING_FIGURES];
    for (int i = 0; i < TNS_HEALING_FIGURES; i++)
        share[i] = at;
    return tns_healing_at(terms, share);
}

static tns_healed *reserve(size_t count)
{
    tns_healed *out = calloc(1, sizeof *out);
    if (!out)
        return NULL;
    out->count = count;
    out->ways = calloc(count, sizeof *out->ways);
    out->surfaces = calloc(count, sizeof *out->surfaces);
    out->weights = calloc(count, sizeof *out->weights);
    if (out->ways && out->surfaces && out->weights)
        return out;
    tns_healed_destroy(out);
    return NULL;
}

static bool draw(const tns_healing_terms *terms, tns_healed *out)
{
    double(*shares)[TNS_HEALING_FIGURES] = calloc(out->count, sizeof *shares);
    bool done = shares && tns_healing_shares(out->count, terms->seed, shares);
    for (size_t i = 0; done && i < out->count; i++) {
        out->ways[i] = tns_healing_at(terms, shares[i]);
        out->weights[i] = 1 / (double)out->count;
    }
    out->low = all_at(terms, 0.05);
    out->median = all_at(terms, 0.5);
    out->high = all_at(terms, 0.95);
    free(shares);
    return done;
}

static bool check_terms(const tns_healing_terms *terms, tns_error *err)
{
    if (terms->count > TNS_HEALED_MOST)
        return tns_error_set(err, TNS_ERROR_USAGE, "healed: expected at most %d ways, found %zu",
                             TNS_HEALED_MOST, terms->count);
    return (terms->depth_mm == 0 ||
            check_figure("depth_mm", terms->depth_mm, TNS_DEEPEST_MM, " mm", err)) &&
           (terms->deposit == 0 ||
            check_figure("deposit", terms->deposit, TNS_MOST_DEPOSIT, " ul/cm2", err));
}

tns_healed *tns_healed_create(const tns_palette *palette, const tns_skin *skin,
                              tns_specular specular, const tns_healing_terms *terms, tns_error *err)
{
    static const tns_healing_terms nothing_known;
    terms = terms ? terms : &nothing_known;
    if (!check_terms(terms, err))
        return NULL;
    tns_healed *out = reserve(terms->count ? terms->count : TNS_HEALED_USUAL);
    bool done = out && draw(terms, out);
    if (!done)
        tns_error_set(err, TNS_ERROR_MEMORY, "healed: out of memory");
    if (done &&
        tns_surfaces_healed(palette, skin, specular, out->ways, out->count, out->surfaces, err))
        return out;
    tns_healed_destroy(out);
    return NULL;
}

void tns_healed_destroy(tns_healed *healed)
{
    if (!healed)
        return;
    free(healed->ways);
    free(healed->surfaces);
    free(healed->weights);
    free(healed);
}
