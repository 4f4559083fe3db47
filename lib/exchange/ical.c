/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits from a calendar: which of its events are some, and which count (RFC 5545, RFC 5546). The
   module calendar reads the file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/booking.h"
#include "exchange/bookings.h"
#include "exchange/calendar.h"
#include "exchange/visit_words.h"

/* An event, and what it is taken for. */
typedef struct entry {
    const tns_calendar_event *event;
    tns_booking booking;
    tns_visit_words said;
    bool has_figures; /* of a visit's own */
    bool is_visit;
    bool replaced; /* by another revision */
    /* Of which it stands for a time; NULL = for none, or its series is not in the file. */
    const tns_calendar_event *series;
    size_t others, other_end; /* of its series, in the reader's `others` */
    tns_calendar_fault fault; /* the first in its texts */
} entry;

typedef struct reader {
    const tns_calendar_module *module;
    tns_calendar *calendar;            /* owned */
    entry *entries;                    /* owned; in the order of the file */
    const tns_calendar_event **others; /* owned; by UID */
    tns_booking_list *out;
    size_t beyond, beyond_line; /* visits that repeat on and on, and the first of them */
    tns_day last;               /* how far they were followed, at the most */
} reader;

/* ---- what an event says of itself ---- */

static void fault(entry *e, size_t line, const char *what, const char *found)
{
    if (e->fault.line)
        return;
    e->fault = (tns_calendar_fault){.line = line, .code = TNS_ERROR_FORMAT, .what = what};
    snprintf(e->fault.found, sizeof e->fault.found, "%.40s", found);
    tns_text_mend(e->fault.found);
}

/* Whether it is a word with a value of that name. */
static bool has_value(const char *word, const char *name, const char **value)
{
    size_t n = strlen(name);
    *value = word + n;
    return strncmp(word, name, n) == 0;
}

/* A figure or a name of a visit's own, which no other events have. What was expected of it; NULL =
   it is right. */
static const char *read_value(const char *word, tns_booking *b, bool *known)
{
    const char *value;
    *known = true;
    if (has_value(word, "area=", &value))
        return tns_booking_area(value, &b->area_cm2) ? NULL : "expected an area such as area=180";
    if (has_value(word, "pot=", &value))
        return tns_booking_pot(value, &b->pot_ul) ? NULL : "expected a pot such as pot=3ml";
    if (has_value(word, "client=", &value))
        return tns_text_copy(b->client, sizeof b->client, value)
                   ? NULL
                   : "expected a client of less than 48 characters";
    if (has_value(word, "recipe=", &value))
        return tns_text_copy(b->recipe, sizeof b->recipe, value)
                   ? NULL
                   : "expected a recipe of less than 240 characters";
    *known = false;
    return NULL;
}

static void read_word(const char *word, size_t line, entry *e)
{
    bool known;
    const char *expected = read_value(word, &e->booking, &known);
    if (expected)
        fault(e, line, expected, word);
    else
        e->has_figures |= known;
}

/* Between blanks. */
static void read_text(char *text, size_t line, bool title, entry *e)
{
    tns_visit_words_read(&e->said, text, title);
    for (char *word = text, *next; *word; word = next) {
        word += strspn(word, " \t");
        next = word + strcspn(word, " \t");
        if (*next)
            *next++ = '\0';
        size_t n = strlen(word);
        if (n > 1 && strchr(":.;,", word[n - 1]))
            word[n - 1] = '\0'; /* "area=180, crown" */
        read_word(word, line, e);
    }
}

/* Each is a title; libical does not split at every comma. */
static void read_categories(char *text, size_t line, entry *e)
{
    for (char *next; *text; text = next) {
        next = text + strcspn(text, ",");
        if (*next)
            *next++ = '\0';
        read_text(text, line, true, e);
    }
}

static void read_texts(entry *e)
{
    for (size_t i = 0; i < e->event->text_count; i++) {
        const tns_calendar_text *t = &e->event->texts[i];
        if (t->part == TNS_CALENDAR_CATEGORY)
            read_categories(t->text, t->line, e);
        else
            read_text(t->text, t->line, t->part == TNS_CALENDAR_TITLE, e);
    }
}

