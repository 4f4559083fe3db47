/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits from a calendar: RFC 5545, as far as appointments need it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/booking.h"
#include "exchange/bookings.h"
#include "exchange/visit_words.h"

enum { LINE = 4096 };

/* A content line, unfolded: NAME;PARAMETERS:VALUE. What is longer than LINE is cut. */
typedef struct content {
    char text[LINE];
    size_t line; /* in the file, from 1 */
    char *name, *parameters, *value;
} content;

typedef struct reader {
    const char *at, *end, *file;
    size_t line; /* the next one */
    tns_booking_list *out;
    bool cancels; /* the calendar: it is of events that are called off */
} reader;

/* An event as it is read. What is wrong in it counts if it turns out to be a visit. */
typedef struct event {
    tns_booking booking;
    size_t line; /* of its BEGIN */
    bool has_day, cancelled;
    bool has_figures; /* of a visit's own */
    tns_visit_words said;
    size_t repeats; /* the line that says so; 0 = none */
    bool faulty;
    tns_error fault; /* the first */
} event;

static void fault(const reader *r, size_t line, event *e, const char *what, const char *found)
{
    if (!e->faulty)
        tns_error_set(&e->fault, TNS_ERROR_FORMAT, "%s: line %zu: %s, found \"%.40s\"", r->file,
                      line, what, found);
    e->faulty = true;
}

/* ---- lines ---- */

/* One line of the file, without its end, onto `text`. */
static size_t append_line(reader *r, char *text, size_t used)
{
    const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));
    const char *next = end ? end + 1 : r->end;
    size_t n = (size_t)((end ? end : r->end) - r->at);
    if (n > 0 && r->at[n - 1] == '\r')
        n--;
    size_t kept = n < LINE - 1 - used ? n : LINE - 1 - used;
    memcpy(text + used, r->at, kept);
    r->at = next;
    r->line++;
    return used + kept;
}

/* Where the value begins: behind the first colon that is not in quotes; NULL = nowhere. */
static char *find_colon(char *text)
{
    bool quoted = false;
    for (; *text; text++) {
        quoted ^= *text == '"';
        if (*text == ':' && !quoted)
            return text;
    }
    return NULL;
}

/* The next content line; false at the end. One without a colon has an empty value. */
static bool next_content(reader *r, content *c)
{
    if (r->at >= r->end)
        return false;
    c->line = r->line;
    size_t used = append_line(r, c->text, 0);
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t')) {
        r->at++;
        used = append_line(r, c->text, used);
    }
    c->text[used] = '\0';
    char *colon = find_colon(c->text);
    c->value = colon ? colon + 1 : c->text + used;
    if (colon)
        *colon = '\0';
    c->name = c->text;
    c->parameters = c->text + strcspn(c->text, ";");
    if (*c->parameters)
        *c->parameters++ = '\0';
    return true;
}

/* \n, \, \; and \\ in a text, in place. */
static void unescape(char *text)
{
    char *to = text;
    for (; *text; text++) {
        bool escaped = text[0] == '\\' && text[1];
        text += escaped;
        *to++ = escaped && (*text == 'n' || *text == 'N') ? ' ' : *text;
    }
    *to = '\0';
}

/* ---- days ---- */

/* So many digits as a number; -1 when there are others. */
static int digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!isdigit((unsigned char)text[i]))
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

static int64_t told(void *user)
{
    return *(int64_t *)user;
}

