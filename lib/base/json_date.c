/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/text.h"

void tns_json_set_day(tns_json *object, const char *key, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    if (day == TNS_NO_DAY)
        tns_json_set_null(object, key);
    else
        tns_json_set_text(object, key, text);
}

bool tns_json_get_day(const tns_json_at *object, const char *key, tns_day *out, tns_error *err)
{
    char text[TNS_DAY_TEXT];
    tns_json_at member = tns_json_member(object, key);
    *out = TNS_NO_DAY;
    if (!tns_json_has(object, key))
        return true;
    return tns_json_get_text(object, key, text, sizeof text, err) &&
           (tns_day_parse(text, out, NULL) ||
            tns_json_fail(&member, err, TNS_ERROR_FORMAT, "expected a day, found \"%s\"", text));
}

void tns_json_set_time(tns_json *object, const char *key, int64_t seconds)
{
    char text[32];
    tns_text_time(seconds, text);
    tns_json_set_text(object, key, text);
}

bool tns_json_get_time(const tns_json_at *object, const char *key, int64_t *out, tns_error *err)
{
    char text[32];
    tns_json_at member = tns_json_member(object, key);
    return tns_json_get_text(object, key, text, sizeof text, err) &&
           (tns_text_read_time(text, out) ||
            tns_json_fail(&member, err, TNS_ERROR_FORMAT,
                          "expected a time such as 2026-11-30T09:15:00Z, "
                          "found \"%s\"",
                          text));
}

bool tns_json_opt_time(const tns_json_at *object, const char *key, int64_t *out, tns_error *err)
{
    return !tns_json_has(object, key) || tns_json_get_time(object, key, out, err);
}
