/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One booked visit: its name and figures, and the list of them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/booking.h"

bool tns_booking_add(tns_booking_list *list, const tns_booking *booking, const char *name,
                     tns_error *err)
{
    if (list->count >= TNS_BOOKINGS_MAX)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: more than %d visits", name,
                             TNS_BOOKINGS_MAX);
    if ((list->count & (list->count - 1)) == 0) { /* full at 0, 1, 2, 4, 8 .. */
        size_t room = list->count ? 2 * list->count : 1;
        tns_booking *more = realloc(list->bookings, room * sizeof *more);
        if (!more)
            return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        list->bookings = more;
    }
    list->bookings[list->count++] = *booking;
    return true;
}

void tns_booking_list_finish(tns_booking_list *list)
{
    free(list->bookings);
    *list = (tns_booking_list){0};
}

/* A number with a unit right behind it, or none. */
static bool read_figure(const char *text, const char *unit, double most, double *out)
{
    char digits[32];
    size_t n = strcspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ");
    if (n >= sizeof digits || (text[n] && !tns_text_same(text + n + strspn(text + n, " "), unit)))
        return false;
    memcpy(digits, text, n);
    digits[n] = '\0';
    return tns_text_number(digits, out, NULL) && *out > 0 && *out <= most;
}

bool tns_booking_area(const char *text, double *out)
{
    return read_figure(text, "cm2", 10000, out);
}

bool tns_booking_pot(const char *text, double *out)
{
    bool done = read_figure(text, "ml", 1000, out);
    *out *= 1000;
    return done;
}

/* FNV-1a, 64 bits. */
static uint64_t digest(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3;
    return hash;
}

void tns_booking_name(const char *text, char out[TNS_BOOKING_ID])
{
    enum { END = 18 }; /* "~", 16 digits and the NUL */
    size_t n = strlen(text), kept = n < TNS_BOOKING_ID ? n : TNS_BOOKING_ID - END;
    memcpy(out, text, kept);
    out[kept] = '\0';
    tns_text_tidy(out);
    if (kept < n)
        snprintf(out + strlen(out), END, "~%016" PRIx64, digest(text));
}
