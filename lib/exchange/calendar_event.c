/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the lines of an event say, in the module calendar. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/calendar_inside.h"

enum { LINE = 1 << 16, TIME = 1000, TEXTS = 500000 };

void tns_calendar_fault_at(tns_calendar_event *event, size_t line, tns_code code, const char *what,
                           const char *found)
{
    if (event->fault.line)
        return;
    event->fault = (tns_calendar_fault){.line = line, .code = code, .what = what};
    snprintf(event->fault.found, sizeof event->fault.found, "%.40s", found);
    tns_text_mend(event->fault.found);
}

static bool add_text(tns_calendar_spot *at, tns_calendar_part part, const char *text,
                     tns_error *err)
{
    tns_calendar_event *e = at->event;
    if (at->texts++ >= TEXTS)
        return tns_error_set(err, TNS_ERROR_RANGE, "%s: line %zu: more than %d titles and the like",
                             at->out->name, at->line, TEXTS);
    tns_calendar_text *more =
        tns_calendar_grow(e->texts, e->text_count, &e->text_room, sizeof *more);
    if (more)
        e->texts = more;
    char *copy = more ? strdup(text) : NULL;
    if (!copy)
        return tns_calendar_fail_memory(at->out, err);
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    more[e->text_count++] = (tns_calendar_text){part, at->line, copy};
    return true;
}

/* Without its escapes. Several categories are several properties. */
static bool read_text(tns_calendar_spot *at, const char *line, tns_calendar_part part,
                      tns_error *err)
{
    icalcomponent *parsed = tns_calendar_parse_line(line);
    bool done = parsed || tns_calendar_fail_memory(at->out, err);
    icalproperty *p = parsed ? icalcomponent_get_first_property(parsed, ICAL_ANY_PROPERTY) : NULL;
    for (; p && done; p = icalcomponent_get_next_property(parsed, ICAL_ANY_PROPERTY)) {
        const icalvalue *value = icalproperty_get_value(p);
        if (icalproperty_isa(p) != ICAL_XLICERROR_PROPERTY && value &&
            icalvalue_isa(value) == ICAL_TEXT_VALUE)
            done = add_text(at, part, icalvalue_get_text(value), err);
    }
    if (parsed)
        icalcomponent_free(parsed);
    return done;
}

/* The one time of a line, short, as it is read again for each time that was moved. libical reads
   20261201 out of more than is one: both ways must agree. */
static bool read_time(const tns_calendar_spot *at, const char *line, struct icaltimetype *out)
{
    char name[TNS_CALENDAR_NAME];
    icalcomponent *parsed = strlen(line) < TIME ? tns_calendar_parse_line(line) : NULL;
    icalproperty *p = parsed ? icalcomponent_get_first_property(parsed, ICAL_ANY_PROPERTY) : NULL;
    bool done = p && tns_calendar_time_of(at->out, p, out);
    if (done) {
        tns_calendar_time_name(*out, name);
        done = strncmp(tns_calendar_value(line), name, 15) == 0;
    }
    if (parsed)
        icalcomponent_free(parsed);
    return done;
}

static void read_start(tns_calendar_spot *at, const char *line)
{
    struct icaltimetype time;
    at->event->day = read_time(at, line, &time) ? tns_calendar_day(time) : TNS_NO_DAY;
    if (at->event->day <= TNS_NO_DAY) {
        at->event->day = TNS_NO_DAY;
        tns_calendar_fault_at(at->event, at->line, TNS_ERROR_FORMAT,
                              "DTSTART: expected a day such as 20261130", tns_calendar_value(line));
    }
}

/* One that stands for all that follow it too. */
static bool has_range(const char *line)
{
    icalcomponent *parsed = tns_calendar_parse_line(line);
    icalproperty *p =
        parsed ? icalcomponent_get_first_property(parsed, ICAL_RECURRENCEID_PROPERTY) : NULL;
    bool has = p && icalproperty_get_first_parameter(p, ICAL_RANGE_PARAMETER);
    if (parsed)
        icalcomponent_free(parsed);
    return has;
}

