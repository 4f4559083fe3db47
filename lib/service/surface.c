/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/service.h>

#include "base/text.h"
#include "service/parts.h"

enum { SPEC_SIZE = 1024 };

/* A typed colour brings two commas of its own. */
static bool load_is_missing(const char *text)
{
    int commas = 0;
    for (const char *c = text; *c; c++)
        commas += *c == ',';
    return commas < (strncmp(text, "lab:", 4) == 0 ? 3 : 1);
}

tns_prior tns_prior_with_film(const tns_reading *reading)
{
    return reading->what == TNS_WHAT_UNKNOWN ? TNS_PRIOR_SKIN : tns_reading_prior(reading);
}

/* "BACKING,LOAD": the load stands behind the last comma, since lab: targets have commas of their
 * own. */
static bool film(const char *text, const tns_palette *palette, tns_surface *out,
                 tns_warnings *warnings, tns_error *err)
{
    char backing[SPEC_SIZE];
    double load;
    tns_reading reading;
    tns_spectrum spectrum;
    tns_error why;
    if (!tns_text_copy(backing, sizeof backing, text))
        return tns_error_set(err, TNS_ERROR_USAGE, "surface: the backing's name is too long");
    if (load_is_missing(text))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "film: the load is missing: expected film:BACKING,LOAD, found "
                             "\"film:%.80s\"",
                             text);
    char *comma = strrchr(backing, ',');
    *comma = '\0';
    if (!tns_text_number(comma + 1, &load, &why))
        return tns_error_set(err, TNS_ERROR_USAGE, "surface: load: %.300s", why.text);
    if (!tns_target_load(backing, &reading, err) ||
        !tns_reachable_spectrum(&reading, tns_prior_with_film(&reading), &spectrum, warnings, err))
        return false;
    if (spectrum.reconstructed)
        tns_warn_of_estimate(warnings, "the backing", spectrum.prior);
    tns_warn_of_reading(warnings, "the backing", &reading);
    return tns_surface_film(palette, &spectrum, load, out, err);
}

bool tns_surface_parse(const char *text, const tns_palette *palette, tns_surface *out,
                       tns_warnings *warnings, tns_error *err)
{
    const char *spec = text ? text : "opaque";
    bool is_film = strncmp(spec, "film:", 5) == 0;
    if (is_film && !film(spec + 5, palette, out, warnings, err))
        return false;
    if (!is_film && strcmp(spec, "opaque") != 0)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "surface: expected opaque or film:BACKING,LOAD, found \"%.80s\"",
                             spec);
    if (!is_film)
        *out = tns_surface_opaque(palette);
    snprintf(out->name, sizeof out->name, "%s", spec);
    return true;
}

tns_prior tns_prior_on(const char *surface, const tns_reading *reading)
{
    bool film = surface && strncmp(surface, "film:", 5) == 0;
    return film ? tns_prior_with_film(reading) : tns_reading_prior(reading);
}
