/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

#include "records/parts.h"

#define SCHEMA_LIST "tonsure/palettes/1"
#define SCHEMA_CHECK "tonsure/palette-check/1"
#define SCHEMA_CHANGE "tonsure/palette-change/1"

enum { PALETTES_MAX = 10000, PIGMENTS_MAX = 1000 };

/* ---- Writing ---- */

char *tns_palette_list_write(const tns_palette_entry *entries, size_t count)
{
    tns_json *record = tns_record(SCHEMA_LIST);
    tns_json *palettes = tns_json_array();
    for (size_t i = 0; i < count; i++) {
        tns_json *entry = tns_json_object();
        tns_json_set_text(entry, "name", entries[i].name);
        tns_json_set_text_if(entry, "version", entries[i].version);
        tns_json_set_text(entry, "place", entries[i].place);
        tns_json_set_integer(entry, "pigments", (long long)entries[i].pigments);
        tns_json_set_text(entry, "scale", entries[i].absolute ? "absolute" : "relative");
        tns_json_append(palettes, entry);
    }
    tns_json_set(record, "palettes", palettes);
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

static bool get_entry(const tns_json_at *at, tns_palette_entry *out, tns_error *err)
{
    static const char *const places[] = {"shipped", "user"};
    static const char *const scales[] = {"relative", "absolute"};
    int scale = 0;
    bool done = tns_json_expect_object(at, err) &&
                tns_json_get_text(at, "name", out->name, sizeof out->name, err) &&
                tns_json_opt_text(at, "version", out->version, sizeof out->version, err) &&
                get_word(at, "place", places, out->place, sizeof out->place, err) &&
                get_pigments(at, &out->pigments, err) &&
                tns_json_get_choice(at, "scale", scales, 2, &scale, err);
    out->absolute = scale == 1;
    return done;
}

static tns_palette_entry *get_entries(const tns_json_at *at, size_t *count, tns_error *err)
{
    tns_json_at list;
    if (!tns_record_expect(at, SCHEMA_LIST, err) ||
        !tns_json_get_list(at, "palettes", PALETTES_MAX, &list, count, err))
        return NULL;
    tns_palette_entry *entries = tns_record_array(&list, *count, sizeof *entries, err);
    for (size_t i = 0; entries && i < *count; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!get_entry(&item, &entries[i], err)) {
            free(entries);
            entries = NULL;
        }
    }
    return entries;
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
static bool get_check(const tns_json_at *at, tns_palette_check *out, tns_error *err)
{
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
    tns_json *json = tns_json_parse(text, length, name, err);
    tns_json_at root = tns_json_root(json, name);
    bool done = json && get_check(&root, out, err);
    tns_json_destroy(json);
    return done;
}

static bool get_change(const tns_json_at *at, tns_palette_change *out, tns_error *err)
{
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
    tns_json *json = tns_json_parse(text, length, name, err);
    tns_json_at root = tns_json_root(json, name);
    bool done = json && get_change(&root, out, err);
    tns_json_destroy(json);
    return done;
}
