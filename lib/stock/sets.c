/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stock/sets.h"

static const int64_t AMOUNT_MAX = 2000000000, NUMBER_MAX = INT64_C(9000000000000000);

bool tns_sets_finish(tns_json *json, tns_entry *entry, tns_error *err)
{
    char *text = tns_json_write_line(json);
    bool fits = text && tns_text_copy(entry->sets, sizeof entry->sets, text);
    free(text);
    tns_json_destroy(json);
    return fits || tns_error_set(err, TNS_ERROR_MEMORY, "stock: too much to say in one entry");
}

void tns_sets_day(tns_json *json, const char *key, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    tns_json_set_text(json, key, text);
}

bool tns_sets_get_day(const tns_json_at *at, const char *key, tns_day *out, tns_error *err)
{
    char text[TNS_DAY_TEXT];
    *out = TNS_NO_DAY;
    return tns_json_get_text(at, key, text, sizeof text, err) &&
           (!text[0] || tns_day_parse(text, out, err));
}

bool tns_sets_get_amount(const tns_json_at *at, const char *key, int64_t *out, tns_error *err)
{
    return tns_json_get_int64(at, key, 0, AMOUNT_MAX, out, err);
}

bool tns_sets_get_number(const tns_json_at *at, const char *key, int64_t *out, tns_error *err)
{
    return tns_json_get_int64(at, key, -NUMBER_MAX, NUMBER_MAX, out, err);
}

tns_json *tns_sets_open(const tns_entry *entry, tns_json_at *root, tns_error *err)
{
    tns_json *json = tns_json_parse(entry->sets, strlen(entry->sets), "sets", err);
    *root = tns_json_root(json, "sets");
    return json;
}
