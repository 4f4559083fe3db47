/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/records.h>

#include "records/parts.h"

char *tns_palette_list_write(const tns_palette_entry *entries, size_t count)
{
    tns_json *record = tns_record("tonsure/palettes/1");
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
    tns_json *record = tns_record("tonsure/palette-check/1");
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
    tns_json *record = tns_record("tonsure/palette-change/1");
    tns_json_set_text(record, "action", change->action);
    tns_json_set_text(record, "palette", change->palette);
    tns_json_set_text(record, "pigment", change->pigment);
    tns_json_set_number(record, "drop_ml", tns_record_amount(change->drop_ml));
    tns_json_set_text(record, "path", change->path);
    tns_json_set_bool(record, "written", change->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&change->warnings));
    return tns_record_finish(record);
}
