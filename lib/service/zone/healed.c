/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "healed:READING[,depth_mm=N][,deposit=N]": a bare-skin reading as skin that ink heals into. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/parts.h"
#include "service/zone/zone_parts.h"

enum { SPEC_SIZE = 1024 };

/* A setting of the last comma's, "depth_mm=0.4"; what it means is not looked at. */
static char *last_setting(char *spec)
{
    char *comma = strrchr(spec, ',');
    char *sign = comma ? strchr(comma, '=') : NULL;
    return sign ? comma : NULL;
}

static bool set_term(const char *setting, tns_healing_terms *out, tns_error *err)
{
    static const char *const names[] = {"depth_mm", "deposit"};
    double *const figures[] = {&out->depth_mm, &out->deposit}, value;
    size_t length = strcspn(setting, "=");
    tns_error why;
    for (int i = 0; i < 2; i++) {
        if (length != strlen(names[i]) || strncmp(setting, names[i], length) != 0)
            continue;
        if (*figures[i] != 0)
            return tns_error_set(err, TNS_ERROR_USAGE, "healed: %s: named twice", names[i]);
        if (!tns_text_number(setting + length + 1, &value, &why))
            return tns_error_set(err, TNS_ERROR_USAGE, "healed: %s: %.300s", names[i], why.text);
        if (!(value > 0))
            return tns_error_set(err, TNS_ERROR_USAGE, "healed: %s: expected above 0, found %g",
                                 names[i], value);
        *figures[i] = value;
        return true;
    }
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "healed: expected depth_mm=N (mm) or deposit=N (ul/cm2), found \"%.60s\"",
                         setting);
}

/* What stands behind the reading, from the end on; `spec` is cut to the reading's name. */
static bool take_terms(char *spec, tns_healing_terms *out, tns_error *err)
{
    for (char *comma; (comma = last_setting(spec)) != NULL; *comma = '\0')
        if (!set_term(comma + 1, out, err))
            return false;
    return spec[0] != '\0' ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "healed: the reading of the bare skin is missing: expected "
                         "healed:READING[,depth_mm=N][,deposit=N]");
}

static bool fit_skin(const char *target, tns_skin_fit *out, tns_warnings *warnings, tns_error *err)
{
    tns_reading reading;
    unsigned unsaid = 0;
    if (!tns_target_load(target, &reading, err) ||
        !tns_role_take(TNS_ROLE_HEALED, &reading, &unsaid, err))
        return false;
    if (!tns_skin_fit_reading(&reading, out, err))
        return tns_error_prefix(err, "healed");
    if (!out->is_skin)
        return tns_error_set(err, TNS_ERROR_RANGE, "healed: %.80s is not bare skin: %s", target,
                             out->reason);
    if (out->measured.reconstructed)
        tns_warn_of_estimate(warnings, "the skin", out->measured.prior);
    tns_warn_of_reading(warnings, "the skin", &reading);
    return true;
}

static void doubt_figure(const char *name, double told, double least, double most, const char *unit,
                         tns_warnings *out)
{
    if (told > 0 && (told < least || told > most))
        tns_warn(out, "healed: %s %g is unusual: scalp pigment lies at %g to %g %s", name, told,
                 least, most, unit);
}

/* Beyond these, twice as wide as 9 in 10 of what is expected, a figure is likely a slip. */
static void doubt_terms(const tns_healing_terms *terms, tns_warnings *out)
{
    doubt_figure("depth_mm", terms->depth_mm, 0.03, 0.5, "mm", out);
    doubt_figure("deposit", terms->deposit, 0.1, 10, "ul/cm2", out);
}

/* The middle way; figures out of range as they are, to be refused. */
static tns_healing told(const tns_healing_terms *terms)
{
    tns_healing way = tns_healing_typical(terms);
    way.depth_mm = terms->depth_mm > 0 ? terms->depth_mm : way.depth_mm;
    way.deposit = terms->deposit > 0 ? terms->deposit : way.deposit;
    return way;
}

bool tns_healed_parse(const char *text, const tns_palette *palette, tns_healing_terms *terms,
                      tns_skin_fit *skin, tns_warnings *warnings, tns_error *err)
{
    char spec[SPEC_SIZE];
    tns_surface middle;
    if (!tns_text_copy(spec, sizeof spec, text))
        return tns_error_set(err, TNS_ERROR_USAGE, "surface: the reading's name is too long");
    if (!take_terms(spec, terms, err))
        return false;
    tns_healing way = told(terms);
    tns_skin typical = tns_skin_typical();
    /* A wrong palette or figure is told before any file is opened. */
    if (!tns_surface_healed(palette, &typical, TNS_SPECULAR_UNKNOWN, &way, &middle, err) ||
        !fit_skin(spec, skin, warnings, err))
        return false;
    doubt_terms(terms, warnings);
    return true;
}
