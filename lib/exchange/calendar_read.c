/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The events of a calendar, in the module calendar. libical joins folded lines, undoes escapes and
 * reads times; it tells no lines, so BEGIN and END are followed here, and each line is given to it
 * by itself. That also keeps components from being nested by a stranger's file: libical frees them
 * by calling itself, once a level.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/calendar_inside.h"

enum { LINE = 1 << 16, TIME = 1000, ZONE = 1 << 16, ZONE_RULES = 12, TEXTS = 500000 };

/* What libical reads its lines from. */
typedef struct source {
    const char *at, *end;
    size_t line;  /* that `at` is in, from 1 */
    size_t piece; /* of the piece that was given last */
} source;

/* A VTIMEZONE as it is collected. */
typedef struct zone_text {
    char *text; /* owned; NULL = outside of one */
    size_t used;
    int rules;
    bool spoilt;
} zone_text;

typedef struct reader {
    source from;
    size_t line, texts; /* the line at hand; how many titles and the like there are */
    tns_calendar *out;
    tns_calendar_event *event; /* NULL = outside of one */
    int depth;                 /* within it: of alarms and the like */
    zone_text zone;
    bool begun, open, cancels; /* some calendar; this one; and it is of events called off */
} reader;

void *tns_calendar_grow(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    size_t wanted = *room ? 2 * *room : 4;
    void *more = realloc(array, wanted * size);
    if (more)
        *room = wanted;
    return more;
}

static bool fail_memory(const tns_calendar *c, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", c->name);
}

/* ---- lines ---- */

/* As fgets() gives them; a line that is longer comes in pieces. */
static char *next_piece(char *out, size_t size, void *user)
{
    source *s = user;
    size_t left = (size_t)(s->end - s->at), n = left < size - 1 ? left : size - 1;
    const char *end = n ? memchr(s->at, '\n', n) : NULL;
    s->piece = s->line;
    if (n == 0)
        return NULL;
    n = end ? (size_t)(end + 1 - s->at) : n;
    memcpy(out, s->at, n);
    out[n] = '\0';
    s->at += n;
    s->line += end != NULL;
    return out;
}

const char *tns_calendar_value(const char *line)
{
    bool quoted = false;
    for (; *line; line++) {
        quoted ^= *line == '"';
        if (*line == ':' && !quoted)
            return line + 1;
    }
    return line;
}

icalcomponent *tns_calendar_parse_line(const char *line)
{
    static const char begin[] = "BEGIN:VEVENT\r\n", end[] = "\r\nEND:VEVENT\r\n";
    size_t size = sizeof begin + strlen(line) + sizeof end;
    char *text = malloc(size);
    if (!text)
        return NULL;
    snprintf(text, size, "%s%s%s", begin, line, end);
    icalcomponent *parsed = icalparser_parse_string(text);
    free(text);
    return parsed;
}

/* ---- what an event says ---- */

void tns_calendar_fault_at(tns_calendar_event *event, size_t line, tns_code code, const char *what,
                           const char *found)
{
    if (event->fault.line)
        return;
    event->fault = (tns_calendar_fault){.line = line, .code = code, .what = what};
    snprintf(event->fault.found, sizeof event->fault.found, "%.40s", found);
    tns_text_mend(event->fault.found);
}

static bool add_text(reader *r, tns_calendar_part part, const char *text, tns_error *err)
{
    tns_calendar_event *e = r->event;
    if (r->texts++ >= TEXTS)
        return tns_error_set(err, TNS_ERROR_RANGE, "%s: line %zu: more than %d titles and the like",
                             r->out->name, r->line, TEXTS);
    tns_calendar_text *more =
        tns_calendar_grow(e->texts, e->text_count, &e->text_room, sizeof *more);
    if (more)
        e->texts = more;
    char *copy = more ? strdup(text) : NULL;
    if (!copy)
        return fail_memory(r->out, err);
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    more[e->text_count++] = (tns_calendar_text){part, r->line, copy};
    return true;
}

