/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/photo_records.h>

#include "base/text.h"
#include "records/parts.h"

#define SCHEMA "tonsure/chart/1"
#define SCHEMA_LIST "tonsure/charts/1"

enum { SIDE_MAX = 70, CHARTS_MAX = 1000 };

static const double FAR_PITCHES = 200, PITCH_MAX = 1000, DE_MAX = 100;

/* ---- Writing ---- */

/* A patch's figures as the reading they are: of an instrument, or taken from a maker's table. */
static tns_reading reading_of(const tns_card *card, int i)
{
    const tns_card_patch *patch = &card->patch[i];
    tns_reading out = {.source.kind = card->instrument[0] ? TNS_SOURCE_INSTRUMENT : TNS_SOURCE_FILE,
                       .has_spectrum = patch->has_spectrum,
                       .spectrum = patch->spectrum,
                       .has_color = true,
                       .color = {card->chart.patch[i].reference, "D50", TNS_OBSERVER_2},
                       .has_uncertainty = patch->has_uncertainty,
                       .uncertainty = patch->uncertainty};
    snprintf(out.id, sizeof out.id, "%s", card->chart.patch[i].name);
    snprintf(out.time, sizeof out.time, "%s", card->measured);
    return out;
}

static tns_json *json_from_patch(const tns_card *card, int i)
{
    const tns_chart_patch *patch = &card->chart.patch[i];
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "name", patch->name);
    tns_json_set_number(json, "x", tns_record_amount(patch->x));
    tns_json_set_number(json, "y", tns_record_amount(patch->y));
    if (!card->patch[i].has_color) {
        tns_json_set_null(json, "reading");
        return json;
    }
    tns_reading reading = reading_of(card, i);
    tns_json_set(json, "reading", tns_json_from_reading(&reading));
    return json;
}

static void set_pitch(tns_json *json, double pitch_mm)
{
    if (pitch_mm > 0)
        tns_json_set_number(json, "pitch_mm", tns_record_amount(pitch_mm));
    else
        tns_json_set_null(json, "pitch_mm");
}

char *tns_chart_record_write(const tns_card *card)
{
    const tns_chart *chart = &card->chart;
    tns_json *record = tns_record(SCHEMA), *patches = tns_json_array();
    tns_json_set_text(record, "kind", chart->kind);
    tns_json_set_text(record, "title", chart->title);
    tns_json_set_integer(record, "columns", chart->columns);
    tns_json_set_integer(record, "rows", chart->rows);
    set_pitch(record, chart->pitch_mm);
    tns_json_set_number(record, "patch_share", tns_record_amount(chart->patch_share));
    tns_json_set_number(record, "reference_de00", tns_record_amount(chart->reference_de00));
    tns_json_set_text(record, "edition", tns_edition_name(chart->edition));
    tns_json_set_text_if(record, "source", card->source);
    tns_json_set_text_if(record, "serial", card->serial);
    tns_json_set_text_if(record, "measured", card->measured);
    tns_json_set_text_if(record, "instrument", card->instrument);
    for (int i = 0; i < chart->count; i++)
        tns_json_append(patches, json_from_patch(card, i));
    tns_json_set(record, "patches", patches);
    return tns_record_finish(record);
}

char *tns_charts_write(const tns_chart_entry *entries, size_t count)
{
    tns_json *record = tns_record(SCHEMA_LIST), *charts = tns_json_array();
    for (size_t i = 0; i < count; i++) {
        const tns_chart_entry *entry = &entries[i];
        tns_json *json = tns_json_object();
        tns_json_set_text(json, "name", entry->name);
        tns_json_set_text(json, "word", entry->word);
        tns_json_set_text(json, "title", entry->title);
        tns_json_set_integer(json, "columns", entry->columns);
        tns_json_set_integer(json, "rows", entry->rows);
        tns_json_set_bool(json, "editions", entry->has_editions);
        set_pitch(json, entry->pitch_mm);
        tns_json_append(charts, json);
    }
    tns_json_set(record, "charts", charts);
    return tns_record_finish(record);
}

/* ---- Reading ---- */

static bool get_patch(const tns_json_at *at, tns_card *card, int i, tns_error *err)
{
    tns_chart_patch *patch = &card->chart.patch[i];
    tns_card_patch *more = &card->patch[i];
    tns_reading reading;
    tns_json_at inner = tns_json_member(at, "reading");
    if (!tns_json_get_text(at, "name", patch->name, sizeof patch->name, err) ||
        !tns_json_get_number(at, "x", -FAR_PITCHES, FAR_PITCHES, &patch->x, err) ||
        !tns_json_get_number(at, "y", -FAR_PITCHES, FAR_PITCHES, &patch->y, err))
        return false;
    if (!tns_json_has(at, "reading"))
        return true;
    memset(&reading, 0, sizeof reading);
    if (!tns_json_reading(&inner, &reading, err))
        return false;
    if (!reading.has_color || strcmp(reading.color.illuminant, "D50") != 0 ||
        reading.color.observer != TNS_OBSERVER_2)
        return tns_json_fail(&inner, err, TNS_ERROR_FORMAT,
                             "expected a color under D50 and the 2 degree observer");
    more->has_color = true;
    patch->reference = reading.color.lab;
    more->has_spectrum = reading.has_spectrum;
    more->spectrum = reading.spectrum;
    more->has_uncertainty = reading.has_uncertainty;
    more->uncertainty = reading.uncertainty;
    return true;
}

