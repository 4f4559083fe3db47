/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recorder in front of a port. */
#include <stdlib.h>

#include "devices/transport/ports.h"
#include "devices/transport/trace.h"

typedef struct recorder {
    tns_port port;
    FILE *file;
    int64_t begun;
} recorder;

static bool transfer(void *self, tns_transfer *t, tns_error *err)
{
    recorder *r = self;
    tns_error why = {.code = TNS_OK};
    bool ok = tns_port_transfer(&r->port, t, &why);
    tns_trace_entry entry = {
        .ms = tns_port_now_ms(&r->port) - r->begun, .transfer = *t, .code = ok ? TNS_OK : why.code};
    if (!ok)
        snprintf(entry.text, sizeof entry.text, "%s", why.text);
    tns_trace_write(r->file, &entry);
    return ok || tns_error_set(err, why.code, "%s", why.text);
}

static int64_t now_ms(void *self)
{
    return tns_port_now_ms(&((recorder *)self)->port);
}

static void sleep_ms(void *self, int duration_ms)
{
    tns_port_sleep_ms(&((recorder *)self)->port, duration_ms);
}

static void close_port(void *self)
{
    recorder *r = self;
    tns_port_close(&r->port);
    free(r);
}

static const tns_port_type recorder_type = {
    .transfer = transfer, .now_ms = now_ms, .sleep_ms = sleep_ms, .close = close_port};

bool tns_trace_begin(tns_port *port, FILE *file, tns_error *err)
{
    recorder *r = malloc(sizeof *r);
    if (!r) {
        tns_port_close(port);
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    }
    *r = (recorder){.port = *port, .file = file, .begun = tns_port_now_ms(port)};
    tns_trace_write_identity(file, &port->identity);
    port->type = &recorder_type;
    port->self = r;
    return true;
}
