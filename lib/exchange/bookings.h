/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two kinds of booking files. */
#ifndef EXCHANGE_BOOKINGS_H
#define EXCHANGE_BOOKINGS_H

#include <tonsure/bookings.h>

/* Each into an empty list. */
bool tns_bookings_parse_csv(const char *text, size_t length, const char *name,
                            tns_booking_list *out, tns_error *err);
bool tns_bookings_parse_ical(const char *text, size_t length, const char *name,
                             tns_booking_list *out, tns_error *err);

#endif
