/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <tonsure/service.h>

#include "service/parts.h"

static void warn_of_models(const tns_palette *palette, const double *amounts,
                           tns_warnings *warnings)
{
    for (size_t i = 0; i < palette->count; i++)
        if (amounts[i] > 0 && palette->pigments[i].kind != TNS_DILUENT &&
            palette->pigments[i].origin == TNS_ORIGIN_MODELLED)
            tns_warn(warnings, "%s is modelled, not measured", palette->pigments[i].id);
}

static bool predict(const tns_palette *palette, const double *amounts, const tns_surface *surface,
                    tns_reading *out, tns_error *err)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    tns_viewing viewing;
    if (!tns_mixture_coefficients(palette, amounts, K, S, err) ||
        !tns_viewing_find("D65/10", &viewing, err))
        return false;
    out->source.kind = TNS_SOURCE_PREDICTED;
    out->source.specular =
        palette->model.specular_included ? TNS_SPECULAR_INCLUDED : TNS_SPECULAR_EXCLUDED;
    out->what = TNS_WHAT_INK;
    out->has_spectrum = true;
    out->spectrum = tns_surface_reflectance(surface, K, S);
    out->has_color = true;
    out->color = tns_color_from_spectrum(&out->spectrum, &viewing);
    warn_of_models(palette, amounts, &out->warnings);
    return true;
}

bool tns_service_predict(const tns_palette *palette, const char *recipe, const char *unit,
                         const char *surface, tns_reading *out, tns_error *err)
{
    tns_surface value;
    bool has_diluent = false;
    memset(out, 0, sizeof *out);
    double *amounts = calloc(palette->count + 1, sizeof *amounts);
    if (!amounts)
        return tns_error_set(err, TNS_ERROR_MEMORY, "predict: out of memory");
    bool done = tns_recipe_parse(palette, recipe, amounts, &has_diluent, err) &&
                tns_recipe_to_basis(palette, unit, amounts, err) &&
                tns_surface_parse(surface, palette, &value, &out->warnings, err);
    if (done && has_diluent && value.kind == TNS_SURFACE_OPAQUE)
        done = tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: a diluent does not change an opaque layer; leave out %s or "
                             "name a film",
                             palette->pigments[tns_palette_diluent(palette)].id);
    done = done && predict(palette, amounts, &value, out, err);
    free(amounts);
    return done;
}
