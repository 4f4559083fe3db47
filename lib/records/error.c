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

static bool get_error(const tns_json_at *root, void *out, tns_error *err)
{
    return tns_json_expect_object(root, err) && tns_json_get_error(root, out, err);
}

bool tns_error_parse(const char *text, size_t length, const char *name, tns_error *out,
                     tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_error, out, err);
}
