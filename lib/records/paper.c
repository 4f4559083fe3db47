/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/paper_record.h>

#include "records/parts.h"
#include "records/shelf.h"
#include "records/shelf_get.h"

#define SCHEMA "tonsure/paper/1"

char *tns_paper_write(const tns_paper_file *paper)
{
    tns_json *record = tns_record(SCHEMA);
    tns_json_set_text(record, "kind", paper->kind);
    tns_json_set_text(record, "path", paper->path);
    tns_json_set_bool(record, "written", !paper->dry_run);
    if (paper->dry_run) {
        tns_json_set_bool(record, "replaces", paper->replaces);
    } else {
        tns_json_set_integer(record, "bytes", (int64_t)paper->length);
        tns_json_set_hash(record, "sha256", paper->sha256);
    }
    return tns_record_finish(record);
}

static bool get_paper(const tns_json_at *root, void *record, tns_error *err)
{
    tns_paper_file *out = record;
    int64_t bytes = 0;
    bool written = true;
    bool done =
        tns_record_expect(root, SCHEMA, err) &&
        tns_json_get_text(root, "kind", out->kind, sizeof out->kind, err) &&
        tns_json_get_text(root, "path", out->path, sizeof out->path, err) &&
        (!tns_json_has(root, "written") || tns_json_get_bool(root, "written", &written, err)) &&
        (written ? tns_json_get_whole(root, "bytes", 1, &bytes, err) &&
                       tns_json_get_hash(root, "sha256", out->sha256, err)
                 : tns_json_get_bool(root, "replaces", &out->replaces, err));
    out->dry_run = !written;
    out->length = (size_t)bytes;
    return done;
}

bool tns_paper_parse(const char *text, size_t length, const char *name, tns_paper_file *out,
                     tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_paper, out, err);
}
