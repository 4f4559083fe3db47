/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/estimate.h>
#include <tonsure/service.h>

#include "base/text.h"
#include "color/prior.h"
#include "service/parts.h"

bool tns_service_adapt(const tns_color *color, const tns_viewing *to, tns_adaptation adaptation,
                       tns_color *out, tns_error *err)
{
    tns_viewing from;
    if (!tns_color_viewing(color, &from, err))
        return false;
    tns_xyz xyz = tns_xyz_from_lab(color->lab, from.white);
    out->lab = tns_lab_from_xyz(tns_adapt(adaptation, xyz, from.white, to->white), to->white);
    memcpy(out->illuminant, to->illuminant, sizeof out->illuminant);
    out->observer = to->observer;
    return true;
}

static bool choose_prior(const tns_reading *reading, const char *kind, tns_prior *out,
                         tns_error *err)
{
    static const tns_prior priors[] = {TNS_PRIOR_SKIN, TNS_PRIOR_HAIR, TNS_PRIOR_PIGMENT,
                                       TNS_PRIOR_ANY};
    *out = tns_reading_prior(reading);
    if (!kind)
        return true;
    for (size_t i = 0; i < sizeof priors / sizeof *priors; i++)
        if (strcmp(kind, tns_prior_name(priors[i])) == 0) {
            *out = priors[i];
            return true;
        }
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "--kind: expected skin, hair, pigment or any, found \"%s\"", kind);
}

/*
 * What was measured under one lamp is known less well under another. A color whose uncertainty
 * nobody stated has that of the conversion at least.
 */
static bool grow_uncertainty(const tns_reading *from, const tns_viewing *to, bool adapted,
                             tns_prior prior, tns_reading *out, tns_error *err)
{
    tns_spectrum way;
    if (!adapted && !tns_reading_spectrum_as(from, prior, &way, err))
        return false;
    tns_uncertainty cost = tns_moving_cost(&from->color, to, adapted ? NULL : way.prior);
    tns_uncertainty *u = &out->uncertainty;
    if (!out->has_uncertainty)
        u->k = cost.k;
    double factor = u->k / cost.k;
    u->L = hypot(u->L, factor * cost.L);
    u->a = hypot(u->a, factor * cost.a);
    u->b = hypot(u->b, factor * cost.b);
    u->has_covariance = false;
    out->has_uncertainty = true;
    return true;
}

static bool add_spectrum(tns_reading *reading, tns_prior prior, tns_error *err)
{
    if (reading->has_spectrum)
        return true;
    if (!tns_reading_spectrum_as(reading, prior, &reading->spectrum, err))
        return false;
    reading->has_spectrum = true;
    tns_warn(&reading->warnings, "the spectrum was estimated from the color, as of %s",
             tns_prior_words(reading->spectrum.prior));
    return true;
}

/* Without a spectrum that was estimated as of another kind than the one asked for. */
static tns_reading as_of_kind(const tns_reading *reading, const char *kind)
{
    tns_reading out = *reading;
    if (kind && reading->has_color && reading->spectrum.reconstructed)
        out.has_spectrum = false;
    return out;
}

bool tns_service_convert(const tns_reading *given, const tns_convert_options *options,
                         tns_reading *out, tns_error *err)
{
    static const tns_convert_options none = {0};
    const tns_convert_options *o = options ? options : &none;
    const tns_reading of_kind = as_of_kind(given, o->kind), *reading = &of_kind;
    tns_viewing to;
    tns_prior prior;
    if (!choose_prior(reading, o->kind, &prior, err) ||
        !tns_viewing_parse(o->to ? o->to : "D65/10", &to, err))
        return false;
    *out = *reading;
    bool moved = reading->has_color && !tns_viewing_is(&to, &reading->color);
    bool alone = !reading->has_spectrum || reading->spectrum.reconstructed;
    if (o->spectrum && !add_spectrum(out, prior, err))
        return false;

    if (o->adapt && alone && moved) {
        if (!tns_service_adapt(&reading->color, &to, o->adaptation, &out->color, err))
            return false;
        tns_warn(&out->warnings,
                 "adapted from %s/%d to %s/%d by %s: a color that looks alike, "
                 "not the one that would be measured",
                 reading->color.illuminant, (int)reading->color.observer, to.illuminant,
                 (int)to.observer, o->adaptation == TNS_ADAPT_CAT16 ? "CAT16" : "Bradford");
    } else if (!tns_reading_color_as(reading, prior, &to, &out->color, &out->warnings, err)) {
        return false;
    }
    out->has_color = true;
    return !alone || !moved || grow_uncertainty(reading, &to, o->adapt, prior, out, err);
}
