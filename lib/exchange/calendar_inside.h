/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the module calendar share: calendar_read.c splits the file into events,
   calendar_event.c reads what their lines say, calendar_time.c times, calendar_zone.c their zones;
   calendar_series.c follows rules. */
#ifndef EXCHANGE_CALENDAR_INSIDE_H
#define EXCHANGE_CALENDAR_INSIDE_H

#include <libical/ical.h>

#include "exchange/calendar.h"

/* A line that is read when it is needed: a parsed rule alone takes 3 kB. */
typedef struct tns_calendar_clause {
    icalproperty_kind kind;
    size_t line;
    char *text; /* owned; unfolded */
} tns_calendar_clause;

typedef struct tns_calendar_zone {
    icaltimezone *zone; /* owned */
} tns_calendar_zone;

/* Room for one more at an array's end; NULL without memory. */
void *tns_calendar_grow(void *array, size_t count, size_t *room, size_t size);

bool tns_calendar_fail_memory(const tns_calendar *calendar, tns_error *err);

/* ---- lines ---- */

/* Behind the first colon that is not in quotes; "" where there is none. */
const char *tns_calendar_value(const char *line);

/* A line's properties (as many as it has values), within a component to free; NULL without memory.
 */
icalcomponent *tns_calendar_parse_line(const char *line);

/* The event's first fault stays. */
void tns_calendar_fault_at(tns_calendar_event *event, size_t line, tns_code code, const char *what,
                           const char *found);

/* ---- events ---- */

/* Where the file is read. */
typedef struct tns_calendar_spot {
    tns_calendar *out;
    tns_calendar_event *event; /* NULL = outside of one */
    size_t line, texts;        /* the line at hand; how many titles and the like there were */
} tns_calendar_spot;

/* A line of the event at hand; a text that is too long is cut. */
bool tns_calendar_read_property(tns_calendar_spot *at, icalproperty_kind kind, char *line,
                                tns_error *err);

/* ---- times ---- */

/* A property's time with its zone, where that is known. False on what is no time. */
bool tns_calendar_time_of(const tns_calendar *calendar, icalproperty *property,
                          struct icaltimetype *out);

/* The day it is at that time: here for one in UTC, else as it is written. */
tns_day tns_calendar_day(struct icaltimetype time);

/* "20261208T100000Z", "20261208". */
void tns_calendar_time_name(struct icaltimetype time, char out[TNS_CALENDAR_NAME]);

/* The same time in the zone of the series that begins at `start`; a whole day where the series is
   of days, or where its zone is not known and the time is in UTC: the day that it is here then. */
struct icaltimetype tns_calendar_within(struct icaltimetype time, struct icaltimetype start);

/* ---- zones ---- */

/* The file's own, else the system's of that name; NULL = not known. */
icaltimezone *tns_calendar_find_zone(const tns_calendar *calendar, const char *name);

/* A VTIMEZONE as its lines come. */
typedef struct tns_calendar_zone_text {
    char *text; /* owned; NULL = outside of one */
    size_t used;
    int rules, depth;
    bool spoilt;
} tns_calendar_zone_text;

/* `line` is its BEGIN. */
bool tns_calendar_begin_zone(tns_calendar_zone_text *zone, const tns_calendar *calendar,
                             const char *line, tns_error *err);

/* Up to its own end, or to where something else begins: whether the line was the zone's. Of one
   name the first counts. One that cannot be read is passed over, as are those beyond the fiftieth:
   times in them are then taken as they are written. */
bool tns_calendar_read_zone(tns_calendar_zone_text *zone, tns_calendar *calendar, const char *name,
                            const char *line);

void tns_calendar_free_zones(tns_calendar *calendar);

/* ---- series ---- */

bool tns_calendar_spread(tns_calendar *calendar, const tns_calendar_event *event,
                         const tns_calendar_event *const *others, size_t other_count,
                         tns_calendar_series *out, tns_error *err);
bool tns_calendar_place(tns_calendar *calendar, const tns_calendar_event *event,
                        const tns_calendar_event *other, char out[TNS_CALENDAR_NAME],
                        tns_error *err);
void tns_calendar_finish_series(tns_calendar_series *series);

#endif
