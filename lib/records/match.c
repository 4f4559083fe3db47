/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include <tonsure/records.h>

#include "base/text.h"
#include "records/asked.h"
#include "records/parts.h"
#include "records/worth.h"

static const tns_pigment *pigment_of(const tns_match_answer *answer, int index)
{
    return &answer->request->palette->pigments[index];
}

/* A part's amounts. "drops" counts whole units, whatever the unit: "unit" says what one is. */
void tns_json_set_amounts(tns_json *json, const tns_recipe_part *part)
{
    if (part->units == 0 && part->ml > 0) /* of a diluent: to be measured, not counted */
        tns_json_set_null(json, "drops");
    else
        tns_json_set_integer(json, "drops", part->units);
    tns_json_set_number(json, "fraction", tns_record_color(part->fraction));
    tns_json_set_number(json, "ml", tns_record_amount(part->ml));
    tns_json_set_number(json, "g", tns_record_amount(part->g));
}

tns_json *tns_json_from_unit(const tns_unit *unit)
{
    static const char *const kinds[] = {"drops", "ml", "g"};
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "kind", kinds[unit->kind]);
    if (unit->kind != TNS_UNIT_DROP)
        tns_json_set_number(json, "size", unit->size);
    return json;
}

static void set_share(tns_json *json, const tns_recipe_part *part)
{
    tns_json_set_number(json, "fraction", tns_record_color(part->fraction));
}

static tns_json *json_from_parts(const tns_match_answer *answer, const tns_recipe *recipe)
{
    tns_json *parts = tns_json_array();
    for (size_t i = 0; i < recipe->part_count; i++) {
        tns_json *part = tns_json_object();
        tns_json_set_text(part, "pigment", pigment_of(answer, recipe->parts[i].pigment)->id);
        if (answer->request->continuous)
            set_share(part, &recipe->parts[i]);
        else
            tns_json_set_amounts(part, &recipe->parts[i]);
        tns_json_set_one_more(part, recipe, recipe->odds.one_more[i]);
        tns_json_append(parts, part);
    }
    return parts;
}

static void set_dilution(tns_json *json, const tns_match_answer *answer, const tns_recipe *recipe)
{
    if (!recipe->has_diluent)
        return;
    tns_json *diluent = tns_json_object();
    tns_json_set_text(diluent, "id", pigment_of(answer, recipe->diluent.pigment)->id);
    if (answer->request->continuous)
        set_share(diluent, &recipe->diluent);
    else
        tns_json_set_amounts(diluent, &recipe->diluent);
    if (recipe->shade > 0)
        tns_json_set_one_more(diluent, recipe, recipe->odds.one_more_diluent);
    tns_json_set(json, "diluent", diluent);
    char shade[32];
    tns_text_format(shade, sizeof shade, answer->request->continuous ? "%.2f:1" : "%.0f:1",
                    recipe->real_shade);
    tns_json_set_text(json, "shade", shade);
}

static tns_json *json_from_de00(const tns_match_answer *answer, const tns_recipe *recipe)
{
    tns_json *json = tns_json_object();
    for (size_t i = 0; i < answer->request->viewing_count; i++)
        tns_json_set_number(json, answer->request->viewings[i].illuminant,
                            tns_record_color(recipe->de00[i]));
    return json;
}

static tns_json *json_from_prediction(const tns_match_answer *answer, const tns_recipe *recipe)
{
    tns_reading predicted = {.what = answer->target->what,
                             .source.kind = TNS_SOURCE_PREDICTED,
                             .has_spectrum = true,
                             .spectrum = recipe->predicted,
                             .has_color = true,
                             .color = recipe->color[0]};
    return tns_json_from_reading(&predicted);
}

static tns_json *json_from_recipe(const tns_match_answer *answer, size_t index)
{
    const tns_recipe *recipe = &answer->match->recipes[index];
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "rank", (long long)index + 1);
    tns_json_set(json, "parts", json_from_parts(answer, recipe));
    set_dilution(json, answer, recipe);
    tns_json_set_number(json, "objective", tns_record_color(recipe->objective));
    tns_json_set(json, "de00", json_from_de00(answer, recipe));
    tns_json_set_number(json, "metamerism", tns_record_color(recipe->metamerism));
    tns_json_set(json, "predicted", json_from_prediction(answer, recipe));
    if (answer->spans)
        tns_json_set(json, "healed", tns_json_from_span(&answer->spans[index]));
    char confidence[2] = {recipe->confidence, '\0'};
    tns_json_set_text(json, "confidence", confidence);
    if (!answer->request->continuous)
        tns_json_set_number(json, "rounding_loss", tns_record_color(recipe->rounding_loss));
    tns_json_set_odds(json, recipe);
    if (answer->stocked && !answer->request->continuous)
        tns_json_set_lots(json, answer, recipe);
    if (recipe->cost > 0)
        tns_json_set_number(json, "cost", tns_record_amount(recipe->cost));
    tns_json_set(json, "warnings", tns_json_from_warnings(&recipe->warnings));
    return json;
}

