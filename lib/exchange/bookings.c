/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Booked visits: which kind of file it is. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "exchange/bookings.h"

bool tns_bookings_parse(const char *text, size_t length, const char *name, tns_booking_list *out,
                        tns_error *err)
{
    static const char mark[] = "\xEF\xBB\xBF", begin[] = "BEGIN:VCALENDAR";
    *out = (tns_booking_list){0};
    if (length >= 3 && memcmp(text, mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    char head[sizeof begin] = "";
    memcpy(head, text, length < sizeof head - 1 ? length : sizeof head - 1);
    return tns_text_same(head, begin) ? tns_bookings_parse_ical(text, length, name, out, err)
                                      : tns_bookings_parse_csv(text, length, name, out, err);
}

bool tns_bookings_load(const char *path, tns_booking_list *out, tns_error *err)
{
    size_t length;
    *out = (tns_booking_list){0};
    char *text = tns_file_read(path, TNS_BOOKINGS_BYTES, &length, err);
    bool done = text && tns_bookings_parse(text, length, tns_file_name(path), out, err);
    free(text);
    return done;
}
