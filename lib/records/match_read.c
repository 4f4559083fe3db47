/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads tonsure/match/1 into a value that needs no palette. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

#include "records/asked.h"
#include "records/parts.h"
#include "records/worth.h"

enum { RECIPES_MAX = 10000, UNITS_MAX = 1000000000 };

/* Beyond what a recipe can come to, in ml, g, money or weighted dE00. */
static const double AMOUNT_MAX = 1e9, OBJECTIVE_MAX = 1e6, DE_MAX = 1000;

bool tns_json_get_surface(const tns_json_at *match, tns_surface_record *out, tns_error *err)
{
    static const char *const kinds[] = {"opaque", "film", "healed"};
    int kind = TNS_SURFACE_OPAQUE, count = 1;
    tns_json_at at;
    if (!tns_json_get_object(match, "surface", &at, err) ||
        !tns_json_get_choice(&at, "kind", kinds, 3, &kind, err) ||
        !tns_json_get_text(&at, "name", out->name, sizeof out->name, err) ||
        !tns_json_opt_integer(&at, "count", 1, 10000, &count, err))
        return false;
    out->kind = (tns_surface_kind)kind;
    out->count = (size_t)count;
    if (kind == TNS_SURFACE_HEALED)
        return tns_json_get_healed(&at, &out->healed, err);
    return kind != TNS_SURFACE_FILM ||
           (tns_json_get_number(&at, "load", 1e-9, AMOUNT_MAX, &out->load, err) &&
            tns_json_get_text(&at, "load_unit", out->load_unit, sizeof out->load_unit, err));
}

bool tns_json_get_unit(const tns_json_at *match, tns_unit *out, tns_error *err)
{
    static const char *const kinds[] = {"drops", "ml", "g"};
    int kind = TNS_UNIT_DROP;
    tns_json_at at;
    bool done = tns_json_get_object(match, "unit", &at, err) &&
                tns_json_get_choice(&at, "kind", kinds, 3, &kind, err) &&
                tns_json_opt_number(&at, "size", 1e-9, AMOUNT_MAX, &out->size, err);
    out->kind = (tns_unit_kind)kind;
    return done;
}

static bool get_search(const tns_json_at *match, tns_search *out, tns_error *err)
{
    uint64_t pigments = 0;
    tns_json_at at;
    bool done =
        tns_json_get_object(match, "search", &at, err) &&
        tns_json_get_count(&at, "pigments", &pigments, err) &&
        tns_json_get_integer(&at, "max_pigments", 1, TNS_PARTS_MAX, &out->max_pigments, err) &&
        tns_json_opt_bool(&at, "continuous", &out->continuous, err) &&
        (out->continuous ||
         tns_json_get_integer(&at, "max_drops", 1, UNITS_MAX, &out->max_units, err)) &&
        tns_json_opt_integer(&at, "max_shade", 0, UNITS_MAX, &out->max_shade, err) &&
        tns_json_get_count(&at, "recipes", &out->recipes, err) &&
        tns_json_get_count(&at, "evaluated", &out->evaluated, err) &&
        tns_json_get_bool(&at, "exact", &out->exact, err) &&
        tns_json_get_number(&at, "seconds", 0, AMOUNT_MAX, &out->seconds, err) &&
        tns_json_get_integer(&at, "threads", 1, 1000000, &out->threads, err);
    out->pigments = (size_t)pigments;
    return done;
}

/* An amount of one bottle; `id` is the key of its name. Water to be measured has no drops. */
bool tns_json_get_part(const tns_json_at *at, const char *id, tns_part_record *out, tns_error *err)
{
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, id, out->pigment, sizeof out->pigment, err) &&
           tns_json_opt_integer(at, "drops", 0, UNITS_MAX, &out->units, err) &&
           tns_json_get_number(at, "fraction", 0, 1, &out->fraction, err) &&
           tns_json_get_number(at, "ml", 0, AMOUNT_MAX, &out->ml, err) &&
           tns_json_get_number(at, "g", 0, AMOUNT_MAX, &out->g, err);
}

