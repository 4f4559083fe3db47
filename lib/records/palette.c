/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette_records.h>

#include "records/parts.h"

#define SCHEMA_LIST "tonsure/palettes/1"
#define SCHEMA_CHECK "tonsure/palette-check/1"
#define SCHEMA_CHANGE "tonsure/palette-change/1"

enum { PALETTES_MAX = 10000, PIGMENTS_MAX = 1000 };

/* ---- Writing ---- */

static bool is_broken(const tns_palette_entry *entry)
{
    return entry->fault.code != TNS_OK;
}

static tns_json *json_from_entry(const tns_palette_entry *entry)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "name", entry->name);
    tns_json_set_text_if(json, "version", entry->version);
    tns_json_set_text(json, "place", entry->place);
    if (is_broken(entry)) {
        tns_json_set(json, "error", tns_json_from_error(&entry->fault));
        return json;
    }
    tns_json_set_integer(json, "pigments", (long long)entry->pigments);
    tns_json_set_text(json, "scale", entry->absolute ? "absolute" : "relative");
    return json;
}

char *tns_palette_list_write(const tns_palette_entry *entries, size_t count)
{
    tns_json *record = tns_record(SCHEMA_LIST);
    tns_json *palettes = tns_json_array(), *broken = tns_json_array();
    const tns_error *first = NULL;
    for (size_t i = 0; i < count; i++) {
        tns_json_append(is_broken(&entries[i]) ? broken : palettes, json_from_entry(&entries[i]));
        if (is_broken(&entries[i]) && !first)
            first = &entries[i].fault;
    }
    tns_json_set(record, "palettes", palettes);
    tns_json_set(record, "broken", broken);
    if (first)
        tns_json_set(record, "error", tns_json_from_error(first));
    return tns_record_finish(record);
}

char *tns_palette_check_write(const char *name, const tns_palette *palette,
                              const tns_error *failure)
{
    tns_json *record = tns_record(SCHEMA_CHECK);
    tns_json_set_text(record, "name", palette ? palette->name : name);
    tns_json_set_bool(record, "ok", failure == NULL);
    if (palette)
        tns_json_set_integer(record, "pigments", (long long)palette->count);
    if (failure)
        tns_json_set(record, "error", tns_json_from_error(failure));
    return tns_record_finish(record);
}

char *tns_palette_change_write(const tns_palette_change *change)
{
    tns_json *record = tns_record(SCHEMA_CHANGE);
    tns_json_set_text(record, "action", change->action);
    tns_json_set_text(record, "palette", change->palette);
    tns_json_set_text(record, "pigment", change->pigment);
    tns_json_set_number(record, "drop_ml", tns_record_amount(change->drop_ml));
    tns_json_set_text(record, "path", change->path);
    tns_json_set_bool(record, "written", change->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&change->warnings));
    return tns_record_finish(record);
}

/* ---- Reading ---- */

/* One of two words, kept as it stands. */
static bool get_word(const tns_json_at *at, const char *key, const char *const words[2], char *out,
                     size_t size, tns_error *err)
{
    int index = 0;
    if (!tns_json_get_choice(at, key, words, 2, &index, err))
        return false;
    snprintf(out, size, "%s", words[index]);
    return true;
}

static bool get_pigments(const tns_json_at *at, size_t *out, tns_error *err)
{
    int count = 0;
    if (!tns_json_get_integer(at, "pigments", 1, PIGMENTS_MAX, &count, err))
        return false;
    *out = (size_t)count;
    return true;
}

static bool get_place(const tns_json_at *at, tns_palette_entry *out, tns_error *err)
{
    static const char *const places[] = {"shipped", "user"};
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, "name", out->name, sizeof out->name, err) &&
           get_word(at, "place", places, out->place, sizeof out->place, err);
}

static bool get_sound(const tns_json_at *at, tns_palette_entry *out, tns_error *err)
{
    static const char *const scales[] = {"relative", "absolute"};
    int scale = 0;
    bool done = get_place(at, out, err) &&
                tns_json_opt_text(at, "version", out->version, sizeof out->version, err) &&
                get_pigments(at, &out->pigments, err) &&
                tns_json_get_choice(at, "scale", scales, 2, &scale, err);
    out->absolute = scale == 1;
    return done;
}

static bool get_broken(const tns_json_at *at, tns_palette_entry *out, tns_error *err)
{
    return get_place(at, out, err) && tns_json_get_error(at, &out->fault, err);
}

static bool get_each(const tns_json_at *list, size_t count,
                     bool (*get)(const tns_json_at *, tns_palette_entry *, tns_error *),
                     tns_palette_entry *out, tns_error *err)
{
    for (size_t i = 0; i < count; i++) {
        tns_json_at item = tns_json_item(list, i);
        if (!get(&item, &out[i], err))
            return false;
    }
    return true;
}

static tns_palette_entry *get_entries(const tns_json_at *at, size_t *count, tns_error *err)
{
    tns_json_at sound, broken;
    size_t good = 0, bad = 0;
    if (!tns_record_expect(at, SCHEMA_LIST, err) ||
        !tns_json_get_list(at, "palettes", PALETTES_MAX, &sound, &good, err) ||
        (tns_json_has(at, "broken") &&
         !tns_json_get_list(at, "broken", PALETTES_MAX, &broken, &bad, err)))
        return NULL;
    *count = good + bad;
    tns_palette_entry *entries = tns_record_array(&sound, *count, sizeof *entries, err);
    if (entries && get_each(&sound, good, get_sound, entries, err) &&
        (bad == 0 || get_each(&broken, bad, get_broken, entries + good, err)))
        return entries;
    free(entries);
    return NULL;
}

tns_palette_entry *tns_palette_list_parse(const char *text, size_t length, const char *name,
                                          size_t *count, tns_error *err)
{
    *count = 0;
    tns_json *json = tns_json_parse(text, length, name, err);
    tns_json_at root = tns_json_root(json, name);
    tns_palette_entry *entries = json ? get_entries(&root, count, err) : NULL;
    tns_json_destroy(json);
    if (!entries)
        *count = 0;
    return entries;
}

/* A sound palette has pigments, a broken one its error. */
static bool get_check(const tns_json_at *at, void *record, tns_error *err)
{
    tns_palette_check *out = record;
    return tns_record_expect(at, SCHEMA_CHECK, err) &&
           tns_json_get_text(at, "name", out->name, sizeof out->name, err) &&
           tns_json_get_bool(at, "ok", &out->ok, err) &&
           (out->ok ? get_pigments(at, &out->pigments, err)
                    : tns_json_get_error(at, &out->failure, err));
}

bool tns_palette_check_parse(const char *text, size_t length, const char *name,
                             tns_palette_check *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_check, out, err);
}

static bool get_change(const tns_json_at *at, void *record, tns_error *err)
{
    tns_palette_change *out = record;
    static const char *const actions[] = {"add", "drop"};
    return tns_record_expect(at, SCHEMA_CHANGE, err) &&
           get_word(at, "action", actions, out->action, sizeof out->action, err) &&
           tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) &&
           tns_json_get_text(at, "pigment", out->pigment, sizeof out->pigment, err) &&
           tns_json_get_number(at, "drop_ml", 0.001, 1, &out->drop_ml, err) &&
           tns_json_get_text(at, "path", out->path, sizeof out->path, err) &&
           tns_json_get_bool(at, "written", &out->written, err) &&
           tns_json_opt_warnings(at, &out->warnings, err);
}

bool tns_palette_change_parse(const char *text, size_t length, const char *name,
                              tns_palette_change *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_change, out, err);
}
