/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "service/mixture.h"
#include "service/parts.h"
#include "service/shelf/pot_rounding.h"

static const size_t RECORD_MAX = 64u << 20;

/* A share that rounding moves by less than this part of itself is not worth a word. */
static const double MOVED_LEAST = 0.02;

/* ---- portions ---- */

/* A syringe's step is whole microlitres, like all that is booked; so is a drop of so many. */
static bool read_unit(const tns_pot_wish *wish, int64_t drop_nl, int64_t *ul, tns_error *err)
{
    tns_unit unit = {.kind = TNS_UNIT_DROP};
    *ul = 1;
    if (!wish->unit)
        return true;
    if (!tns_unit_parse(wish->unit, &unit, err))
        return false;
    double size = unit.kind == TNS_UNIT_DROP ? (double)drop_nl / 1000 : unit.size * 1000;
    *ul = llround(size);
    return (unit.kind != TNS_UNIT_GRAM && *ul >= 1 && fabs(size - (double)*ul) < 1e-6) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "--unit: expected drops, or whole microlitres such as 0.05ml, found "
                         "\"%.40s\"",
                         wish->unit);
}

static bool read_units(const tns_pot_wish *wish, const int64_t *drop_nl, size_t count,
                       tns_pot_need *needs, tns_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!read_unit(wish, drop_nl[i], &needs[i].unit_ul, err))
            return false;
    return true;
}

static double sum_of(const tns_recipe_parts *parts)
{
    double sum = 0;
    for (size_t i = 0; i < parts->count; i++)
        sum += parts->parts[i].share;
    return sum;
}

/* The smallest pot that has so much of a part, to a hundredth of an ml upwards. */
static double pot_for(const tns_recipe_parts *parts, size_t i, double ul)
{
    return ceil(ul * sum_of(parts) / parts->parts[i].share / 10 - 1e-9) / 100;
}

/* Where one unit is of all, what is rounded up is rounded down elsewhere. */
static void portion(const tns_recipe_parts *parts, int64_t ul, tns_pot_need *needs)
{
    double shares[TNS_POT_NEEDS_MAX];
    int64_t portions[TNS_POT_NEEDS_MAX] = {0}, unit = needs[0].unit_ul;
    bool alike = true;
    for (size_t i = 0; i < parts->count; i++) {
        shares[i] = parts->parts[i].share;
        alike = alike && needs[i].unit_ul == unit;
        portions[i] = llround(shares[i] / sum_of(parts) * (double)ul / (double)needs[i].unit_ul);
    }
    if (alike)
        tns_pot_portions(shares, parts->count, (ul + unit / 2) / unit, portions);
    for (size_t i = 0; i < parts->count; i++)
        needs[i].ul = portions[i] * needs[i].unit_ul;
}

/* The unit as an amount: "a drop", "0.05ml". */
static const char *one_unit(const tns_pot_wish *wish)
{
    return !wish->unit                           ? "a microlitre"
           : strncmp(wish->unit, "drop", 4) == 0 ? "a drop"
                                                 : wish->unit;
}

bool tns_pot_measure_out(const tns_pot_wish *wish, const tns_recipe_parts *parts, int64_t ul,
                         const int64_t *drop_nl, tns_pot_need *needs, tns_error *err)
{
    if (!read_units(wish, drop_nl, parts->count, needs, err))
        return false;
    portion(parts, ul, needs);
    for (size_t i = 0; i < parts->count; i++)
        if (needs[i].ul == 0 && parts->parts[i].share > 0)
            return tns_error_set(
                err, TNS_ERROR_USAGE, "recipe: of %s less than %s: a larger pot is needed, %.2f ml",
                needs[i].what, one_unit(wish), pot_for(parts, i, (double)needs[i].unit_ul));
    return true;
}

/* ---- what is doubtful ---- */

static void doubt_drops(const tns_pot_wish *wish, const tns_recipe_parts *parts,
                        const int64_t *drop_nl, const tns_pot_need *needs, tns_warnings *warnings)
{
    for (size_t i = 0; !wish->unit && i < parts->count; i++) {
        double drop = (double)drop_nl[i] / 1000;
        if ((double)needs[i].ul < drop * (1 - 1e-9))
            tns_warn(warnings,
                     "%s: %.3g ml is %.1f drops, less than can be dispensed: a pot of %.2f ml has "
                     "a whole drop of it",
                     needs[i].what, (double)needs[i].ul / 1000, (double)needs[i].ul / drop,
                     pot_for(parts, i, drop));
    }
}