static void read_place(tns_calendar_spot *at, const char *line)
{
    struct icaltimetype time;
    if (has_range(line))
        tns_calendar_fault_at(at->event, at->line, TNS_ERROR_UNSUPPORTED,
                              "RECURRENCE-ID: a RANGE is not understood: make an event of each",
                              line);
    else if (!read_time(at, line, &time))
        tns_calendar_fault_at(at->event, at->line, TNS_ERROR_FORMAT,
                              "RECURRENCE-ID: expected a day such as 20261130",
                              tns_calendar_value(line));
    else
        tns_calendar_time_name(time, at->event->instead_of);
}

/* For when the event's days are asked for. What is cut would be a list without its end. */
static bool keep_clause(tns_calendar_spot *at, icalproperty_kind kind, const char *line,
                        tns_error *err)
{
    tns_calendar_event *e = at->event;
    if (strlen(line) >= LINE) {
        tns_calendar_fault_at(e, at->line, TNS_ERROR_RANGE,
                              "a list of times that is longer than 64 kB", line);
        return true;
    }
    tns_calendar_clause *more =
        tns_calendar_grow(e->clauses, e->clause_count, &e->clause_room, sizeof *more);
    if (more)
        e->clauses = more;
    char *copy = more ? strdup(line) : NULL;
    if (!copy)
        return tns_calendar_fail_memory(at->out, err);
    more[e->clause_count++] = (tns_calendar_clause){kind, at->line, copy};
    return true;
}

static bool read_uid(tns_calendar_spot *at, const char *value, tns_error *err)
{
    free(at->event->uid);
    at->event->uid = value[0] ? strdup(value) : NULL;
    return at->event->uid || !value[0] || tns_calendar_fail_memory(at->out, err);
}

bool tns_calendar_read_property(tns_calendar_spot *at, icalproperty_kind kind, char *line,
                                tns_error *err)
{
    tns_calendar_event *e = at->event;
    const char *value = tns_calendar_value(line);
    struct icaltimetype time;
    switch (kind) {
    case ICAL_SUMMARY_PROPERTY:
    case ICAL_CATEGORIES_PROPERTY:
    case ICAL_DESCRIPTION_PROPERTY:
        if (strlen(line) >= LINE)
            line[LINE - 1] = '\0';
        return read_text(at, line,
                         kind == ICAL_SUMMARY_PROPERTY      ? TNS_CALENDAR_TITLE
                         : kind == ICAL_CATEGORIES_PROPERTY ? TNS_CALENDAR_CATEGORY
                                                            : TNS_CALENDAR_DESCRIPTION,
                         err);
    case ICAL_UID_PROPERTY:
        return read_uid(at, value, err);
    case ICAL_STATUS_PROPERTY:
        e->cancelled |= tns_text_same(value, "CANCELLED");
        return true;
    case ICAL_SEQUENCE_PROPERTY: /* some count milliseconds here, more than libical's int holds */
        e->revision = strtol(value, NULL, 10);
        return true;
    case ICAL_CREATED_PROPERTY:
        e->booked = read_time(at, line, &time) ? tns_calendar_day(time) : TNS_NO_DAY;
        return true;
    case ICAL_DTSTART_PROPERTY:
        read_start(at, line);
        return keep_clause(at, kind, line, err);
    case ICAL_RECURRENCEID_PROPERTY:
        read_place(at, line);
        return keep_clause(at, kind, line, err);
    case ICAL_RRULE_PROPERTY:
    case ICAL_RDATE_PROPERTY:
        e->repeats = e->repeats ? e->repeats : at->line;
        return keep_clause(at, kind, line, err);
    case ICAL_EXDATE_PROPERTY:
    case ICAL_EXRULE_PROPERTY:
        return keep_clause(at, kind, line, err);
    default:
        return true;
    }
}
