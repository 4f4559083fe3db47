/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any text as a calendar to the module of that name, and each of its events spread out, each
 * repeated or not: what comes of it is in order and keeps its bounds.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_series(const tns_calendar_series *s)
{
    assert(s->count <= TNS_CALENDAR_TIMES);
    for (size_t i = 0; i < s->count; i++) {
        assert(s->times[i].day > TNS_NO_DAY && strlen(s->times[i].name) >= 8);
        assert(i == 0 || strcmp(s->times[i - 1].name, s->times[i].name) < 0);
    }
}

static void spread(tns_calendar *calendar, const tns_calendar_event *event)
{
    const tns_calendar_event *other = &calendar->events[0];
    tns_calendar_series series = {0};
    tns_error err = {TNS_OK, ""};
    if (event->day == TNS_NO_DAY)
        return;
    if (tns_module_calendar.spread(calendar, event, &other, 1, &series, &err))
        check_series(&series);
    else
        assert(err.code != TNS_OK && err.text[0] != '\0');
    tns_module_calendar.finish_series(&series);
}

static void check_event(const tns_calendar_event *e)
{
    assert(e->line > 0 && e->day >= TNS_NO_DAY && e->booked >= TNS_NO_DAY);
    assert(strlen(e->instead_of) < sizeof e->instead_of);
    for (size_t i = 0; i < e->text_count; i++)
        assert(e->texts[i].line > e->line && e->texts[i].text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { EVENTS = 100 };
    tns_error err = {TNS_OK, ""};
    if (memchr(data, '\0', size))
        return 0;
    tns_calendar *calendar = tns_module_calendar.read((const char *)data, size, "fuzz", &err);
    assert(calendar || (err.code != TNS_OK && err.text[0] != '\0'));
    for (size_t i = 0; calendar && i < calendar->count; i++) {
        check_event(&calendar->events[i]);
        if (i < EVENTS)
            spread(calendar, &calendar->events[i]);
    }
    tns_module_calendar.destroy(calendar);
    return 0;
}
