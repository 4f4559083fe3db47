/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/records.h>

#include "records/parts.h"

char *tns_error_write(const tns_error *err)
{
    tns_json *record = tns_json_object();
    tns_json_set(record, "error", tns_json_from_error(err));
    return tns_record_finish(record);
}

bool tns_error_parse(const char *text, size_t length, const char *name, tns_error *out,
                     tns_error *err)
{
    memset(out, 0, sizeof *out);
    tns_json *json = tns_json_parse(text, length, name, err);
    tns_json_at root = tns_json_root(json, name);
    bool done = json && tns_json_expect_object(&root, err) && tns_json_get_error(&root, out, err);
    tns_json_destroy(json);
    return done;
}
