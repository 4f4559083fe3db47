/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a request's values are ones that the equations were meant for. What comes from a file has
 * been checked where it was read; what a program made by hand comes here first.
 */
#include <math.h>
#include <string.h>

#include "match/problem.h"
#include "match/surface.h"

/* A fluorescent sample may read above 1; 50 is per cent. */
static const double LEAST_REFLECTANCE = -0.05, MOST_REFLECTANCE = 1.5;

/* With less the order, which knows 1e-9 of the objective, would tell few recipes apart. */
static const double LEAST_WEIGHT = 1e-3;

/* ---- surfaces ---- */

/* One number of each band. */
typedef struct column {
    const char *name;
    const double *value;
    double most; /* from 0 on */
} column;

static bool check_column(const tns_surface *surface, const column *c, tns_error *err)
{
    for (int b = 0; b < TNS_BANDS; b++)
        if (!(c->value[b] >= 0 && c->value[b] <= c->most))
            return tns_error_set(err, TNS_ERROR_RANGE,
                                 "surface %s: %s at %g nm: expected 0 to %g, found %g",
                                 surface->name, c->name, tns_band_nm(b), c->most, c->value[b]);
    return true;
}

/*
 * What lies above sends light back into the ink, again and again; with more than this share of it
 * single precision (screen.h) no longer tells bright inks apart. Real surfaces have 0.4 to 0.8.
 */
static const double MOST_SENT_BACK = 0.98;

static bool check_sent_back(const tns_surface *surface, tns_error *err)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double k2 = surface->outer.k2;
        double back =
            surface->over_Rb[b] + k2 * surface->over_T2[b] / (1 - k2 * surface->over_R[b]);
        if (!(back <= MOST_SENT_BACK))
            return tns_error_set(err, TNS_ERROR_RANGE,
                                 "surface %s at %g nm: expected at most %g of the light to be sent "
                                 "back into the ink by k2 and what lies above, found %g",
                                 surface->name, tns_band_nm(b), MOST_SENT_BACK, back);
    }
    return true;
}

static bool check_outer(const tns_surface *surface, tns_error *err)
{
    const tns_saunderson *outer = &surface->outer;
    return (outer->k1 >= 0 && outer->k1 < 1 && outer->k2 >= 0 && outer->k2 < 1) ||
           tns_error_set(err, TNS_ERROR_RANGE,
                         "surface %s: expected k1 and k2 from 0 to below 1, found %g and %g",
                         surface->name, outer->k1, outer->k2);
}

/* What the sum of a host and a load of ink may come to before doubles overflow in it. */
static const double MOST_HOST = 1e12;

static bool check_surface(const tns_surface *surface, tns_error *err)
{
    bool film = surface->kind == TNS_SURFACE_FILM || surface->kind == TNS_SURFACE_HEALED;
    const column above[] = {{"reflectance above", surface->over_R, 1},
                            {"transmittance above", surface->over_T2, 1},
                            {"reflectance above from below", surface->over_Rb, TNS_MOST_INTERNAL}};
    const column below[] = {{"host K", surface->host_K, MOST_HOST},
                            {"host S", surface->host_S, MOST_HOST},
                            {"backing", surface->backing, TNS_MOST_INTERNAL}};
    if (!film && surface->kind != TNS_SURFACE_OPAQUE)
        return tns_error_set(err, TNS_ERROR_USAGE, "surface %s: its kind is unknown",
                             surface->name);
    if (film && !(surface->load > 0 && surface->load <= TNS_MOST_LOAD))
        return tns_error_set(err, TNS_ERROR_RANGE,
                             "surface %s: expected a load above 0, at most %g, found %g",
                             surface->name, TNS_MOST_LOAD, surface->load);
    for (size_t i = 0; i < 3; i++)
        if (!check_column(surface, &above[i], err) ||
            (film && !check_column(surface, &below[i], err)))
            return false;
    return check_outer(surface, err) && check_sent_back(surface, err);
}

