/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/palette_records.h>

#include "records/parts.h"

#define SCHEMA "tonsure/palette-copy/1"

enum { PIGMENTS_MAX = 1000 };

char *tns_palette_copy_write(const tns_palette_copy *copy)
{
    tns_json *record = tns_record(SCHEMA);
    tns_json_set_text(record, "action", copy->action);
    tns_json_set_text(record, "palette", copy->palette);
    tns_json_set_integer(record, "pigments", (long long)copy->pigments);
    tns_json_set_text(record, "path", copy->path);
    tns_json_set_bool(record, "replaced", copy->replaced);
    tns_json_set_bool(record, "written", copy->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&copy->warnings));
    return tns_record_finish(record);
}

static bool get_copy(const tns_json_at *at, void *record, tns_error *err)
{
    static const char *const actions[] = {"export", "import"};
    tns_palette_copy *out = record;
    int action = 0, pigments = 0;
    bool done = tns_record_expect(at, SCHEMA, err) &&
                tns_json_get_choice(at, "action", actions, 2, &action, err) &&
                tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) &&
                tns_json_get_integer(at, "pigments", 1, PIGMENTS_MAX, &pigments, err) &&
                tns_json_get_text(at, "path", out->path, sizeof out->path, err) &&
                tns_json_get_bool(at, "replaced", &out->replaced, err) &&
                tns_json_get_bool(at, "written", &out->written, err) &&
                tns_json_opt_warnings(at, &out->warnings, err);
    strcpy(out->action, actions[action]);
    out->pigments = (size_t)pigments;
    return done;
}

bool tns_palette_copy_parse(const char *text, size_t length, const char *name,
                            tns_palette_copy *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_copy, out, err);
}
