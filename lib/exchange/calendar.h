/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the module calendar shows, which alone knows libical: the events of iCalendar files
 * (RFC 5545) and the days on which one that repeats itself takes place. Which of them are visits is
 * for who reads them to say (ical.c).
 */
#ifndef EXCHANGE_CALENDAR_H
#define EXCHANGE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/day.h>
#include <tonsure/error.h>
#include <tonsure/export.h>

#include "base/module.h"

enum {
    TNS_CALENDAR_EVENTS = 100000,
    TNS_CALENDAR_TIMES = 10000, /* that one event takes place, or that it leaves out */
    TNS_CALENDAR_MONTHS = 36,   /* so far a rule is followed, from today or the event's first day */
    TNS_CALENDAR_NAME = 20
};

typedef enum tns_calendar_part {
    TNS_CALENDAR_TITLE,
    TNS_CALENDAR_CATEGORY,
    TNS_CALENDAR_DESCRIPTION
} tns_calendar_part;

typedef struct tns_calendar_text {
    tns_calendar_part part;
    size_t line;
    char *text; /* owned; without escapes, a blank in place of each control character */
} tns_calendar_text;

/* What is wrong in an event; it counts if the event turns out to be a visit. */
typedef struct tns_calendar_fault {
    size_t line; /* 0 = nothing is */
    tns_code code;
    const char *what; /* "DTSTART: expected a day such as 20261130" */
    char found[48];
} tns_calendar_fault;

typedef struct tns_calendar_event {
    size_t line; /* of its BEGIN, from 1 */
    char *uid;   /* owned; NULL = none */
    size_t text_count, text_room;
    tns_calendar_text *texts; /* owned; in the order of the file */
    tns_day day;              /* the first; in UTC the day that it is here. None = not stated */
    tns_day booked;           /* CREATED */
    long revision;            /* SEQUENCE */
    bool cancelled;           /* by its STATUS, or its calendar's METHOD */
    size_t repeats;           /* the line of its first RRULE or RDATE; 0 = none */
    /* The time of its series that it stands for (RECURRENCE-ID), as it is written; "" = none. */
    char instead_of[TNS_CALENDAR_NAME];
    tns_calendar_fault fault; /* the first */
    size_t clause_count, clause_room;
    struct tns_calendar_clause *clauses; /* of the module: what says when it takes place */
} tns_calendar_event;

typedef struct tns_calendar {
    size_t count, room;
    tns_calendar_event *events; /* owned; in the order of the file */
    char name[256];             /* of the file, for errors */
    size_t zone_count, zone_room;
    struct tns_calendar_zone *zones; /* of the module */
    long followed;                   /* so many days all rules were followed over */
} tns_calendar;

/* One time of a series: "20261208T100000" in its own time zone, and the day. */
typedef struct tns_calendar_time {
    char name[TNS_CALENDAR_NAME];
    tns_day day;
} tns_calendar_time;

typedef struct tns_calendar_series {
    size_t count, room;
    tns_calendar_time *times; /* owned; ascending, no two alike */
    tns_day last;             /* where its rules go on beyond, how far they were followed */
} tns_calendar_series;

typedef struct tns_calendar_module {
    tns_module module;
    const char *(*version)(void); /* of libical */
    /* Of a text without NUL. NULL on what is not framed as a calendar, nor in UTF-8; errors name
       the line. */
    tns_calendar *(*read)(const char *text, size_t length, const char *name, tns_error *err);
    /*
     * When an event with a day takes place that repeats itself, without the times that it leaves
     * out (EXDATE) and those that other events stand for. Fails on a rule that is broken, or that
     * names no end of times. Finish the series in every case.
     */
    bool (*spread)(tns_calendar *calendar, const tns_calendar_event *event,
                   const tns_calendar_event *const *others, size_t other_count,
                   tns_calendar_series *out, tns_error *err);
    /* The name of the time of a series that another event stands for, however that tells it; as it
       tells it where the event has no day. */
    bool (*place)(tns_calendar *calendar, const tns_calendar_event *event,
                  const tns_calendar_event *other, char out[TNS_CALENDAR_NAME], tns_error *err);
    void (*finish_series)(tns_calendar_series *series);
    void (*destroy)(tns_calendar *calendar);
} tns_calendar_module;
extern TNS_API const tns_calendar_module tns_module_calendar;

#endif