/* Without its escapes. Several categories are several properties. */
static bool read_text(reader *r, const char *line, tns_calendar_part part, tns_error *err)
{
    icalcomponent *parsed = tns_calendar_parse_line(line);
    bool done = parsed || fail_memory(r->out, err);
    icalproperty *p = parsed ? icalcomponent_get_first_property(parsed, ICAL_ANY_PROPERTY) : NULL;
    for (; p && done; p = icalcomponent_get_next_property(parsed, ICAL_ANY_PROPERTY)) {
        const icalvalue *value = icalproperty_get_value(p);
        if (icalproperty_isa(p) != ICAL_XLICERROR_PROPERTY && value &&
            icalvalue_isa(value) == ICAL_TEXT_VALUE)
            done = add_text(r, part, icalvalue_get_text(value), err);
    }
    if (parsed)
        icalcomponent_free(parsed);
    return done;
}

/* The one time of a line, short, as it is read again for each time that was moved. libical reads
   20261201 out of more than is one: both ways must agree. */
static bool read_time(const reader *r, const char *line, struct icaltimetype *out)
{
    char name[TNS_CALENDAR_NAME];
    icalcomponent *parsed = strlen(line) < TIME ? tns_calendar_parse_line(line) : NULL;
    icalproperty *p = parsed ? icalcomponent_get_first_property(parsed, ICAL_ANY_PROPERTY) : NULL;
    bool done = p && tns_calendar_time_of(r->out, p, out);
    if (done) {
        tns_calendar_time_name(*out, name);
        done = strncmp(tns_calendar_value(line), name, 15) == 0;
    }
    if (parsed)
        icalcomponent_free(parsed);
    return done;
}

