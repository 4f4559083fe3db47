/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days of the calendar, as they are printed on a label: no hour, no time zone. */
#ifndef TONSURE_DAY_H
#define TONSURE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

/*
 * Days since 1970-01-01 in the proleptic Gregorian calendar. 0 stands for "none": no shelf is so
 * old.
 */
typedef int32_t tns_day;

enum { TNS_NO_DAY = 0, TNS_DAY_TEXT = 16 };

/* "2026-11-30", from 1970-01-02 to 9999-12-31; a day that no month has is refused. */
TNS_API bool tns_day_parse(const char *text, tns_day *out, tns_error *err);

/* "2026-11-30"; "" for none. */
TNS_API void tns_day_write(tns_day day, char out[TNS_DAY_TEXT]);

/*
 * The same day so many months later, or the month's last where it has no such day: 31 January and
 * one month is 28 or 29 February. None for none and for what is before 1970-01-02; the last that a
 * tns_day holds for what is beyond it.
 */
TNS_API tns_day tns_day_add_months(tns_day day, int months);

/*
 * The day it is here, by the time zone of the process and the context's clock (NULL: the system's).
 * None where that shows none from 1970-01-02 to 9999-12-31.
 */
TNS_API tns_day tns_day_today(const tns_context *context);

TNS_END_DECLS

#endif
