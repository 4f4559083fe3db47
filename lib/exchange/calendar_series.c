/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The times of an event that repeats itself, in the module calendar: DTSTART, RRULE and RDATE
 * without EXDATE and without what other events stand for. libical follows the rules, on the clock
 * of the wall; how far is for us to say, for rules have no end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/calendar_inside.h"

/* Of all rules of a file. A day of one takes libical some 2 us (gcc -O2, x86-64). */
enum { DAYS_FOLLOWED = 1000000 };

typedef struct name {
    char text[TNS_CALENDAR_NAME];
} name;

typedef struct series {
    tns_calendar *calendar;
    const tns_calendar_event *event;
    struct icaltimetype start;
    tns_day last; /* rules are followed so far */
    size_t left_out_count, left_out_room;
    name *left_out; /* owned; whole days too */
    tns_calendar_series *out;
} series;

static bool refuse(const series *s, const tns_calendar_clause *clause, tns_code code,
                   const char *what, tns_error *err)
{
    return tns_error_set(err, code, "%s: line %zu: %s, found \"%.40s\"", s->calendar->name,
                         clause->line, what, tns_calendar_value(clause->text));
}

static bool fail_memory(const series *s, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", s->calendar->name);
}

static bool too_many(const series *s, size_t line, const char *what, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_RANGE, "%s: line %zu: a visit that %s more than %d times",
                         s->calendar->name, line, what, TNS_CALENDAR_TIMES);
}

/* ---- what comes together ---- */

static bool add_time(series *s, struct icaltimetype time, size_t line, tns_error *err)
{
    tns_calendar_series *out = s->out;
    tns_day day = tns_calendar_day(time);
    if (day <= TNS_NO_DAY)
        return true;
    if (out->count >= TNS_CALENDAR_TIMES)
        return too_many(s, line, "repeats itself", err);
    tns_calendar_time *more = tns_calendar_grow(out->times, out->count, &out->room, sizeof *more);
    if (!more)
        return fail_memory(s, err);
    out->times = more;
    tns_calendar_time_name(time, more[out->count].name);
    more[out->count++].day = day;
    return true;
}

static bool leave_out(series *s, struct icaltimetype time, size_t line, tns_error *err)
{
    if (s->left_out_count >= TNS_CALENDAR_TIMES)
        return too_many(s, line, "leaves out", err);
    name *more = tns_calendar_grow(s->left_out, s->left_out_count, &s->left_out_room, sizeof *more);
    if (!more)
        return fail_memory(s, err);
    s->left_out = more;
    tns_calendar_time_name(time, more[s->left_out_count++].text);
    return true;
}

typedef bool take(series *s, struct icaltimetype time, size_t line, tns_error *err);

/* Each time of a list, in the series' own zone, which its start says. One that cannot be read may
   be the one that counts: there have to be as many as there are values. */
static bool each_time(series *s, const tns_calendar_clause *clause, take *use, tns_error *err)
{
    size_t wanted = 1, read = 0;
    bool done = true;
    icalcomponent *parsed = tns_calendar_parse_line(clause->text);
    if (!parsed)
        return fail_memory(s, err);
    for (const char *c = tns_calendar_value(clause->text); *c; c++)
        wanted += *c == ',';
    for (icalproperty *p = icalcomponent_get_first_property(parsed, clause->kind); p && done;
         p = icalcomponent_get_next_property(parsed, clause->kind)) {
        struct icaltimetype time;
        if (!tns_calendar_time_of(s->calendar, p, &time))
            break;
        read++;
        if (clause->kind != ICAL_DTSTART_PROPERTY)
            time = tns_calendar_within(time, s->start);
        done = use(s, time, clause->line, err);
    }
    icalcomponent_free(parsed);
    return done && (read == wanted || !*tns_calendar_value(clause->text) ||
                    refuse(s, clause, TNS_ERROR_FORMAT, "expected times such as 20261130", err));
}

/* ---- rules ---- */

static bool is_several(const short *by)
{
    return by[0] != ICAL_RECURRENCE_ARRAY_MAX && by[1] != ICAL_RECURRENCE_ARRAY_MAX;
}

static bool check_rule(const series *s, const tns_calendar_clause *clause,
                       const struct icalrecurrencetype *rule, tns_error *err)
{
    if (rule->freq == ICAL_NO_RECURRENCE)
        return refuse(s, clause, TNS_ERROR_FORMAT,
                      "RRULE: expected a rule such as FREQ=WEEKLY;COUNT=3", err);
    if (rule->freq < ICAL_DAILY_RECURRENCE || is_several(rule->by_hour) ||
        is_several(rule->by_minute) || is_several(rule->by_second))
        return refuse(s, clause, TNS_ERROR_UNSUPPORTED,
                      "RRULE: expected a rule of days, weeks, months or years", err);
    return !rule->rscale || strcmp(rule->rscale, "GREGORIAN") == 0 ||
           refuse(s, clause, TNS_ERROR_UNSUPPORTED, "RRULE: expected the Gregorian calendar", err);
}

