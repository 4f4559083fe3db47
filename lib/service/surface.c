/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/service.h>

#include "base/text.h"
#include "service/parts.h"

enum { SPEC_SIZE = 1024 };

/* A typed color brings two commas of its own. */
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
                             "film: the load is missing, ul of ink to the cm2: expected "
                             "film:BACKING,LOAD such as film:skin.json,1, found \"film:%.80s\"",
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

/* ---- of any kind ---- */

static bool starts_with(const char *text, const char *word)
{
    return text && strncmp(text, word, strlen(word)) == 0;
}

bool tns_surface_is_healed(const char *text)
{
    return starts_with(text, "healed:");
}

static bool one_surface(const char *spec, const tns_palette *palette, tns_surface *out,
                        tns_warnings *warnings, tns_error *err)
{
    bool is_film = starts_with(spec, "film:");
    if (is_film && !film(spec + 5, palette, out, warnings, err))
        return false;
    if (!is_film && strcmp(spec, "opaque") != 0)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "surface: expected opaque, film:BACKING,LOAD or healed:SKIN, found "
                             "\"%.80s\"",
                             spec);
    if (!is_film)
        *out = tns_surface_opaque(palette);
    snprintf(out->name, sizeof out->name, "%s", spec);
    return true;
}

/* All ways of healing, each by the name typed. */
static bool many_surfaces(const char *spec, const tns_palette *palette, uint64_t seed,
                          tns_surfaces *out, tns_warnings *warnings, tns_error *err)
{
    tns_healing_terms terms = {.seed = seed};
    if (!tns_healed_parse(spec + 7, palette, &terms, &out->skin, warnings, err))
        return false;
    out->healed = tns_healed_create(palette, &out->skin.skin, out->skin.specular, &terms, err);
    if (!out->healed)
        return false;
    for (size_t i = 0; i < out->healed->count; i++)
        snprintf(out->healed->surfaces[i].name, sizeof out->healed->surfaces[i].name, "%s", spec);
    out->count = out->healed->count;
    out->surfaces = out->healed->surfaces;
    out->weights = out->healed->weights;
    return true;
}

bool tns_surfaces_parse(const char *text, const tns_palette *palette, uint64_t seed,
                        tns_surfaces *out, tns_warnings *warnings, tns_error *err)
{
    const char *spec = text ? text : "opaque";
    memset(out, 0, sizeof *out);
    if (tns_surface_is_healed(spec))
        return many_surfaces(spec, palette, seed, out, warnings, err);
    out->owned = calloc(1, sizeof *out->owned);
    if (!out->owned)
        return tns_error_set(err, TNS_ERROR_MEMORY, "surface: out of memory");
    out->surfaces = out->owned;
    out->count = 1;
    return one_surface(spec, palette, out->owned, warnings, err);
}

void tns_surfaces_finish(tns_surfaces *surfaces)
{
    tns_healed_destroy(surfaces->healed);
    free(surfaces->owned);
    memset(surfaces, 0, sizeof *surfaces);
}

bool tns_surface_parse(const char *text, const tns_palette *palette, tns_surface *out,
                       tns_warnings *warnings, tns_error *err)
{
    tns_healing_terms terms = {0};
    tns_skin_fit skin;
    if (!tns_surface_is_healed(text))
        return one_surface(text ? text : "opaque", palette, out, warnings, err);
    if (!tns_healed_parse(text + 7, palette, &terms, &skin, warnings, err))
        return false;
    tns_healing way = tns_healing_typical(&terms);
    if (!tns_surface_healed(palette, &skin.skin, skin.specular, &way, out, err))
        return false;
    tns_warn(warnings,
             "of the ways that ink heals the middle one is taken: %.2f mm deep, %.2f "
             "ul/cm2 of which %.0f %% stays",
             way.depth_mm, way.deposit, 100 * way.retention);
    snprintf(out->name, sizeof out->name, "%s", text);
    return true;
}

tns_prior tns_prior_on(const char *surface, const tns_reading *reading)
{
    bool over_skin = starts_with(surface, "film:") || tns_surface_is_healed(surface);
    return over_skin ? tns_prior_with_film(reading) : tns_reading_prior(reading);
}
