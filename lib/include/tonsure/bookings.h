/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Booked visits as other programs keep them: a table (CSV) or a calendar (iCalendar, RFC 5545).
 *
 * CSV: a column `date` (2026-11-30), and any of `kind` (s1 .. s4, touch-up, or as in a calendar),
 * `area` (cm2), `pot` (ml), `recipe` ("carbon=3,diluent=42", quoted), `client`, `id`, `booked` (the
 * day it was made), `status`. A row whose status is cancelled is passed over; so is one of a kind
 * that is none, named in a warning; an empty kind is s1.
 *
 * iCalendar: each VEVENT that says what it is, in SUMMARY, CATEGORIES or DESCRIPTION: S1 .. S4,
 * "Session 1", "2nd session", "1. Sitzung", "Folgesitzung", "première séance", "touch-up". S1 .. S4
 * begin the text or end a title, or the event speaks of SMP or scalps, or of what only a visit has:
 * words area=180 (cm2), pot=3 (ml), client=C12 and recipe=carbon=3,diluent=42. Else ("Galaxy S3
 * repair") a warning tells of it. Beside what else is called so ("S3 bucket", "Samsung S2") it is
 * none of them. Other events are passed over (they are holidays and meetings), as are cancelled
 * ones, be it that their title says so. The day is DTSTART's own, in the time zone it names; of a
 * time in UTC the day that it is here. Of events with one UID the last counts, and if that is
 * cancelled none does. There may be several calendars, one after the other.
 *
 * An event that repeats itself (RRULE, RDATE, without EXDATE) is a visit of each time, but for
 * those that an event of the same UID stands for (RECURRENCE-ID). Rules are followed for three
 * years from today or the event's own day, whichever is later; a warning tells which go on beyond.
 * Rules of less than a day are refused. Calendars are read by the module calendar: without it they
 * are TNS_ERROR_UNSUPPORTED.
 */
#ifndef TONSURE_BOOKINGS_H
#define TONSURE_BOOKINGS_H

#include <stddef.h>
#include <stdint.h>

#include <tonsure/day.h>
#include <tonsure/demand.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

enum { TNS_BOOKING_RECIPE = 240, TNS_BOOKING_ID = 96, TNS_BOOKING_CLIENT = 48 };

typedef struct tns_booking {
    /* "" = none; of a longer one the beginning and a digest. A time of a series is "<uid>/<time by
       the rule>", as is an event that stands for one. */
    char id[TNS_BOOKING_ID];
    char
        client[TNS_BOOKING_CLIENT]; /* whose, by whatever tells one from another; "" = not stated */
    int64_t
        number; /* where no client is stated, the C12 of a title, if the shelf has one; 0 = none */
    tns_day day;
    tns_day booked; /* when it was made; none = not stated */
    tns_course_step kind;
    double area_cm2;                 /* 0 = not stated */
    double pot_ul;                   /* 0 = not stated */
    char recipe[TNS_BOOKING_RECIPE]; /* "" = not stated */
    long revision;                   /* of a calendar's event (SEQUENCE): the highest counts */
} tns_booking;

typedef struct tns_booking_list {
    size_t count;
    tns_booking *bookings; /* owned; in the order of the file */
    size_t passed_over;    /* rows and events that are no visits to come */
    tns_warnings warnings;
} tns_booking_list;

enum { TNS_BOOKINGS_MAX = 100000, TNS_BOOKINGS_BYTES = 32 << 20 };

/*
 * A text of either kind, told apart by its first line. Errors name the line. Fails on what is not
 * UTF-8, on more than TNS_BOOKINGS_MAX visits. Finish the list in every case.
 */
TNS_API bool tns_bookings_parse(const char *text, size_t length, const char *name,
                                tns_booking_list *out, tns_error *err);
/* The same of a file of at most TNS_BOOKINGS_BYTES. */
TNS_API bool tns_bookings_load(const char *path, tns_booking_list *out, tns_error *err);
TNS_API void tns_booking_list_finish(tns_booking_list *list);

/* "read by libical 3.0", or what is not installed; for people. */
TNS_API void tns_bookings_tools(char *text, size_t size);

TNS_END_DECLS

#endif
