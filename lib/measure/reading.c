/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include <tonsure/reading.h>

#include "color/prior.h"

enum { CONDITION_SIZE = TNS_NAME_SIZE + 8 };

static void condition(const char *illuminant, tns_observer observer, char out[CONDITION_SIZE])
{
    snprintf(out, CONDITION_SIZE, "%s/%d", illuminant, observer);
}

/* What a record or a person would recognise the reading by. */
static const char *label(const tns_reading *reading)
{
    return reading->site[0] ? reading->site : reading->id[0] ? reading->id : "reading";
}

tns_prior tns_reading_prior(const tns_reading *reading)
{
    switch (reading->what) {
    case TNS_WHAT_SKIN:
    case TNS_WHAT_AREA:
        return TNS_PRIOR_SKIN;
    case TNS_WHAT_STRAND:
        return TNS_PRIOR_HAIR;
    case TNS_WHAT_INK:
        return TNS_PRIOR_PIGMENT;
    case TNS_WHAT_DOT:
        return TNS_PRIOR_ANY;
    case TNS_WHAT_UNKNOWN:
        break;
    }
    bool client = reading->site[0] || reading->source.kind == TNS_SOURCE_PHOTO;
    return client ? TNS_PRIOR_SKIN : TNS_PRIOR_ANY;
}

bool tns_color_viewing(const tns_color *color, tns_viewing *out, tns_error *err)
{
    tns_error why;
    tns_illuminant illuminant;
    if (!tns_illuminant_find(color->illuminant, &illuminant, &why))
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s", why.text);
    *out = tns_viewing_make(&illuminant, color->observer);
    return true;
}

static bool estimated_spectrum(const tns_reading *reading, tns_prior prior, tns_spectrum *out,
                               tns_error *err)
{
    tns_viewing own;
    if (!tns_color_viewing(&reading->color, &own, err))
        return tns_error_prefix(err, "%s: its color cannot be converted", label(reading));
    if (!tns_spectrum_estimate(reading->color.lab, &own, prior, out, err))
        return tns_error_prefix(err, "%s", label(reading));
    return true;
}

bool tns_reading_spectrum_as(const tns_reading *reading, tns_prior prior, tns_spectrum *out,
                             tns_error *err)
{
    if (reading->has_spectrum) {
        *out = reading->spectrum;
        return true;
    }
    if (reading->has_color)
        return estimated_spectrum(reading, prior, out, err);
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: it has neither a spectrum nor a color",
                         label(reading));
}

static void warn_estimated(const tns_reading *reading, const tns_viewing *viewing,
                           const tns_spectrum *spectrum, tns_warnings *warnings)
{
    char to[CONDITION_SIZE], from[CONDITION_SIZE] = "a reconstructed spectrum";
    condition(viewing->illuminant, viewing->observer, to);
    if (reading->has_color)
        condition(reading->color.illuminant, reading->color.observer, from);
    tns_warn(warnings,
             "the color under %s is an estimate: it was converted from %s through a spectrum "
             "reconstructed as of %s; only a measured spectrum can tell it",
             to, from, tns_prior_words(spectrum->prior));
}

bool tns_reading_color_as(const tns_reading *reading, tns_prior prior, const tns_viewing *viewing,
                          tns_color *out, tns_warnings *warnings, tns_error *err)
{
    bool measured = reading->has_spectrum && !reading->spectrum.reconstructed;
    if (!measured && reading->has_color && tns_viewing_is(viewing, &reading->color)) {
        *out = reading->color;
        return true;
    }
    tns_spectrum spectrum;
    if (!tns_reading_spectrum_as(reading, prior, &spectrum, err))
        return false;
    *out = tns_color_from_spectrum(&spectrum, viewing);
    if (spectrum.reconstructed && warnings)
        warn_estimated(reading, viewing, &spectrum, warnings);
    return true;
}

bool tns_reading_spectrum(const tns_reading *reading, tns_spectrum *out, tns_error *err)
{
    return tns_reading_spectrum_as(reading, tns_reading_prior(reading), out, err);
}

bool tns_reading_color(const tns_reading *reading, const tns_viewing *viewing, tns_color *out,
                       tns_warnings *warnings, tns_error *err)
{
    return tns_reading_color_as(reading, tns_reading_prior(reading), viewing, out, warnings, err);
}