static bool check_surfaces(const tns_match_request *request, tns_error *err)
{
    if (request->surface_count == 0 || !request->surfaces)
        return tns_error_set(err, TNS_ERROR_USAGE, "match: surfaces: expected at least one");
    for (size_t s = 0; s < request->surface_count; s++) {
        const tns_surface *surface = &request->surfaces[s];
        if (surface->kind != TNS_SURFACE_OPAQUE && !request->palette->model.absolute)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "palette %s: its K and S are relative, so a film has no known "
                                 "thickness; a film needs an absolute palette",
                                 request->palette->name);
        if (!check_surface(surface, err))
            return false;
    }
    return true;
}

static bool check_surface_weights(const tns_match_request *request, tns_error *err)
{
    double sum = 0;
    for (size_t s = 0; s < request->surface_count && request->surface_weights; s++) {
        double weight = request->surface_weights[s];
        if (!(weight >= 0) || !isfinite(weight))
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "match: surface %zu: expected a weight of 0 or more, found %g",
                                 s + 1, weight);
        sum += weight;
    }
    if (request->surface_weights && !(sum > 0 && isfinite(sum)))
        return tns_error_set(err, TNS_ERROR_USAGE, "match: surfaces: every weight is 0");
    return true;
}

/* ---- viewings ---- */

static bool check_weights(const tns_match_request *request, tns_error *err)
{
    double most = 0, sum = 0;
    for (size_t v = 0; v < request->viewing_count; v++) {
        if (!(request->weights[v] >= 0) || !isfinite(request->weights[v]))
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "match: weight of %s: expected 0 or more, found %g",
                                 request->viewings[v].illuminant, request->weights[v]);
        most = fmax(most, request->weights[v]);
        sum += request->weights[v];
    }
    if (!(sum > 0))
        return tns_error_set(err, TNS_ERROR_USAGE, "match: weights: every weight is 0");
    return (most >= LEAST_WEIGHT && isfinite(sum)) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "match: weights: expected one of %g or more and a finite sum, found %g "
                         "and %g",
                         LEAST_WEIGHT, most, sum);
}

/* Results are told by the illuminant's name alone: two observers under one would be one. */
static bool check_names(const tns_match_request *request, tns_error *err)
{
    for (size_t v = 0; v < request->viewing_count; v++)
        for (size_t other = 0; other < v; other++)
            if (strcmp(request->viewings[v].illuminant, request->viewings[other].illuminant) == 0)
                return tns_error_set(err, TNS_ERROR_USAGE, "match: illuminants: %s is named twice",
                                     request->viewings[v].illuminant);
    return true;
}

static bool check_viewings(const tns_match_request *request, tns_error *err)
{
    if (request->viewing_count < 1 || request->viewing_count > TNS_VIEWINGS_MAX ||
        !request->viewings)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "match: illuminants: expected 1 to %d, found %zu", TNS_VIEWINGS_MAX,
                             request->viewing_count);
    return check_names(request, err) && check_weights(request, err);
}

/* ---- spectra ---- */

bool tns_spectrum_check(const tns_spectrum *spectrum, const char *what, tns_error *err)
{
    for (int b = 0; b < TNS_BANDS; b++)
        if (!(spectrum->value[b] >= LEAST_REFLECTANCE && spectrum->value[b] <= MOST_REFLECTANCE))
            return tns_error_set(err, TNS_ERROR_RANGE,
                                 "%s at %g nm: expected a reflectance from 0 to 1, found %g", what,
                                 tns_band_nm(b), spectrum->value[b]);
    return true;
}

static bool check_palette(const tns_palette *palette, tns_error *err)
{
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        for (int b = 0; b < TNS_BANDS; b++)
            if (!(p->K[b] >= 0 && p->S[b] >= 0 && isfinite(p->K[b]) && isfinite(p->S[b])))
                return tns_error_set(err, TNS_ERROR_RANGE,
                                     "pigment %s at %g nm: expected K and S of 0 or more, found "
                                     "%g and %g",
                                     p->id, tns_band_nm(b), p->K[b], p->S[b]);
    }
    return true;
}

bool tns_request_check(const tns_match_request *request, tns_error *err)
{
    return check_surfaces(request, err) && check_surface_weights(request, err) &&
           check_viewings(request, err) && tns_spectrum_check(&request->target, "target", err) &&
           check_palette(request->palette, err);
}