tns_json *tns_json_from_surface(const tns_palette *palette, const tns_surface *surface)
{
    static const char *const kinds[] = {"opaque", "film", "healed"};
    bool film = surface->kind == TNS_SURFACE_FILM;
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "kind", kinds[surface->kind]);
    tns_json_set_text(json, "name", surface->name);
    if (film) {
        tns_json_set_number(json, "load", surface->load);
        tns_json_set_text(json, "load_unit", palette->model.load_unit);
    }
    return json;
}

static tns_json *json_from_surfaces(const tns_match_answer *answer)
{
    const tns_match_request *request = answer->request;
    tns_json *json = tns_json_from_surface(request->palette, &request->surfaces[0]);
    if (request->surface_count > 1)
        tns_json_set_integer(json, "count", (long long)request->surface_count);
    if (answer->healed)
        tns_json_set_healed(json, answer->healed, answer->skin);
    return json;
}

static tns_json *json_from_search(const tns_search *search)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "pigments", (long long)search->pigments);
    tns_json_set_integer(json, "max_pigments", search->max_pigments);
    if (search->continuous)
        tns_json_set_bool(json, "continuous", true);
    else
        tns_json_set_integer(json, "max_drops", search->max_units);
    tns_json_set_integer(json, "max_shade", search->max_shade);
    tns_json_set_integer(json, "recipes", (long long)search->recipes);
    tns_json_set_integer(json, "evaluated", (long long)search->evaluated);
    tns_json_set_bool(json, "exact", search->exact);
    tns_json_set_number(json, "seconds", tns_record_amount(search->seconds));
    tns_json_set_integer(json, "threads", search->threads);
    return json;
}

static tns_json *json_from_blend(const tns_match_answer *answer, const tns_blend *blend)
{
    tns_json *json = tns_json_object();
    tns_json *parts = tns_json_array();
    for (size_t i = 0; i < blend->part_count; i++) {
        tns_json *part = tns_json_object();
        tns_json_set_text(part, "pigment", pigment_of(answer, blend->pigment[i])->id);
        tns_json_set_number(part, "fraction", tns_record_color(blend->fraction[i]));
        tns_json_append(parts, part);
    }
    tns_json_set_number(json, "objective", tns_record_color(blend->objective));
    tns_json_set(json, "parts", parts);
    return json;
}

char *tns_match_write(const tns_match_answer *answer, const tns_error *failure)
{
    const tns_match *match = answer->match;
    tns_json *record = tns_record("tonsure/match/1");
    tns_json_set(record, "target", tns_json_from_reading(answer->target));
    tns_json_set_asked(record, answer);
    tns_json_set(record, "surface", json_from_surfaces(answer));
    tns_json_set(record, "unit", tns_json_from_unit(&answer->request->unit));
    tns_json_set_text(record, "answer", answer->sentence);
    tns_json_set(record, "search", json_from_search(&match->search));
    tns_json_set(record, "limits", tns_json_from_limits(answer->request));
    tns_json_set(record, "left_out",
                 tns_json_from_left_out(answer->left_out, answer->left_out_count));
    tns_json *recipes = tns_json_array();
    for (size_t i = 0; i < match->recipe_count; i++)
        tns_json_append(recipes, json_from_recipe(answer, i));
    tns_json_set(record, "recipes", recipes);
    tns_json_set(record, "best_possible", json_from_blend(answer, &match->best_possible));
    tns_json_set_bool(record, "in_gamut", match->in_gamut);
    tns_json_set_bool(record, "within_tolerance", match->within_tolerance);
    tns_json_set_held(record, &answer->held);
    if (answer->blue.known)
        tns_json_set(record, "blue_risk", tns_json_from_blue(&answer->blue));
    tns_json_set_worth(record, answer);
    tns_json_set(record, "warnings", tns_json_from_warnings(&match->warnings));
    if (failure)
        tns_json_set(record, "error", tns_json_from_error(failure));
    return tns_record_finish(record);
}