/* "20261130", "20261130T093000", or with a Z: then the day that it is here at that moment. */
static bool read_moment(const char *text, tns_day *out)
{
    char day[TNS_DAY_TEXT];
    size_t n = strlen(text);
    if (n < 8 || digits(text, 8) < 0)
        return false;
    snprintf(day, sizeof day, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
    if (!tns_day_parse(day, out, NULL))
        return false;
    if (n == 8)
        return true;
    int hours = n >= 15 && text[8] == 'T' ? digits(text + 9, 2) : -1;
    int minutes = hours >= 0 ? digits(text + 11, 2) : -1, seconds = 0;
    if (minutes >= 0)
        seconds = digits(text + 13, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60)
        return false;
    if (n == 16 && text[15] == 'Z') {
        int64_t time = (int64_t)*out * 86400 + hours * 3600 + minutes * 60 + seconds;
        *out = tns_day_today(&(tns_context){.user = &time, .clock = told});
        return true;
    }
    return n == 15;
}

/* ---- what an event says of itself ---- */

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

static void read_word(const reader *r, const char *word, size_t line, event *e)
{
    bool known;
    const char *expected = read_value(word, &e->booking, &known);
    if (expected)
        fault(r, line, e, expected, word);
    else
        e->has_figures |= known;
}

/* Between blanks. */
static void read_text(const reader *r, char *text, size_t line, bool title, event *e)
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
        read_word(r, word, line, e);
    }
}

/* Each is a title. */
static void read_categories(const reader *r, content *c, event *e)
{
    for (char *text = c->value, *next; *text; text = next) {
        next = text + strcspn(text, ",");
        if (*next)
            *next++ = '\0';
        read_text(r, text, c->line, true, e);
    }
}

static void read_property(const reader *r, content *c, event *e)
{
    tns_booking *b = &e->booking;
    bool title = tns_text_same(c->name, "SUMMARY"), listed = tns_text_same(c->name, "CATEGORIES");
    if (title || listed || tns_text_same(c->name, "DESCRIPTION"))
        unescape(c->value);
    if (listed)
        read_categories(r, c, e);
    else if (title || tns_text_same(c->name, "DESCRIPTION"))
        read_text(r, c->value, c->line, title, e);
    if (tns_text_same(c->name, "DTSTART")) {
        e->has_day = read_moment(c->value, &b->day);
        if (!e->has_day)
            fault(r, c->line, e, "DTSTART: expected a day such as 20261130", c->value);
    }
    if (tns_text_same(c->name, "CREATED") && !read_moment(c->value, &b->booked))
        b->booked = TNS_NO_DAY;
    if (tns_text_same(c->name, "STATUS"))
        e->cancelled |= tns_text_same(c->value, "CANCELLED");
    if (tns_text_same(c->name, "SEQUENCE"))
        b->revision = strtol(c->value, NULL, 10);
    if (tns_text_same(c->name, "RRULE") || tns_text_same(c->name, "RDATE"))
        e->repeats = c->line;
    if (tns_text_same(c->name, "UID"))
        tns_booking_name(c->value, b->id);
}

/* What is no visit, or none any more, has no day: it only takes the place of what it was. */
static bool pass_over(reader *r, event *e, tns_error *err)
{
    e->booking.day = TNS_NO_DAY;
    if (e->booking.id[0])
        return tns_booking_add(r->out, &e->booking, r->file, err);
    r->out->passed_over++;
    return true;
}

/* A kind of visit that stands where it may mean anything ("Galaxy S3 repair") is told of. */
static bool is_visit(reader *r, const event *e)
{
    const tns_visit_words *said = &e->said;
    const char *kind = tns_course_step_name(said->kind);
    bool visit = said->place != TNS_KIND_NOT_NAMED &&
                 (e->has_figures || said->place == TNS_KIND_IN_PLACE ||
                  (said->place == TNS_KIND_AMONG_WORDS && said->of_scalps));
    if (e->cancelled)
        return false;
    if (said->called_off && visit)
        tns_warn(&r->out->warnings, "line %zu: its title says that it is called off: passed over",
                 e->line);
    else if (said->is_talk && visit)
        tns_warn(&r->out->warnings,
                 "line %zu: its title says that it is a talk: taken for no visit", e->line);
    else if (said->place == TNS_KIND_OF_OTHERS && !visit)
        tns_warn(&r->out->warnings,
                 "line %zu: \"%s\" is said of something else: taken for no visit", e->line, kind);
    else if (said->place == TNS_KIND_AMONG_WORDS && !visit)
        tns_warn(&r->out->warnings,
                 "line %zu: \"%s\" is said among other words: taken for no visit without SMP",
                 e->line, kind);
    else if (said->place == TNS_KIND_NOT_NAMED && (said->of_scalps || e->has_figures))
        tns_warn(&r->out->warnings,
                 "line %zu: SMP is said, but no kind (S1 to S4, touch-up): taken for no visit",
                 e->line);
    return visit && !said->called_off && !said->is_talk;
}

