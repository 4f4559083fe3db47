/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "devices/transport/pace.h"
#include "devices/transport/ports.h"

static bool transfer(void *self, tns_transfer *t, tns_error *err)
{
    (void)self;
    (void)t;
    return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "nothing is plugged in here");
}

static int64_t now_ms(void *self)
{
    return tns_pace_now_ms(*(tns_pace *)self);
}

static void sleep_ms(void *self, int duration_ms)
{
    tns_pace_sleep_ms(*(tns_pace *)self, duration_ms);
}

static const tns_port_type nowhere_type = {
    .transfer = transfer, .now_ms = now_ms, .sleep_ms = sleep_ms, .close = free};

bool tns_nowhere_open(const char *what, int hurry, tns_port *out, tns_error *err)
{
    tns_pace *pace = malloc(sizeof *pace);
    if (!pace)
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    *pace = tns_pace_of(hurry);
    *out = (tns_port){.type = &nowhere_type, .self = pace};
    if (strlen(what) >= sizeof out->identity.path) {
        tns_port_close(out);
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: too long", what);
    }
    strcpy(out->identity.path, what);
    return true;
}
