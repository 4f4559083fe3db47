/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/day.h>

#include "base/text.h"

enum { DATE = 10, LENGTH = 20, DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60 };

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

bool tns_text_read_time(const char *text, int64_t *out)
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
