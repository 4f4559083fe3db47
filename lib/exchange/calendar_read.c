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

/* What libical reads its lines from. */
typedef struct source {
    const char *at, *end;
    size_t line;  /* that `at` is in, from 1 */
    size_t piece; /* of the piece that was given last */
} source;

typedef struct reader {
    source from;
    tns_calendar_spot at;
    int depth; /* within an event: of alarms and the like */
    tns_calendar_zone_text zone;
    bool begun, open, cancels; /* some calendar; this one; and it is of events called off */
} reader;

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

/* ---- the frame ---- */

static bool begin_event(reader *r, tns_error *err)
{
    tns_calendar *c = r->at.out;
    if (c->count >= TNS_CALENDAR_EVENTS)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: more than %d events", c->name,
                             r->at.line, TNS_CALENDAR_EVENTS);
    tns_calendar_event *more = tns_calendar_grow(c->events, c->count, &c->room, sizeof *more);
    if (!more)
        return tns_calendar_fail_memory(c, err);
    c->events = more;
    r->at.event = &more[c->count++];
    *r->at.event = (tns_calendar_event){.line = r->at.line, .cancelled = r->cancels};
    r->depth = 0;
    return true;
}

/* What stands within an alarm is not the event's. */
static bool read_of_event(reader *r, const char *name, char *line, tns_error *err)
{
    if (tns_text_same(name, "BEGIN"))
        r->depth++;
    else if (tns_text_same(name, "END") && r->depth-- == 0)
        r->at.event = NULL;
    else if (r->depth == 0)
        return tns_calendar_read_property(&r->at, icalproperty_string_to_kind(name), line, err);
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
        return tns_calendar_begin_zone(&r->zone, r->at.out, line, err);
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
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected UTF-8", r->at.out->name,
                             r->at.line);
    snprintf(name, sizeof name, "%.*s", (int)strcspn(line, ":;"), line);
    if (r->at.event)
        return read_of_event(r, name, line, err);
    return (r->zone.text && tns_calendar_read_zone(&r->zone, r->at.out, name, line)) ||
           read_of_file(r, name, line, err);
}

static bool read_lines(reader *r, tns_error *err)
{
    icalparser *parser = icalparser_new();
    bool done = parser || tns_calendar_fail_memory(r->at.out, err);
    char *line;
    if (parser)
        icalparser_set_gen_data(parser, &r->from);
    r->at.line = 1;
    while (done && (line = icalparser_get_line(parser, next_piece))) {
        done = read_line(r, line, err);
        icalmemory_free_buffer(line);
        r->at.line = r->from.piece; /* libical has looked one line ahead */
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
                             r->at.out->name);
    if (done && r->at.event)
        done = tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: the event does not end",
                             r->at.out->name, r->at.event->line);
    if (done && r->open)
        done = tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: the calendar does not end",
                             r->at.out->name, r->from.line);
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
    reader r = {.from = {.at = text, .end = text + length, .line = 1}, .at.out = out};
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
