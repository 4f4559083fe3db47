/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
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

static void set_color(const tns_spectrum *spectrum, const tns_viewing *viewing, tns_reading *out)
{
    out->has_spectrum = out->has_color = true;
    out->spectrum = *spectrum;
    out->color = tns_color_from_spectrum(spectrum, viewing);
}

/* How wide the ways of healing scatter is the forecast's own uncertainty. */
static bool forecast(const tns_surfaces *on, const double K[TNS_BANDS], const double S[TNS_BANDS],
                     const tns_viewing *viewing, tns_reading *out, tns_error *err)
{
    tns_forecast seen;
    if (!tns_healed_forecast(on->healed, K, S, viewing, &seen, err))
        return false;
    set_color(&seen.mean, viewing, out);
    const double *c = seen.covariance;
    out->uncertainty = (tns_uncertainty){.L = 2 * sqrt(c[0]),
                                         .a = 2 * sqrt(c[3]),
                                         .b = 2 * sqrt(c[5]),
                                         .k = 2,
                                         .has_covariance = true};
    memcpy(out->uncertainty.covariance, c, sizeof seen.covariance);
    out->has_uncertainty = true;
    out->what = TNS_WHAT_DOT;
    tns_warn(&out->warnings,
             "healed: the mean of %zu ways it may heal; 9 in 10 have L* %ld to %ld, a* %ld to %ld, "
             "b* %ld to %ld",
             on->count, lround(seen.low.L), lround(seen.high.L), lround(seen.low.a),
             lround(seen.high.a), lround(seen.low.b), lround(seen.high.b));
    tns_warn(&out->warnings, "healed: %s", tns_healed_note());
    return true;
}

static bool predict(const tns_palette *palette, const double *amounts, const tns_surfaces *on,
                    tns_reading *out, tns_error *err)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    tns_viewing viewing;
    if (!tns_mixture_coefficients(palette, amounts, K, S, err) ||
        !tns_viewing_find("D65/10", &viewing, err))
        return false;
    bool included =
        on->healed ? on->surfaces->outer.specular_included : palette->model.specular_included;
    out->source.kind = TNS_SOURCE_PREDICTED;
    out->source.specular = included ? TNS_SPECULAR_INCLUDED : TNS_SPECULAR_EXCLUDED;
    out->what = TNS_WHAT_INK;
    if (on->healed && !forecast(on, K, S, &viewing, out, err))
        return false;
    if (!on->healed) {
        tns_spectrum seen = tns_surface_reflectance(on->surfaces, K, S);
        set_color(&seen, &viewing, out);
    }
    warn_of_models(palette, amounts, &out->warnings);
    return true;
}

bool tns_service_predict(const tns_palette *palette, const char *recipe, const char *unit,
                         const char *surface, tns_reading *out, tns_error *err)
{
    tns_surfaces on = {0};
    bool has_diluent = false;
    memset(out, 0, sizeof *out);
    double *amounts = calloc(palette->count + 1, sizeof *amounts);
    if (!amounts)
        return tns_error_set(err, TNS_ERROR_MEMORY, "predict: out of memory");
    bool done = tns_recipe_parse(palette, recipe, amounts, &has_diluent, err) &&
                tns_recipe_to_basis(palette, unit, amounts, err) &&
                tns_surfaces_parse(surface, palette, 0, &on, &out->warnings, err);
    if (done && has_diluent && on.surfaces->kind == TNS_SURFACE_OPAQUE)
        done = tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: a diluent does not change an opaque layer; leave out %s or "
                             "name a film (film:SKIN,LOAD)",
                             palette->pigments[tns_palette_diluent(palette)].id);
    done = done && predict(palette, amounts, &on, out, err);
    tns_surfaces_finish(&on);
    free(amounts);
    return done;
}