static void read_start(reader *r, const char *line)
{
    struct icaltimetype time;
    r->event->day = read_time(r, line, &time) ? tns_calendar_day(time) : TNS_NO_DAY;
    if (r->event->day <= TNS_NO_DAY) {
        r->event->day = TNS_NO_DAY;
        tns_calendar_fault_at(r->event, r->line, TNS_ERROR_FORMAT,
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

static void read_place(reader *r, const char *line)
{
    struct icaltimetype time;
    if (has_range(line))
        tns_calendar_fault_at(r->event, r->line, TNS_ERROR_UNSUPPORTED,
                              "RECURRENCE-ID: a RANGE is not understood: make an event of each",
                              line);
    else if (!read_time(r, line, &time))
        tns_calendar_fault_at(r->event, r->line, TNS_ERROR_FORMAT,
                              "RECURRENCE-ID: expected a day such as 20261130",
                              tns_calendar_value(line));
    else
        tns_calendar_time_name(time, r->event->instead_of);
}

/* For when the event's days are asked for. What is cut would be a list without its end. */
static bool keep_clause(reader *r, icalproperty_kind kind, const char *line, tns_error *err)
{
    tns_calendar_event *e = r->event;
    if (strlen(line) >= LINE) {
        tns_calendar_fault_at(e, r->line, TNS_ERROR_RANGE,
                              "a list of times that is longer than 64 kB", line);
        return true;
    }
    tns_calendar_clause *more =
        tns_calendar_grow(e->clauses, e->clause_count, &e->clause_room, sizeof *more);
    if (more)
        e->clauses = more;
    char *copy = more ? strdup(line) : NULL;
    if (!copy)
        return fail_memory(r->out, err);
    more[e->clause_count++] = (tns_calendar_clause){kind, r->line, copy};
    return true;
}

static bool read_uid(reader *r, const char *value, tns_error *err)
{
    free(r->event->uid);
    r->event->uid = value[0] ? strdup(value) : NULL;
    return r->event->uid || !value[0] || fail_memory(r->out, err);
}

/* A text that is too long is cut. */
static bool read_property(reader *r, icalproperty_kind kind, char *line, tns_error *err)
{
    tns_calendar_event *e = r->event;
    const char *value = tns_calendar_value(line);
    struct icaltimetype time;
    switch (kind) {
    case ICAL_SUMMARY_PROPERTY:
    case ICAL_CATEGORIES_PROPERTY:
    case ICAL_DESCRIPTION_PROPERTY:
        if (strlen(line) >= LINE)
            line[LINE - 1] = '\0';
        return read_text(r, line,
                         kind == ICAL_SUMMARY_PROPERTY      ? TNS_CALENDAR_TITLE
                         : kind == ICAL_CATEGORIES_PROPERTY ? TNS_CALENDAR_CATEGORY
                                                            : TNS_CALENDAR_DESCRIPTION,
                         err);
    case ICAL_UID_PROPERTY:
        return read_uid(r, value, err);
    case ICAL_STATUS_PROPERTY:
        e->cancelled |= tns_text_same(value, "CANCELLED");
        return true;
    case ICAL_SEQUENCE_PROPERTY: /* some count milliseconds here, more than libical's int holds */
        e->revision = strtol(value, NULL, 10);
        return true;
    case ICAL_CREATED_PROPERTY:
        e->booked = read_time(r, line, &time) ? tns_calendar_day(time) : TNS_NO_DAY;
        return true;
    case ICAL_DTSTART_PROPERTY:
        read_start(r, line);
        return keep_clause(r, kind, line, err);
    case ICAL_RECURRENCEID_PROPERTY:
        read_place(r, line);
        return keep_clause(r, kind, line, err);
    case ICAL_RRULE_PROPERTY:
    case ICAL_RDATE_PROPERTY:
        e->repeats = e->repeats ? e->repeats : r->line;
        return keep_clause(r, kind, line, err);
    case ICAL_EXDATE_PROPERTY:
    case ICAL_EXRULE_PROPERTY:
        return keep_clause(r, kind, line, err);
    default:
        return true;
    }
}

/* ---- the frame ---- */

static bool begin_event(reader *r, tns_error *err)
{
    tns_calendar *c = r->out;
    if (c->count >= TNS_CALENDAR_EVENTS)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: more than %d events", c->name,
                             r->line, TNS_CALENDAR_EVENTS);
    tns_calendar_event *more = tns_calendar_grow(c->events, c->count, &c->room, sizeof *more);
    if (!more)
        return fail_memory(c, err);
    c->events = more;
    r->event = &more[c->count++];
    *r->event = (tns_calendar_event){.line = r->line, .cancelled = r->cancels};
    r->depth = 0;
    return true;
}

/* What stands within an alarm is not the event's. */
static bool read_of_event(reader *r, const char *name, char *line, tns_error *err)
{
    if (tns_text_same(name, "BEGIN"))
        r->depth++;
    else if (tns_text_same(name, "END") && r->depth-- == 0)
        r->event = NULL;
    else if (r->depth == 0)
        return read_property(r, icalproperty_string_to_kind(name), line, err);
    return true;
}

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

static void add_to_zone(zone_text *zone, const char *name, const char *line)
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

static void end_zone(reader *r, bool whole)
{
    if (whole && !r->zone.spoilt)
        tns_calendar_add_zone(r->out, r->zone.text);
    free(r->zone.text);
    r->zone = (zone_text){0};
}

/* Up to its own end, or to where something else begins. Whether the line was the zone's. */
static bool read_of_zone(reader *r, const char *name, const char *line)
{
    const char *value = tns_calendar_value(line);
    bool begins = tns_text_same(name, "BEGIN"), ends = tns_text_same(name, "END");
    bool part = tns_text_same(value, "STANDARD") || tns_text_same(value, "DAYLIGHT");
    if ((begins || ends) && !part && !tns_text_same(value, "VTIMEZONE")) {
        end_zone(r, false);
        return false;
    }
    if (begins || ends) { /* libical prints its complaint where they are not of one another */
        r->depth += part ? begins - ends : 0;
        r->zone.spoilt |= (begins && !part) || r->depth < 0 || r->depth > part;
    }
    add_to_zone(&r->zone, name, line);
    if (ends && !part)
        end_zone(r, true);
    return true;
}

static bool begin_zone(reader *r, const char *line, tns_error *err)
{
    r->zone = (zone_text){.text = malloc(ZONE)};
    r->depth = 0;
    if (!r->zone.text)
        return fail_memory(r->out, err);
    add_to_zone(&r->zone, "BEGIN", line);
    return true;
}

/* One calendar after the other: exports are put together like that. */
static bool read_of_file(reader *r, const char *name, const char *line, tns_error *err)
{
    const char *value = tns_calendar_value(line);
    bool begins = tns_text_same(name, "BEGIN");
    if (tns_text_same(name, "METHOD"))
        r->cancels = tns_text_same(value, "CANCEL");
    if (begins && tns_text_same(value, "VEVENT"))
        return begin_event(r, err);
    if (begins && tns_text_same(value, "VTIMEZONE"))
        return begin_zone(r, line, err);
    if (tns_text_same(value, "VCALENDAR")) {
        r->open = begins;
        r->begun |= begins;
        r->cancels = false;
    }
    return true;
}

static bool read_line(reader *r, char *line, tns_error *err)
{
    char name[32];
    if (!tns_text_is_utf8(line, strlen(line))) /* unfolded: some fold within a character */
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected UTF-8", r->out->name,
                             r->line);
    snprintf(name, sizeof name, "%.*s", (int)strcspn(line, ":;"), line);
    if (r->event)
        return read_of_event(r, name, line, err);
    return (r->zone.text && read_of_zone(r, name, line)) || read_of_file(r, name, line, err);
}

static bool read_lines(reader *r, tns_error *err)
{
    icalparser *parser = icalparser_new();
    bool done = parser || fail_memory(r->out, err);
    char *line;
    if (parser)
        icalparser_set_gen_data(parser, &r->from);
    r->line = 1;
    while (done && (line = icalparser_get_line(parser, next_piece))) {
        done = read_line(r, line, err);
        icalmemory_free_buffer(line);
        r->line = r->from.piece; /* libical has looked one line ahead */
    }
    if (parser)
        icalparser_free(parser);
    return done;
}

static bool read_file(reader *r, tns_error *err)
{
    bool done = read_lines(r, err);
    if (done && !r->begun) /* as with CR alone */
        done = tns_error_set(err, TNS_ERROR_FORMAT, "%s: line 1: expected lines that end in LF",
                             r->out->name);
    if (done && r->event)
        done = tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: the event does not end",
                             r->out->name, r->event->line);
    if (done && r->open)
        done = tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: the calendar does not end",
                             r->out->name, r->from.line);
    free(r->zone.text);
    return done;
}

