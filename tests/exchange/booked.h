/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of bookings share: how a text of them is read, and the frame of a calendar. */
#ifndef EXCHANGE_BOOKED_H
#define EXCHANGE_BOOKED_H

#include <stdlib.h>
#include <string.h>

#include <tonsure/bookings.h>

#include "support/testing.h"

#define CALENDAR(...) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" __VA_ARGS__ "END:VCALENDAR\r\n"
#define EVENT(...) "BEGIN:VEVENT\r\n" __VA_ARGS__ "END:VEVENT\r\n"

/* Without a NUL behind it: what is read beyond is seen. */
static inline bool parse(const char *text, tns_booking_list *out, tns_error *err)
{
    size_t length = strlen(text);
    char *copy = malloc(length);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    bool done = tns_bookings_parse(copy, length, "b", out, err);
    free(copy);
    return done;
}

#endif