/* Of a recipe that no color is known of: the part whose share is moved most. */
static void tell_shares(const tns_pot_wish *wish, const tns_recipe_parts *parts,
                        const tns_pot_need *needs, tns_warnings *warnings)
{
    double made = 0, most = MOVED_LEAST, asked = 0, is = 0;
    const char *what = NULL;
    for (size_t i = 0; i < parts->count; i++)
        made += (double)needs[i].ul;
    for (size_t i = 0; i < parts->count; i++) {
        double share = parts->parts[i].share / sum_of(parts), now = (double)needs[i].ul / made;
        if (share > 0 && fabs(now / share - 1) > most) {
            most = fabs(now / share - 1);
            what = needs[i].what;
            asked = share;
            is = now;
        }
    }
    if (wish->unit && what)
        tns_warn(warnings, "rounded to %s the pot has %.2f %% of %s, not %.2f %%", wish->unit,
                 100 * is, what, 100 * asked);
}

static void doubt_size(const tns_recipe_parts *parts, const tns_pot_need *needs,
                       tns_warnings *warnings)
{
    double asked = sum_of(parts), made = 0;
    for (size_t i = 0; i < parts->count; i++)
        made += (double)needs[i].ul / 1000;
    if (fabs(asked - made) > 0.0015 * (double)parts->count)
        tns_warn(warnings, "the match's %.4g ml are mixed as %.4g ml: --ml %.4g keeps its drops",
                 asked, made, asked);
}

/* Amounts as a recipe of the palette; an opaque layer has no diluent. */
static bool see(const tns_palette *palette, const tns_recipe_parts *parts, const double *ml,
                const tns_surface_record *surface, tns_color *out, tns_error *err)
{
    char text[TNS_POT_NEEDS_MAX * (TNS_ID_SIZE + 32)];
    size_t used = 0;
    tns_reading seen;
    for (size_t i = 0; i < parts->count; i++) {
        const char *what = parts->parts[i].what;
        if (surface->kind == TNS_SURFACE_OPAQUE && strcmp(what, "diluent") == 0)
            continue;
        tns_text_format(text + used, sizeof text - used, "%s%s=%.9g", used ? "," : "", what, ml[i]);
        used += strlen(text + used);
    }
    if (!used || !tns_service_predict(palette, text, "ml", surface->name, &seen, err))
        return false;
    *out = seen.color;
    return true;
}

static void tell_cost(const tns_pot_wish *wish, const tns_recipe_parts *parts,
                      const tns_pot_need *needs, const tns_surface_record *surface,
                      tns_warnings *warnings)
{
    tns_error err = {0};
    tns_color meant, made;
    double asked[TNS_POT_NEEDS_MAX], rounded[TNS_POT_NEEDS_MAX];
    for (size_t i = 0; i < parts->count; i++) {
        asked[i] = parts->parts[i].share;
        rounded[i] = (double)needs[i].ul / 1000;
    }
    if (see(wish->palette, parts, asked, surface, &meant, &err) &&
        see(wish->palette, parts, rounded, surface, &made, &err))
        tns_warn(warnings, "rounded to %s the color is dE00 %.2f from the match's", wish->unit,
                 tns_compare_colors(&meant, &made).de00);
    else
        tns_warn(warnings, "rounded to %s: what that does to the color is not known: %.200s",
                 wish->unit, err.text);
}

void tns_pot_doubt_portions(const tns_pot_wish *wish, const char *recipe,
                            const tns_recipe_parts *parts, const int64_t *drop_nl,
                            const tns_pot_need *needs, tns_warnings *warnings)
{
    size_t length;
    doubt_drops(wish, parts, drop_nl, needs, warnings);
    if (!tns_mixture_is_file(recipe)) {
        tell_shares(wish, parts, needs, warnings);
        return;
    }
    doubt_size(parts, needs, warnings);
    char *text =
        wish->unit && wish->palette ? tns_file_read(recipe, RECORD_MAX, &length, NULL) : NULL;
    tns_match_record *match = text ? tns_match_parse(text, length, recipe, NULL) : NULL;
    if (match)
        tell_cost(wish, parts, needs, &match->surface, warnings);
    tns_match_record_destroy(match);
    free(text);
}
