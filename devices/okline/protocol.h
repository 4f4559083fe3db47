/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line protocol of Konica Minolta's instruments: a command is answered by "OK00,12,34" or
 * "ER07", fields between commas. Pure.
 */
#ifndef OKLINE_PROTOCOL_H
#define OKLINE_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/warnings.h>

enum { TNS_OKLINE_TEXT = 512, TNS_OKLINE_FIELDS = 48 };

/* Of ERnn: still at it, to be asked again. */
enum { TNS_OKLINE_CHARGING = 27, TNS_OKLINE_PREPARING = 28, TNS_OKLINE_MEASURING = 35 };

typedef struct tns_okline_reply {
    bool ok;
    int code;
    size_t count;                    /* of fields behind the first */
    size_t field[TNS_OKLINE_FIELDS]; /* where each begins in `text` */
    char text[TNS_OKLINE_TEXT];
} tns_okline_reply;

/* A line without its end: TNS_ERROR_BAD_REPLY. */
bool tns_okline_parse(const char *line, size_t length, tns_okline_reply *out, tns_error *err);

/* Of a field that is there. Without blanks around it. */
const char *tns_okline_field(const tns_okline_reply *reply, size_t index);

bool tns_okline_is_busy(const tns_okline_reply *reply);

/*
 * True for OK, with a warning where it is one with a reserve (lamp, battery); else ERnn by its
 * name, as an error of its own kind. A value over range is TNS_ERROR_IMPLAUSIBLE.
 */
bool tns_okline_check(const tns_okline_reply *reply, tns_warnings *warnings, tns_error *err);

/* One field, which must be there, as a whole number. */
bool tns_okline_integer(const tns_okline_reply *reply, size_t index, int *out, tns_error *err);

/*
 * All fields as exactly `count` numbers, each divided by `unit`. Fewer or more are
 * TNS_ERROR_SHORT_REPLY.
 */
bool tns_okline_numbers(const tns_okline_reply *reply, double *out, size_t count, double unit,
                        tns_error *err);

#endif