/* ---- the module ---- */

static void finish_event(tns_calendar_event *e)
{
    for (size_t i = 0; i < e->text_count; i++)
        free(e->texts[i].text);
    for (size_t i = 0; i < e->clause_count; i++)
        free(e->clauses[i].text);
    free(e->texts);
    free(e->clauses);
    free(e->uid);
}

static void destroy(tns_calendar *calendar)
{
    if (!calendar)
        return;
    for (size_t i = 0; i < calendar->count; i++)
        finish_event(&calendar->events[i]);
    tns_calendar_free_zones(calendar);
    free(calendar->events);
    free(calendar);
}

static tns_calendar *read_calendar(const char *text, size_t length, const char *name,
                                   tns_error *err)
{
    tns_calendar *out = calloc(1, sizeof *out);
    if (!out) {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        return NULL;
    }
    snprintf(out->name, sizeof out->name, "%s", name);
    icalerror_set_errors_are_fatal(false);
    reader r = {.from = {.at = text, .end = text + length, .line = 1}, .out = out};
    if (!read_file(&r, err)) {
        destroy(out);
        return NULL;
    }
    return out;
}

static const char *version(void)
{
    return ICAL_VERSION;
}

const tns_calendar_module tns_module_calendar = {{TNS_VERSION},
                                                 version,
                                                 read_calendar,
                                                 tns_calendar_spread,
                                                 tns_calendar_place,
                                                 tns_calendar_finish_series,
                                                 destroy};
