/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "records/asked.h"
#include "records/parts.h"

/* ---- what was asked ---- */

/* Whatever the target was given as, this is what the recipes were held against. */
static tns_json *json_from_wanted(const tns_match_answer *answer)
{
    const tns_match_request *r = answer->request;
    tns_reading wanted = {.what = answer->target->what,
                          .source.kind = answer->target->source.kind,
                          .has_spectrum = true,
                          .spectrum = r->target,
                          .has_color = true,
                          .color = tns_color_from_spectrum(&r->target, &r->viewings[0])};
    return tns_json_from_reading(&wanted);
}

static tns_json *json_from_weights(const tns_match_request *request)
{
    tns_json *json = tns_json_object();
    for (size_t i = 0; i < request->viewing_count; i++)
        tns_json_set_number(json, request->viewings[i].illuminant, request->weights[i]);
    return json;
}

void tns_json_set_asked(tns_json *record, const tns_match_answer *answer)
{
    const tns_match_request *r = answer->request;
    tns_json_set(record, "wanted", json_from_wanted(answer));
    tns_json_set_text(record, "palette", r->palette->name);
    tns_json_set_text_if(record, "palette_version", r->palette->version);
    tns_json_set(record, "weights", json_from_weights(r));
    if (answer->pot_ml > 0)
        tns_json_set_number(record, "pot_ml", tns_record_amount(answer->pot_ml));
}

static bool opt_wanted(const tns_json_at *record, tns_match_record *out, tns_error *err)
{
    tns_json_at at = tns_json_member(record, "wanted");
    out->has_wanted = at.node != NULL;
    return !out->has_wanted || tns_json_reading(&at, &out->wanted, err);
}

static bool opt_weights(const tns_json_at *record, tns_match_record *out, tns_error *err)
{
    tns_json_at at;
    return !tns_json_has(record, "weights") ||
           (tns_json_get_object(record, "weights", &at, err) &&
            tns_json_figures(&at, 1e12, out->weight_of, out->weight, &out->weight_count, err));
}

bool tns_json_get_asked(const tns_json_at *record, tns_match_record *out, tns_error *err)
{
    return opt_wanted(record, out, err) &&
           tns_json_get_text(record, "palette", out->palette, sizeof out->palette, err) &&
           tns_json_opt_text(record, "palette_version", out->palette_version,
                             sizeof out->palette_version, err) &&
           opt_weights(record, out, err) &&
           tns_json_opt_number(record, "pot_ml", 0, 1e9, &out->pot_ml, err);
}

/* ---- what held it back ---- */

void tns_json_set_held(tns_json *record, const tns_held *held)
{
    if (!held->options[0])
        return;
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "by", held->options);
    tns_json_set_number(json, "de00", tns_record_color(held->de00));
    tns_json_set(record, "held_back", json);
}

bool tns_json_opt_held(const tns_json_at *record, tns_held *out, tns_error *err)
{
    tns_json_at at;
    return !tns_json_has(record, "held_back") ||
           (tns_json_get_object(record, "held_back", &at, err) &&
            tns_json_get_text(&at, "by", out->options, sizeof out->options, err) &&
            tns_json_get_number(&at, "de00", 0, 1000, &out->de00, err));
}

/* ---- bottles ---- */

static tns_json *json_from_lot(const tns_match_answer *answer, const tns_stocked_bottle *b)
{
    char id[24];
    tns_json *json = tns_json_object();
    tns_text_format(id, sizeof id, "B%lld", (long long)b->bottle);
    tns_json_set_text(json, "pigment", answer->request->palette->pigments[b->pigment].id);
    tns_json_set_text(json, "product", b->product);
    tns_json_set_text(json, "bottle", id);
    tns_json_set_text(json, "lot", b->lot);
    tns_json_set_integer(json, "ul", b->ul);
    return json;
}

void tns_json_set_lots(tns_json *json, const tns_match_answer *answer, const tns_recipe *recipe)
{
    tns_json *array = tns_json_array();
    tns_stocked_bottle *lots = calloc(answer->stocked->bottle_count + 1, sizeof *lots);
    size_t count = lots ? tns_match_lots(answer, recipe, lots) : 0;
    for (size_t i = 0; i < count; i++)
        tns_json_append(array, json_from_lot(answer, &lots[i]));
    free(lots);
    tns_json_set(json, "lots", array);
}

/* "B17" */
static bool get_bottle(const tns_json_at *lot, int64_t *out, tns_error *err)
{
    char text[24];
    tns_json_at at = tns_json_member(lot, "bottle");
    if (!tns_json_text(&at, text, sizeof text, err))
        return false;
    size_t digits = text[0] == 'B' ? strspn(text + 1, "0123456789") : 0;
    bool sound = digits >= 1 && digits <= 15 && text[1] != '0' && text[1 + digits] == '\0';
    *out = sound ? strtoll(text + 1, NULL, 10) : 0;
    return sound || tns_json_fail(&at, err, TNS_ERROR_FORMAT,
                                  "expected a bottle such as \"B17\", found \"%s\"", text);
}

static bool get_lot(const tns_json_at *at, void *item, tns_error *err)
{
    tns_lot_record *out = item;
    uint64_t ul = 0;
    bool done = tns_json_expect_object(at, err) &&
                tns_json_get_text(at, "pigment", out->pigment, sizeof out->pigment, err) &&
                tns_json_get_text(at, "product", out->product, sizeof out->product, err) &&
                get_bottle(at, &out->bottle, err) &&
                tns_json_get_text(at, "lot", out->lot, sizeof out->lot, err) &&
                tns_json_get_count(at, "ul", &ul, err);
    out->ul = (int64_t)ul;
    return done;
}

bool tns_json_opt_lots(const tns_json_at *recipe, tns_recipe_record *out, tns_error *err)
{
    void *lots = NULL;
    bool done =
        !tns_json_has(recipe, "lots") ||
        tns_json_get_items(recipe, "lots", sizeof *out->lots, get_lot, &lots, &out->lot_count, err);
    out->lots = lots;
    return done;
}
