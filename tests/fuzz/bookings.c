/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a file of bookings, a table or a calendar: what is read of it keeps its bounds. */
#include <assert.h>
#include <string.h>

#include <tonsure/bookings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_booking_list list;
    tns_error err;
    bool done = tns_bookings_parse((const char *)data, size, "bookings", &list, &err);
    for (size_t i = 0; done && i < list.count; i++) {
        const tns_booking *b = &list.bookings[i];
        assert(b->day > TNS_NO_DAY && b->kind <= TNS_STEP_TOUCH_UP);
        assert(b->area_cm2 >= 0 && b->area_cm2 <= 10000 && b->pot_ul >= 0 && b->pot_ul <= 1e6);
        assert(strlen(b->id) < sizeof b->id && strlen(b->recipe) < sizeof b->recipe);
    }
    tns_booking_list_finish(&list);
    return 0;
}
