/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISO 8601 weeks: from Monday, each of the year that its Thursday is in. */
#include <stdio.h>
#include <stdlib.h>

#include <tonsure/demand.h>

/* 1970-01-01 was a Thursday. */
tns_day tns_week_monday(tns_day day)
{
    int32_t since = (day + 3) % 7;
    return day - (since < 0 ? since + 7 : since);
}

void tns_week_write(tns_day day, char out[TNS_WEEK_TEXT])
{
    char thursday[TNS_DAY_TEXT], january[TNS_DAY_TEXT];
    tns_day first = TNS_NO_DAY, there = tns_week_monday(day) + 3;
    tns_day_write(there, thursday);
    snprintf(january, sizeof january, "%.4s-01-01", thursday);
    if (!tns_day_parse(january, &first, NULL))
        first = 1; /* 1970-01-02, the first there is */
    snprintf(out, TNS_WEEK_TEXT, "%.4s-W%02d", thursday, (int)((there - first) / 7 + 1) % 100);
}