static bool end_event(reader *r, event *e, tns_error *err)
{
    e->booking.kind = e->said.kind;
    if (!e->booking.client[0] && !e->said.several_clients)
        e->booking.number = e->said.client;
    if (!is_visit(r, e))
        return pass_over(r, e, err);
    if (e->faulty) {
        *err = e->fault;
        return false;
    }
    if (e->repeats)
        return tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                             "%s: line %zu: a visit that repeats itself (RRULE) is not understood: "
                             "make an event of each",
                             r->file, e->repeats);
    if (!e->has_day)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: the event has no DTSTART",
                             r->file, e->line);
    return tns_booking_add(r->out, &e->booking, r->file, err);
}

/* ---- events ---- */

/* Up to END:VEVENT; what stands within an alarm is not the event's. */
static bool read_event(reader *r, content *c, tns_error *err)
{
    event e = {.line = c->line, .cancelled = r->cancels};
    int depth = 0;
    while (next_content(r, c)) {
        if (tns_text_same(c->name, "BEGIN"))
            depth++;
        else if (tns_text_same(c->name, "END") && depth-- == 0)
            return end_event(r, &e, err);
        else if (depth == 0)
            read_property(r, c, &e);
    }
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: the event does not end", r->file,
                         e.line);
}

/* By UID, then the last revision first, and of one revision the one that stands later. */
typedef struct place {
    const tns_booking *booking;
} place;

static int by_id(const void *one, const void *other)
{
    const tns_booking *a = ((const place *)one)->booking, *b = ((const place *)other)->booking;
    int order = strcmp(a->id, b->id);
    if (order == 0)
        order = (a->revision < b->revision) - (a->revision > b->revision);
    return order ? order : (a < b) - (a > b);
}

/* Of one UID the last revision counts, be it that it is cancelled. */
static bool drop_replaced(tns_booking_list *list, const char *name, tns_error *err)
{
    place *places = malloc((list->count ? list->count : 1) * sizeof *places);
    if (!places)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    for (size_t i = 0; i < list->count; i++)
        places[i].booking = &list->bookings[i];
    qsort(places, list->count, sizeof *places, by_id);
    for (size_t i = 1; i < list->count; i++) {
        const tns_booking *b = places[i].booking;
        if (b->id[0] && strcmp(b->id, places[i - 1].booking->id) == 0)
            list->bookings[b - list->bookings].day = TNS_NO_DAY;
    }
    free(places);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->bookings[i].day != TNS_NO_DAY)
            list->bookings[kept++] = list->bookings[i];
    list->passed_over += list->count - kept;
    list->count = kept;
    return true;
}

bool tns_bookings_parse_ical(const char *text, size_t length, const char *name,
                             tns_booking_list *out, tns_error *err)
{
    reader r = {.at = text, .end = text + length, .file = name, .line = 1, .out = out};
    content *c = malloc(sizeof *c);
    if (!c)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    /* One calendar after the other: exports are put together like that. */
    bool open = false, done = tns_text_is_utf8(text, length) ||
                              tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected UTF-8", name);
    while (done && next_content(&r, c)) {
        bool begins = tns_text_same(c->name, "BEGIN");
        if (tns_text_same(c->name, "METHOD"))
            r.cancels = tns_text_same(c->value, "CANCEL");
        if (begins && tns_text_same(c->value, "VEVENT"))
            done = read_event(&r, c, err);
        else if (tns_text_same(c->value, "VCALENDAR")) {
            open = begins;
            r.cancels = false;
        }
    }
    free(c);
    if (done && open)
        done = tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: the calendar does not end", name,
                             r.line);
    return done && drop_replaced(out, name, err);
}
