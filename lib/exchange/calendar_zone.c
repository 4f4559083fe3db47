/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time zones in the module calendar: those that a file brings, and the system's by name. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/calendar_inside.h"

enum { ZONE = 1 << 16, ZONE_RULES = 12, ZONES = 50 };

static icaltimezone *find_own_zone(const tns_calendar *c, const char *name)
{
    for (size_t i = 0; i < c->zone_count; i++)
        if (strcmp(icaltimezone_get_tzid(c->zones[i].zone), name) == 0)
            return c->zones[i].zone;
    return NULL;
}

/* libical looks for a file of that name: one that leads elsewhere is not asked for. */
icaltimezone *tns_calendar_find_zone(const tns_calendar *c, const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "_+-/";
    icaltimezone *own = find_own_zone(c, name);
    bool plain = name[0] && name[0] != '/' && strspn(name, letters) == strlen(name);
    if (own || !plain)
        return own;
    return tns_text_same(name, "Etc/UTC") ? icaltimezone_get_utc_timezone()
                                          : icaltimezone_get_builtin_timezone(name);
}

static icaltimezone *zone_of(icalcomponent *component)
{
    icaltimezone *zone = icaltimezone_new();
    if (zone && component && icaltimezone_set_component(zone, component) &&
        icaltimezone_get_tzid(zone))
        return zone;
    if (component && !(zone && icaltimezone_get_component(zone)))
        icalcomponent_free(component);
    if (zone)
        icaltimezone_free(zone, 1);
    return NULL;
}

static void add_zone(tns_calendar *calendar, const char *text)
{
    icaltimezone *zone = zone_of(icalparser_parse_string(text));
    bool wanted = zone && calendar->zone_count < ZONES &&
                  !find_own_zone(calendar, icaltimezone_get_tzid(zone));
    tns_calendar_zone *more = wanted ? tns_calendar_grow(calendar->zones, calendar->zone_count,
                                                         &calendar->zone_room, sizeof *more)
                                     : NULL;
    if (more) {
        calendar->zones = more;
        more[calendar->zone_count++].zone = zone;
    } else if (zone)
        icaltimezone_free(zone, 1);
}

void tns_calendar_free_zones(tns_calendar *calendar)
{
    for (size_t i = 0; i < calendar->zone_count; i++)
        icaltimezone_free(calendar->zones[i].zone, 1);
    free(calendar->zones);
}

/* ---- as the lines come ---- */

/* Zones change on a day of a month, or in a week of it. By a rule of another kind libical would
   count changes for hours. */
static bool is_rule_of_zones(const struct icalrecurrencetype *r)
{
    enum { WEEK = 7, NONE = ICAL_RECURRENCE_ARRAY_MAX };
    bool of_month = r->by_month[0] != NONE && r->by_month[1] == NONE;
    bool of_days = r->by_day[0] != NONE || r->by_month_day[0] != NONE;
    return r->freq == ICAL_YEARLY_RECURRENCE && !r->rscale && (of_month || !of_days) &&
           (r->by_day[0] == NONE || r->by_day[1] == NONE) && r->by_month_day[WEEK] == NONE &&
           r->by_week_no[0] == NONE && r->by_year_day[0] == NONE && r->by_hour[0] == NONE &&
           r->by_minute[0] == NONE && r->by_second[0] == NONE;
}

static bool is_spoilt_by(const char *line)
{
    struct icalrecurrencetype rule = icalrecurrencetype_from_string(tns_calendar_value(line));
    bool spoilt = !is_rule_of_zones(&rule);
    if (rule.rscale)
        icalmemory_free_buffer(rule.rscale);
    return spoilt;
}

static void add_to_zone(tns_calendar_zone_text *zone, const char *name, const char *line)
{
    size_t n = strlen(line);
    if (zone->used + n + 3 > ZONE) {
        zone->spoilt = true;
        return;
    }
    if (tns_text_same(name, "RRULE"))
        zone->spoilt |= ++zone->rules > ZONE_RULES || is_spoilt_by(line);
    memcpy(zone->text + zone->used, line, n);
    memcpy(zone->text + zone->used + n, "\r\n", 3);
    zone->used += n + 2;
}

static void end_zone(tns_calendar_zone_text *zone, tns_calendar *calendar, bool whole)
{
    if (whole && !zone->spoilt)
        add_zone(calendar, zone->text);
    free(zone->text);
    *zone = (tns_calendar_zone_text){0};
}

bool tns_calendar_read_zone(tns_calendar_zone_text *zone, tns_calendar *calendar, const char *name,
                            const char *line)
{
    const char *value = tns_calendar_value(line);
    bool begins = tns_text_same(name, "BEGIN"), ends = tns_text_same(name, "END");
    bool part = tns_text_same(value, "STANDARD") || tns_text_same(value, "DAYLIGHT");
    if ((begins || ends) && !part && !tns_text_same(value, "VTIMEZONE")) {
        end_zone(zone, calendar, false);
        return false;
    }
    if (begins || ends) { /* libical prints its complaint where they are not of one another */
        zone->depth += part ? begins - ends : 0;
        zone->spoilt |= (begins && !part) || zone->depth < 0 || zone->depth > part;
    }
    add_to_zone(zone, name, line);
    if (ends && !part)
        end_zone(zone, calendar, true);
    return true;
}

bool tns_calendar_begin_zone(tns_calendar_zone_text *zone, const tns_calendar *calendar,
                             const char *line, tns_error *err)
{
    *zone = (tns_calendar_zone_text){.text = malloc(ZONE)};
    if (!zone->text)
        return tns_calendar_fail_memory(calendar, err);
    add_to_zone(zone, "BEGIN", line);
    return true;
}