/* A kind of visit that stands where it may mean anything ("Galaxy S3 repair") is told of. */
static bool is_visit(reader *r, const entry *e)
{
    const tns_visit_words *said = &e->said;
    const char *kind = tns_course_step_name(said->kind);
    bool visit = said->place != TNS_KIND_NOT_NAMED &&
                 (e->has_figures || said->place == TNS_KIND_IN_PLACE ||
                  (said->place == TNS_KIND_AMONG_WORDS && said->of_scalps));
    if (e->event->cancelled)
        return false;
    if (said->called_off && visit)
        tns_warn(&r->out->warnings, "line %zu: its title says that it is called off: passed over",
                 e->event->line);
    else if (said->is_talk && visit)
        tns_warn(&r->out->warnings,
                 "line %zu: its title says that it is a talk: taken for no visit", e->event->line);
    else if (said->place == TNS_KIND_OF_OTHERS && !visit)
        tns_warn(&r->out->warnings,
                 "line %zu: \"%s\" is said of something else: taken for no visit", e->event->line,
                 kind);
    else if (said->place == TNS_KIND_AMONG_WORDS && !visit)
        tns_warn(&r->out->warnings,
                 "line %zu: \"%s\" is said among other words: taken for no visit without SMP",
                 e->event->line, kind);
    else if (said->place == TNS_KIND_NOT_NAMED && (said->of_scalps || e->has_figures))
        tns_warn(&r->out->warnings,
                 "line %zu: SMP is said, but no kind (S1 to S4, touch-up): taken for no visit",
                 e->event->line);
    return visit && !said->called_off && !said->is_talk;
}

/* Of its texts and of its times the fault that stands first. */
static bool check(const reader *r, const entry *e, tns_error *err)
{
    const tns_calendar_fault *one = &e->fault, *other = &e->event->fault;
    const tns_calendar_fault *first =
        !one->line || (other->line && other->line < one->line) ? other : one;
    if (first->line)
        return tns_error_set(err, first->code, "%s: line %zu: %s, found \"%s\"", r->calendar->name,
                             first->line, first->what, first->found);
    return e->event->day != TNS_NO_DAY ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: the event has no DTSTART",
                         r->calendar->name, e->event->line);
}

static bool read_entry(reader *r, const tns_calendar_event *event, entry *e, tns_error *err)
{
    *e = (entry){.event = event};
    read_texts(e);
    e->booking.day = event->day;
    e->booking.booked = event->booked;
    e->booking.revision = event->revision;
    e->booking.kind = e->said.kind;
    if (!e->booking.client[0] && !e->said.several_clients)
        e->booking.number = e->said.client;
    e->is_visit = is_visit(r, e);
    return !e->is_visit || check(r, e, err);
}

static bool read_entries(reader *r, tns_error *err)
{
    bool done = true;
    for (size_t i = 0; i < r->calendar->count && done; i++)
        done = read_entry(r, &r->calendar->events[i], &r->entries[i], err);
    return done;
}

/* ---- which of them count ---- */

/* The last revision first, and of one revision the one that stands later. */
static int by_revision(const tns_calendar_event *a, const tns_calendar_event *b)
{
    int order = (a->revision < b->revision) - (a->revision > b->revision);
    return order ? order : (a < b) - (a > b);
}

/* By UID, then the series itself before its single times. */
static int by_uid(const void *one, const void *other)
{
    const tns_calendar_event *a = (*(entry *const *)one)->event;
    const tns_calendar_event *b = (*(entry *const *)other)->event;
    int order = strcmp(a->uid ? a->uid : "", b->uid ? b->uid : "");
    if (order == 0)
        order = strcmp(a->instead_of, b->instead_of);
    return order ? order : by_revision(a, b);
}

/* Those of one UID: of the series, and of each of its times, the last revision counts, be it that
   it is cancelled. A series that was called off takes along the times that were told before. */
static void resolve(reader *r, entry **places, size_t begin, size_t end)
{
    entry *series = places[begin]->event->instead_of[0] ? NULL : places[begin];
    bool over = series && series->event->cancelled;
    for (size_t i = begin + 1; i < end; i++) {
        const tns_calendar_event *event = places[i]->event;
        bool again = strcmp(event->instead_of, places[i - 1]->event->instead_of) == 0;
        places[i]->replaced = again || (over && by_revision(series->event, event) < 0);
        r->others[i] = event;
        if (series && event->instead_of[0]) {
            places[i]->series = series->event;
            series->others = series->other_end ? series->others : i;
            series->other_end = i + 1;
        }
    }
}

static bool resolve_all(reader *r, tns_error *err)
{
    size_t count = r->calendar->count;
    entry **places = malloc((count ? count : 1) * sizeof *places);
    if (!places)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", r->calendar->name);
    for (size_t i = 0; i < count; i++)
        places[i] = &r->entries[i];
    qsort(places, count, sizeof *places, by_uid);
    for (size_t begin = 0, end; begin < count; begin = end) {
        const char *uid = places[begin]->event->uid;
        for (end = begin + 1; uid && end < count && strcmp(uid, places[end]->event->uid) == 0;)
            end++;
        resolve(r, places, begin, end);
    }
    free(places);
    return true;
}

