# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(exchange tables)
tonsure_test(exchange tables_broken)
tonsure_test(exchange lamps)
tonsure_test(exchange samples)
tonsure_test(exchange color_samples)
tonsure_test(exchange apps)
tonsure_test(exchange palettes)
tonsure_test(exchange booking_tables)
if(TONSURE_CALENDAR) # bookings are of both kinds of files
    tonsure_test(exchange bookings)
    tonsure_test(exchange calendars)
endif()