/* Real amounts are shares alone. */
static bool get_part(const tns_json_at *at, const char *id, bool continuous, tns_part_record *out,
                     tns_error *err)
{
    if (!continuous)
        return tns_json_get_part(at, id, out, err);
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, id, out->pigment, sizeof out->pigment, err) &&
           tns_json_get_number(at, "fraction", 0, 1, &out->fraction, err);
}

static bool get_parts(const tns_json_at *recipe, bool continuous, tns_recipe_record *out,
                      tns_error *err)
{
    tns_json_at list;
    if (!tns_json_get_list(recipe, "parts", TNS_PARTS_MAX, &list, &out->part_count, err))
        return false;
    if (out->part_count == 0)
        return tns_json_fail(&list, err, TNS_ERROR_FORMAT, "expected at least 1, found 0");
    for (size_t i = 0; i < out->part_count; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!get_part(&item, "pigment", continuous, &out->parts[i], err) ||
            !tns_json_opt_one_more(&item, &out->odds.one_more[i], err) ||
            !(continuous ||
              tns_json_get_integer(&item, "drops", 0, UNITS_MAX, &out->parts[i].units, err)))
            return false;
    }
    return true;
}

/* "12:1"; with real amounts "12.34:1". */
static bool get_shade(const tns_json_at *recipe, bool continuous, tns_recipe_record *out,
                      tns_error *err)
{
    char text[32];
    tns_json_at at = tns_json_member(recipe, "shade");
    if (!tns_json_text(&at, text, sizeof text, err))
        return false;
    size_t digits = strspn(text, "0123456789"), end = digits;
    bool sound = digits >= 1 && digits <= 9;
    out->real_shade = sound ? (double)strtol(text, NULL, 10) : 0;
    if (continuous && sound && text[digits] == '.') {
        size_t decimals = strspn(text + digits + 1, "0123456789");
        sound = decimals >= 1 && decimals <= 6;
        out->real_shade +=
            sound ? strtol(text + digits + 1, NULL, 10) / pow(10, (double)decimals) : 0;
        end += 1 + decimals;
    }
    out->shade = (int)lround(out->real_shade);
    return (sound && strcmp(text + end, ":1") == 0) ||
           tns_json_fail(&at, err, TNS_ERROR_FORMAT,
                         "expected parts of diluent to one of pigment such as \"12:1\", found "
                         "\"%s\"",
                         text);
}

static bool get_dilution(const tns_json_at *recipe, bool continuous, tns_recipe_record *out,
                         tns_error *err)
{
    tns_json_at diluent = tns_json_member(recipe, "diluent");
    out->has_diluent = diluent.node != NULL;
    return !out->has_diluent ||
           (get_part(&diluent, "id", continuous, &out->diluent, err) &&
            tns_json_opt_one_more(&diluent, &out->odds.one_more_diluent, err) &&
            get_shade(recipe, continuous, out, err));
}

static bool get_confidence(const tns_json_at *recipe, char *out, tns_error *err)
{
    static const char *const words[] = {"A", "B", "C"};
    int index = 0;
    bool done = tns_json_get_choice(recipe, "confidence", words, 3, &index, err);
    *out = words[index][0];
    return done;
}

static bool get_recipe(const tns_json_at *at, bool continuous, tns_recipe_record *out,
                       tns_error *err)
{
    if (!tns_json_expect_object(at, err) || !get_parts(at, continuous, out, err) ||
        !get_dilution(at, continuous, out, err))
        return false;
    tns_json_at predicted = tns_json_member(at, "predicted"), de00;
    return tns_json_get_number(at, "objective", 0, OBJECTIVE_MAX, &out->objective, err) &&
           tns_json_get_object(at, "de00", &de00, err) &&
           tns_json_figures(&de00, 1000, out->illuminant, out->de00, &out->viewing_count, err) &&
           tns_json_get_number(at, "metamerism", 0, DE_MAX, &out->metamerism, err) &&
           tns_json_reading(&predicted, &out->predicted, err) &&
           tns_json_opt_span(at, &out->span, &out->has_span, err) &&
           get_confidence(at, &out->confidence, err) &&
           (continuous || tns_json_get_number(at, "rounding_loss", -OBJECTIVE_MAX, OBJECTIVE_MAX,
                                              &out->rounding_loss, err)) &&
           tns_json_opt_odds(at, out, err) &&
           tns_json_opt_number(at, "cost", 0, AMOUNT_MAX, &out->cost, err) &&
           tns_json_opt_lots(at, out, err) && tns_json_opt_warnings(at, &out->warnings, err);
}