/* ---- the visits ---- */

/* A time of a series is known by the series' UID and the time it would be at by the rule. */
static void set_id(tns_booking *b, const tns_calendar_event *event, const char *time)
{
    enum { SIZE = 4096 };
    char id[SIZE];
    if (!event->uid)
        return;
    snprintf(id, sizeof id, "%.4000s%s%s", event->uid, time[0] ? "/" : "", time);
    tns_booking_name(id, b->id);
}

/* Only the first was booked on the day that the series was made. */
static bool add_time(reader *r, const entry *e, const tns_calendar_time *time, tns_error *err)
{
    tns_booking b = e->booking;
    b.booked = time->day == b.day ? b.booked : TNS_NO_DAY;
    b.day = time->day;
    set_id(&b, e->event, time->name);
    return tns_booking_add(r->out, &b, r->calendar->name, err);
}

static bool add_series(reader *r, const entry *e, tns_error *err)
{
    tns_calendar_series series = {0};
    bool done = r->module->spread(r->calendar, e->event, r->others + e->others,
                                  e->other_end - e->others, &series, err);
    for (size_t i = 0; i < series.count && done; i++)
        done = add_time(r, e, &series.times[i], err);
    if (series.last != TNS_NO_DAY && r->beyond++ == 0)
        r->beyond_line = e->event->line;
    r->last = series.last > r->last ? series.last : r->last;
    r->module->finish_series(&series);
    return done;
}

static bool add_single(reader *r, const entry *e, tns_error *err)
{
    tns_booking b = e->booking;
    char time[TNS_CALENDAR_NAME];
    snprintf(time, sizeof time, "%s", e->event->instead_of);
    if (e->series && !r->module->place(r->calendar, e->series, e->event, time, err))
        return false;
    set_id(&b, e->event, time);
    return tns_booking_add(r->out, &b, r->calendar->name, err);
}

static bool add_entry(reader *r, const entry *e, tns_error *err)
{
    if (!e->is_visit || e->replaced) {
        r->out->passed_over++;
        return true;
    }
    if (!e->event->instead_of[0] && (e->event->repeats || e->other_end))
        return add_series(r, e, err);
    return add_single(r, e, err);
}

static void warn_of_endless(reader *r)
{
    char last[TNS_DAY_TEXT];
    tns_day_write(r->last, last);
    if (r->beyond == 1)
        tns_warn(&r->out->warnings, "line %zu: the visit repeats beyond %s: read up to then",
                 r->beyond_line, last);
    else if (r->beyond > 1)
        tns_warn(&r->out->warnings,
                 "%zu visits repeat beyond %s, the first of line %zu: read up to then", r->beyond,
                 last, r->beyond_line);
}

static bool add_entries(reader *r, tns_error *err)
{
    bool done = true;
    for (size_t i = 0; i < r->calendar->count && done; i++)
        done = add_entry(r, &r->entries[i], err);
    warn_of_endless(r);
    return done;
}

static bool read_visits(reader *r, const char *text, size_t length, const char *name,
                        tns_error *err)
{
    r->calendar = r->module->read(text, length, name, err);
    if (!r->calendar)
        return false;
    size_t count = r->calendar->count ? r->calendar->count : 1;
    r->entries = malloc(count * sizeof *r->entries);
    r->others = malloc(count * sizeof *r->others);
    if (!r->entries || !r->others)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    return read_entries(r, err) && resolve_all(r, err) && add_entries(r, err);
}

void tns_bookings_tools(char *text, size_t size)
{
    const tns_calendar_module *module = tns_module_load("calendar", NULL);
    snprintf(text, size, "read by libical %s",
             module ? module->version() : "that is not installed");
}

bool tns_bookings_parse_ical(const char *text, size_t length, const char *name,
                             tns_booking_list *out, tns_error *err)
{
    tns_error missing;
    reader r = {.module = tns_module_load("calendar", &missing), .out = out};
    if (!r.module)
        return tns_error_set(err, missing.code, "%s: %s", name, missing.text);
    if (memchr(text, '\0', length))
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected UTF-8, found a NUL", name);
    bool done = read_visits(&r, text, length, name, err);
    free(r.entries);
    free(r.others);
    r.module->destroy(r.calendar);
    return done;
}