static struct icaltimetype date_of(tns_day day)
{
    char text[TNS_DAY_TEXT], plain[TNS_DAY_TEXT];
    tns_day_write(day, text);
    snprintf(plain, sizeof plain, "%.4s%.2s%.2s", text, text + 5, text + 8);
    return icaltime_from_string(plain);
}

/* The first part of a rule that says where it ends; "" = none. A day includes all its times. */
static void name_end(const series *s, const struct icalrecurrencetype *rule, char *out)
{
    struct icaltimetype end = rule->until;
    out[0] = '\0';
    if (icaltime_is_null_time(end))
        return;
    if (!icaltime_is_utc(end))
        end.zone = s->start.zone;
    tns_calendar_time_name(tns_calendar_within(end, s->start), out);
}

static bool is_behind(const char *time, const char *end)
{
    return end[0] && strncmp(time, end, strlen(end)) > 0;
}

/* As the rule's steps come; the first is DTSTART, whether the rule names it or not. */
static bool step(series *s, icalrecur_iterator *steps, const tns_calendar_clause *clause,
                 const struct icalrecurrencetype *rule, tns_day *reached, tns_error *err)
{
    char first[TNS_CALENDAR_NAME], text[TNS_CALENDAR_NAME], end[TNS_CALENDAR_NAME];
    struct icaltimetype time;
    name_end(s, rule, end);
    tns_calendar_time_name(s->start, first);
    for (int count = 1; rule->count <= 0 || count < rule->count;) {
        time = icalrecur_iterator_next(steps);
        if (icaltime_is_null_time(time)) {
            *reached = s->last;
            tns_calendar_time_name(date_of(s->last), text);
            s->out->last = is_behind(text, end) ? s->out->last : s->last;
            return true;
        }
        time.zone = s->start.zone;
        tns_calendar_time_name(time, text);
        *reached = tns_calendar_day(time);
        if (is_behind(text, end))
            return true;
        if (strcmp(text, first) == 0)
            continue;
        if (!add_time(s, time, clause->line, err))
            return false;
        count++;
    }
    return true;
}

/* A step over a week or a year takes a third of the steps over its days. */
static bool count_days(series *s, const tns_calendar_clause *clause,
                       const struct icalrecurrencetype *rule, tns_day reached, tns_error *err)
{
    bool wide = rule->freq == ICAL_WEEKLY_RECURRENCE || rule->freq == ICAL_YEARLY_RECURRENCE;
    long days = reached - s->event->day, apart = (wide ? 3L : 1L) * rule->interval;
    s->calendar->followed += days > 0 && apart > 0 ? days / apart + 1 : 1;
    return s->calendar->followed <= DAYS_FOLLOWED ||
           tns_error_set(
               err, TNS_ERROR_RANGE,
               "%s: line %zu: the rules of its visits go on over more than %d days in all",
               s->calendar->name, clause->line, DAYS_FOLLOWED);
}

/* On the wall's clock: a visit at ten stays at ten over a change of the hour. */
static bool follow_rule(series *s, const tns_calendar_clause *clause,
                        const struct icalrecurrencetype *rule, tns_error *err)
{
    struct icalrecurrencetype bounded = *rule;
    struct icaltimetype start = s->start;
    tns_day reached = s->last;
    if (!check_rule(s, clause, rule, err))
        return false;
    start.zone = NULL;
    bounded.count = 0;
    bounded.until = date_of(s->last);
    bounded.until.hour = 23, bounded.until.minute = 59, bounded.until.second = 59;
    bounded.until.is_date = start.is_date;
    icalrecur_iterator *steps = icalrecur_iterator_new(bounded, start);
    bool done = steps ? step(s, steps, clause, rule, &reached, err)
                      : rule->count == 1 || refuse(s, clause, TNS_ERROR_FORMAT,
                                                   "RRULE: no day is of this rule", err);
    if (steps)
        icalrecur_iterator_free(steps);
    return done && count_days(s, clause, rule, reached, err);
}

static bool follow(series *s, const tns_calendar_clause *clause, tns_error *err)
{
    struct icalrecurrencetype rule =
        icalrecurrencetype_from_string(tns_calendar_value(clause->text));
    bool done = follow_rule(s, clause, &rule, err);
    if (rule.rscale)
        icalmemory_free_buffer(rule.rscale);
    return done;
}

/* ---- the whole ---- */