/* They stand in the order of their ranks, 1, 2, 3 .. */
static bool get_recipes(const tns_json_at *match, tns_match_record *out, tns_error *err)
{
    tns_json_at list;
    size_t count = 0;
    if (!tns_json_get_list(match, "recipes", RECIPES_MAX, &list, &count, err))
        return false;
    out->recipes = tns_record_array(&list, count, sizeof *out->recipes, err);
    while (out->recipes && out->recipe_count < count) {
        tns_json_at item = tns_json_item(&list, out->recipe_count);
        int rank = 0, place = (int)out->recipe_count + 1;
        if (!get_recipe(&item, out->search.continuous, &out->recipes[out->recipe_count++], err) ||
            !tns_json_get_integer(&item, "rank", place, place, &rank, err))
            return false;
    }
    return out->recipes != NULL;
}

static bool get_share(const tns_json_at *at, tns_part_record *out, tns_error *err)
{
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, "pigment", out->pigment, sizeof out->pigment, err) &&
           tns_json_get_number(at, "fraction", 0, 1, &out->fraction, err);
}

static bool get_best(const tns_json_at *match, tns_match_record *out, tns_error *err)
{
    tns_json_at at, list;
    if (!tns_json_get_object(match, "best_possible", &at, err) ||
        !tns_json_get_number(&at, "objective", 0, OBJECTIVE_MAX, &out->best_objective, err) ||
        !tns_json_get_list(&at, "parts", TNS_PARTS_MAX, &list, &out->best_part_count, err))
        return false;
    for (size_t i = 0; i < out->best_part_count; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!get_share(&item, &out->best_parts[i], err))
            return false;
    }
    return true;
}

static bool get_match(const tns_json_at *at, void *record, tns_error *err)
{
    tns_match_record *out = record;
    if (!tns_record_expect(at, "tonsure/match/1", err))
        return false;
    tns_json_at target = tns_json_member(at, "target");
    return tns_json_reading(&target, &out->target, err) && tns_json_get_asked(at, out, err) &&
           tns_json_get_surface(at, &out->surface, err) && tns_json_get_unit(at, &out->unit, err) &&
           tns_json_get_text(at, "answer", out->sentence, sizeof out->sentence, err) &&
           get_search(at, &out->search, err) && tns_json_opt_limits(at, &out->limits, err) &&
           tns_json_opt_left_out(at, &out->left_out, &out->left_out_count, err) &&
           get_recipes(at, out, err) && get_best(at, out, err) &&
           tns_json_get_bool(at, "in_gamut", &out->in_gamut, err) &&
           tns_json_get_bool(at, "within_tolerance", &out->within_tolerance, err) &&
           tns_json_opt_held(at, &out->held, err) && tns_json_opt_blue(at, &out->blue, err) &&
           tns_json_opt_worth(at, out, err) && tns_json_opt_warnings(at, &out->warnings, err) &&
           tns_json_opt_error(at, &out->failure, err);
}

void tns_match_record_destroy(tns_match_record *match)
{
    if (!match)
        return;
    tns_limits_record_finish(&match->limits);
    free(match->left_out);
    for (size_t i = 0; i < match->recipe_count; i++)
        free(match->recipes[i].lots);
    free(match->recipes);
    free(match);
}

tns_match_record *tns_match_parse(const char *text, size_t length, const char *name, tns_error *err)
{
    tns_match_record *out = tns_record_new(sizeof *out, name, err);
    if (out && tns_record_parse(text, length, name, get_match, out, err))
        return out;
    tns_match_record_destroy(out);
    return NULL;
}
