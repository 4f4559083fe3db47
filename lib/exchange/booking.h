/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two kinds of booking files share. */
#ifndef EXCHANGE_BOOKING_H
#define EXCHANGE_BOOKING_H

#include <tonsure/bookings.h>

/* A copy at the list's end; false when it is full, or without memory. */
bool tns_booking_add(tns_booking_list *list, const tns_booking *booking, const char *name,
                     tns_error *err);

/* What a visit is called. One that is too long is cut, and ends in a digest of the whole:
   Exchange's differ behind their hundredth character alone. */
void tns_booking_name(const char *text, char out[TNS_BOOKING_ID]);

/* "180", "180cm2": an area above 0 to 10000 cm2. "3", "3ml": a pot above 0 to 1000 ml, in ul. */
bool tns_booking_area(const char *text, double *out);
bool tns_booking_pot(const char *text, double *out);

#endif