static const tns_calendar_clause *find_clause(const tns_calendar_event *e, icalproperty_kind kind)
{
    const tns_calendar_clause *last = NULL;
    for (size_t i = 0; i < e->clause_count; i++)
        if (e->clauses[i].kind == kind)
            last = &e->clauses[i];
    return last;
}

static bool take_start(series *s, struct icaltimetype time, size_t line, tns_error *err)
{
    s->start = time;
    return add_time(s, time, line, err);
}

static bool gather(series *s, tns_error *err)
{
    bool done = true;
    for (size_t i = 0; i < s->event->clause_count && done; i++) {
        const tns_calendar_clause *c = &s->event->clauses[i];
        if (c->kind == ICAL_RRULE_PROPERTY)
            done = follow(s, c, err);
        else if (c->kind == ICAL_RDATE_PROPERTY)
            done = each_time(s, c, add_time, err);
        else if (c->kind == ICAL_EXDATE_PROPERTY)
            done = each_time(s, c, leave_out, err);
        else if (c->kind == ICAL_EXRULE_PROPERTY)
            done = refuse(s, c, TNS_ERROR_UNSUPPORTED, "EXRULE: expected EXDATE in its place", err);
    }
    return done;
}

static bool leave_out_others(series *s, const tns_calendar_event *const *others, size_t count,
                             tns_error *err)
{
    bool done = true;
    for (size_t i = 0; i < count && done; i++) {
        const tns_calendar_clause *c = find_clause(others[i], ICAL_RECURRENCEID_PROPERTY);
        if (c && others[i]->instead_of[0])
            done = each_time(s, c, leave_out, err);
    }
    return done;
}

static int by_text(const void *one, const void *other)
{
    return strcmp(one, other);
}

/* A time that is named, or whose whole day is. */
static bool is_left_out(const series *s, const char *time)
{
    name day = {""};
    snprintf(day.text, sizeof day.text, "%.8s", time);
    return s->left_out_count > 0 &&
           (bsearch(time, s->left_out, s->left_out_count, sizeof *s->left_out, by_text) ||
            bsearch(&day, s->left_out, s->left_out_count, sizeof *s->left_out, by_text));
}

static void keep_times(series *s)
{
    tns_calendar_series *out = s->out;
    size_t kept = 0;
    if (s->left_out_count > 1)
        qsort(s->left_out, s->left_out_count, sizeof *s->left_out, by_text);
    if (out->count > 1)
        qsort(out->times, out->count, sizeof *out->times, by_text); /* their names come first */
    for (size_t i = 0; i < out->count; i++) {
        bool again = kept > 0 && strcmp(out->times[i].name, out->times[kept - 1].name) == 0;
        if (!again && !is_left_out(s, out->times[i].name))
            out->times[kept++] = out->times[i];
    }
    out->count = kept;
}

bool tns_calendar_spread(tns_calendar *calendar, const tns_calendar_event *event,
                         const tns_calendar_event *const *others, size_t other_count,
                         tns_calendar_series *out, tns_error *err)
{
    tns_day today = tns_day_today(NULL);
    series s = {.calendar = calendar, .event = event, .out = out};
    s.last = tns_day_add_months(today > event->day ? today : event->day, TNS_CALENDAR_MONTHS);
    *out = (tns_calendar_series){0};
    const tns_calendar_clause *start = find_clause(event, ICAL_DTSTART_PROPERTY);
    bool done = start && event->day != TNS_NO_DAY && each_time(&s, start, take_start, err) &&
                gather(&s, err) && leave_out_others(&s, others, other_count, err);
    if (done)
        keep_times(&s);
    free(s.left_out);
    return done;
}

bool tns_calendar_place(tns_calendar *calendar, const tns_calendar_event *event,
                        const tns_calendar_event *other, char out[TNS_CALENDAR_NAME],
                        tns_error *err)
{
    tns_calendar_series first = {0};
    series s = {.calendar = calendar, .event = event, .out = &first};
    const tns_calendar_clause *start = find_clause(event, ICAL_DTSTART_PROPERTY);
    snprintf(out, TNS_CALENDAR_NAME, "%s", other->instead_of);
    if (!start || event->day == TNS_NO_DAY)
        return true;
    bool done = each_time(&s, start, take_start, err) && leave_out_others(&s, &other, 1, err);
    if (done && s.left_out_count > 0) {
        const char *place = s.left_out[0].text, *at = first.count > 0 ? first.times[0].name : place;
        bool is_day = strlen(place) < strlen(at); /* of the series' time on that day */
        snprintf(out, TNS_CALENDAR_NAME, "%s%s", place, is_day ? at + strlen(place) : "");
    }
    tns_calendar_finish_series(&first);
    free(s.left_out);
    return done;
}

void tns_calendar_finish_series(tns_calendar_series *out)
{
    free(out->times);
    *out = (tns_calendar_series){0};
}
