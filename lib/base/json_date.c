/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/json.h"
#include "base/text.h"

enum { DATE = 10, LENGTH = 20, DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60 };

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

/* Two digits below a limit. */
static int two_digits(const char *at, int limit)
{
    bool digits = at[0] >= '0' && at[0] <= '9' && at[1] >= '0' && at[1] <= '9';
    int value = digits ? 10 * (at[0] - '0') + at[1] - '0' : limit;
    return value < limit ? value : -1;
}

/* The day that a clock shows which was never set is none of tns_day's. */
static bool read_date(const char *text, tns_day *out)
{
    char date[DATE + 1];
    memcpy(date, text, DATE);
    date[DATE] = '\0';
    *out = 0;
    return strcmp(date, "1970-01-01") == 0 || tns_day_parse(date, out, NULL);
}

static bool read_time(const char *text, int64_t *out)
{
    tns_day day;
    if (strlen(text) != LENGTH || text[DATE] != 'T' || text[13] != ':' || text[16] != ':' ||
        text[19] != 'Z')
        return false;
    int hour = two_digits(text + 11, 24), minute = two_digits(text + 14, 60),
        second = two_digits(text + 17, 60);
    if (hour < 0 || minute < 0 || second < 0 || !read_date(text, &day))
        return false;
    *out = (int64_t)day * DAY_S + hour * HOUR_S + minute * MINUTE_S + second;
    return true;
}

bool tns_json_get_time(const tns_json_at *object, const char *key, int64_t *out, tns_error *err)
{
    char text[32];
    tns_json_at member = tns_json_member(object, key);
    return tns_json_get_text(object, key, text, sizeof text, err) &&
           (read_time(text, out) || tns_json_fail(&member, err, TNS_ERROR_FORMAT,
                                                  "expected a time such as 2026-11-30T09:15:00Z, "
                                                  "found \"%s\"",
                                                  text));
}

bool tns_json_opt_time(const tns_json_at *object, const char *key, int64_t *out, tns_error *err)
{
    return !tns_json_has(object, key) || tns_json_get_time(object, key, out, err);
}
