/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of a calendar, in the module calendar. */
#include <stdio.h>

#include "exchange/calendar_inside.h"

static struct icaltimetype value_of(icalproperty *property)
{
    const icalvalue *value = icalproperty_get_value(property);
    switch (value ? icalvalue_isa(value) : ICAL_NO_VALUE) {
    case ICAL_DATE_VALUE:
        return icalvalue_get_date(value);
    case ICAL_DATETIME_VALUE:
        return icalvalue_get_datetime(value);
    case ICAL_DATETIMEPERIOD_VALUE: {
        struct icaldatetimeperiodtype either = icalvalue_get_datetimeperiod(value);
        return icaltime_is_null_time(either.time) ? either.period.start : either.time;
    }
    case ICAL_PERIOD_VALUE:
        return icalvalue_get_period(value).start;
    default:
        return icaltime_null_time();
    }
}

/* libical takes a 31st of February as it stands. 60 is a leap second. */
static bool is_time(struct icaltimetype t)
{
    return t.year >= 1970 && t.year <= 9999 && t.month >= 1 && t.month <= 12 && t.day >= 1 &&
           t.day <= icaltime_days_in_month(t.month, t.year) && t.hour >= 0 && t.hour <= 23 &&
           t.minute >= 0 && t.minute <= 59 && t.second >= 0 && t.second <= 60;
}

bool tns_calendar_time_of(const tns_calendar *calendar, icalproperty *property,
                          struct icaltimetype *out)
{
    struct icaltimetype time = value_of(property);
    icalparameter *zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    if (!is_time(time))
        return false;
    if (zone && !time.is_date && !icaltime_is_utc(time))
        time.zone = tns_calendar_find_zone(calendar, icalparameter_get_tzid(zone));
    *out = time;
    return true;
}

static int64_t told(void *user)
{
    return *(int64_t *)user;
}

tns_day tns_calendar_day(struct icaltimetype time)
{
    tns_day day;
    char text[TNS_DAY_TEXT + 24];
    if (icaltime_is_utc(time)) {
        int64_t seconds = icaltime_as_timet(time);
        return tns_day_today(&(tns_context){.user = &seconds, .clock = told});
    }
    snprintf(text, sizeof text, "%04d-%02d-%02d", time.year, time.month, time.day);
    return tns_day_parse(text, &day, NULL) ? day : TNS_NO_DAY;
}

void tns_calendar_time_name(struct icaltimetype time, char out[TNS_CALENDAR_NAME])
{
    snprintf(out, TNS_CALENDAR_NAME, "%04d%02d%02d", time.year % 10000, time.month % 100,
             time.day % 100);
    if (!time.is_date)
        snprintf(out + 8, TNS_CALENDAR_NAME - 8, "T%02d%02d%02d%s", time.hour % 100,
                 time.minute % 100, time.second % 100, icaltime_is_utc(time) ? "Z" : "");
}

struct icaltimetype tns_calendar_within(struct icaltimetype time, struct icaltimetype start)
{
    int year, month, day;
    char text[TNS_DAY_TEXT] = "";
    if (start.zone && time.zone && !time.is_date)
        time = icaltime_convert_to_zone(time, (icaltimezone *)start.zone);
    if (!start.zone && icaltime_is_utc(time)) {
        tns_day_write(tns_calendar_day(time), text);
        if (sscanf(text, "%d-%d-%d", &year, &month, &day) == 3)
            time = (struct icaltimetype){.year = year, .month = month, .day = day, .is_date = 1};
    }
    time.is_date |= start.is_date;
    return time;
}