static bool get_patches(const tns_json_at *root, tns_card *card, tns_error *err)
{
    tns_json_at list;
    size_t count = 0;
    tns_chart *chart = &card->chart;
    if (!tns_json_get_list(root, "patches", TNS_CHART_PATCHES_MAX, &list, &count, err))
        return false;
    if (count != (size_t)(chart->rows * chart->columns))
        return tns_json_fail(&list, err, TNS_ERROR_FORMAT,
                             "expected %d patches (%d rows of %d), found %zu",
                             chart->rows * chart->columns, chart->rows, chart->columns, count);
    chart->count = (int)count;
    for (int i = 0; i < chart->count; i++) {
        tns_json_at item = tns_json_item(&list, (size_t)i);
        if (!get_patch(&item, card, i, err))
            return false;
    }
    return true;
}

static bool get_card(const tns_json_at *root, void *record, tns_error *err)
{
    tns_card *card = record;
    const char *editions[] = {tns_edition_name(TNS_EDITION_AUTO),
                              tns_edition_name(TNS_EDITION_BEFORE_2014),
                              tns_edition_name(TNS_EDITION_AFTER_2014)};
    int edition = TNS_EDITION_AUTO;
    tns_chart *chart = &card->chart;
    bool done =
        tns_record_expect(root, SCHEMA, err) &&
        tns_json_get_text(root, "kind", chart->kind, sizeof chart->kind, err) &&
        tns_json_get_text(root, "title", chart->title, sizeof chart->title, err) &&
        tns_json_get_integer(root, "columns", 2, SIDE_MAX, &chart->columns, err) &&
        tns_json_get_integer(root, "rows", 2, SIDE_MAX, &chart->rows, err) &&
        tns_json_opt_number(root, "pitch_mm", 0, PITCH_MAX, &chart->pitch_mm, err) &&
        tns_json_get_number(root, "patch_share", 0, 1, &chart->patch_share, err) &&
        tns_json_get_number(root, "reference_de00", 0, DE_MAX, &chart->reference_de00, err) &&
        tns_json_opt_choice(root, "edition", editions, 3, &edition, err) &&
        tns_json_opt_text(root, "source", card->source, sizeof card->source, err) &&
        tns_json_opt_text(root, "serial", card->serial, sizeof card->serial, err) &&
        tns_json_opt_text(root, "measured", card->measured, sizeof card->measured, err) &&
        tns_json_opt_text(root, "instrument", card->instrument, sizeof card->instrument, err) &&
        get_patches(root, card, err);
    chart->edition = (tns_edition)edition;
    return done;
}

tns_card *tns_chart_record_parse(const char *text, size_t length, const char *name, tns_error *err)
{
    tns_card *card = tns_record_new(sizeof *card, name, err);
    if (card && tns_record_parse(text, length, name, get_card, card, err))
        return card;
    tns_card_destroy(card);
    return NULL;
}

static bool get_entry(const tns_json_at *at, tns_chart_entry *out, tns_error *err)
{
    return tns_json_get_text(at, "name", out->name, sizeof out->name, err) &&
           tns_json_get_text(at, "word", out->word, sizeof out->word, err) &&
           tns_json_get_text(at, "title", out->title, sizeof out->title, err) &&
           tns_json_get_integer(at, "columns", 2, SIDE_MAX, &out->columns, err) &&
           tns_json_get_integer(at, "rows", 2, SIDE_MAX, &out->rows, err) &&
           tns_json_get_bool(at, "editions", &out->has_editions, err) &&
           tns_json_opt_number(at, "pitch_mm", 0, PITCH_MAX, &out->pitch_mm, err);
}

static tns_chart_entry *get_entries(const tns_json_at *root, size_t *count, tns_error *err)
{
    tns_json_at list;
    if (!tns_record_expect(root, SCHEMA_LIST, err) ||
        !tns_json_get_list(root, "charts", CHARTS_MAX, &list, count, err))
        return NULL;
    tns_chart_entry *entries = tns_record_array(&list, *count, sizeof *entries, err);
    for (size_t i = 0; entries && i < *count; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!get_entry(&item, &entries[i], err)) {
            free(entries);
            return NULL;
        }
    }
    return entries;
}

tns_chart_entry *tns_charts_parse(const char *text, size_t length, const char *name, size_t *count,
                                  tns_error *err)
{
    tns_json *json = tns_json_parse(text, length, name, err);
    tns_json_at root = tns_json_root(json, name);
    tns_chart_entry *entries = json ? get_entries(&root, count, err) : NULL;
    tns_json_destroy(json);
    return entries;
}
