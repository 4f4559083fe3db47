/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model_port.h"

typedef struct model_port {
    emu_unit *unit;
    bool serial_line;
    uint32_t listened; /* a bit for each endpoint that is always awaited */
    int64_t now_ms;
} model_port;

/* Of an endpoint descriptor. */
enum { ENDPOINT_DESCRIPTOR = 5, TRANSFER_TYPE = 3, INTERRUPT = 3 };

static void advance(model_port *p, int64_t now_ms)
{
    p->now_ms = now_ms > p->now_ms ? now_ms : p->now_ms;
    emu_advance(p->unit, p->now_ms);
}

static bool is_gone(const model_port *p)
{
    return p->now_ms >= emu_unplug_ms(p->unit);
}

static bool time_out(model_port *p, int64_t deadline_ms, tns_error *err)
{
    advance(p, deadline_ms);
    return is_gone(p) ? tns_error_set(err, TNS_ERROR_GONE, "unplugged")
                      : tns_error_set(err, TNS_ERROR_TIMEOUT, "no answer");
}

static bool end(model_port *p, emu_status status, const tns_transfer *t, tns_error *err)
{
    switch (status) {
    case EMU_OK:
        return true;
    case EMU_STALL:
        return tns_error_set(err, TNS_ERROR_STALL, "refused");
    case EMU_OVERFLOW:
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "more bytes than asked for");
    case EMU_PROTOCOL:
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "rubbish on the wire");
    case EMU_SILENT:
    case EMU_WAIT:
        break;
    }
    return time_out(p, p->now_ms + t->timeout_ms, err);
}

static bool control(model_port *p, tns_transfer *t, tns_error *err)
{
    emu_setup setup = {t->request_type, t->request, t->value, t->index, (uint16_t)t->length};
    emu_answer answer = emu_control(p->unit, &setup, t->data);
    if (answer.status != EMU_OK || answer.delay_ms > t->timeout_ms)
        return end(p, answer.status == EMU_OK ? EMU_WAIT : answer.status, t, err);
    advance(p, p->now_ms + answer.delay_ms);
    t->done = answer.length;
    return true;
}

static uint8_t first_out(emu_unit *unit)
{
    for (int e = 1; e < 16; e++)
        if (emu_endpoint_type(unit, (uint8_t)e) >= 0)
            return (uint8_t)e;
    return 0;
}

static bool send(model_port *p, tns_transfer *t, tns_error *err)
{
    uint8_t endpoint = p->serial_line ? first_out(p->unit) : t->endpoint;
    emu_status status = emu_out(p->unit, endpoint, t->data, t->length);
    t->done = status == EMU_OK ? t->length : 0;
    return end(p, status, t, err);
}

/* What is there, of a transfer or of a stream. */
static emu_status take(model_port *p, tns_transfer *t)
{
    if (!p->serial_line)
        return emu_in(p->unit, t->endpoint, t->data, t->length, &t->done);
    t->done = emu_read(p->unit, t->data, t->length);
    return t->done > 0 ? EMU_OK : EMU_WAIT;
}

static emu_status wait_for(model_port *p, tns_transfer *t, int64_t deadline)
{
    emu_status status = take(p, t);
    while (status == EMU_WAIT && !is_gone(p) && p->now_ms < deadline) {
        int64_t next = emu_next_ms(p->unit);
        next = next > p->now_ms ? next : p->now_ms + 1;
        advance(p, next < deadline ? next : deadline);
        status = take(p, t);
    }
    return status;
}

static uint32_t bit_of(uint8_t endpoint)
{
    return UINT32_C(1) << (endpoint & 15);
}

static bool receive(model_port *p, tns_transfer *t, tns_error *err)
{
    emu_await(p->unit, t->endpoint, true);
    emu_status status = wait_for(p, t, p->now_ms + t->timeout_ms);
    emu_await(p->unit, t->endpoint, p->listened & bit_of(t->endpoint));
    return status == EMU_WAIT ? time_out(p, p->now_ms, err) : end(p, status, t, err);
}

static void listen_to(model_port *p, const tns_transfer *t)
{
    p->listened &= ~bit_of(t->endpoint);
    p->listened |= t->length > 0 ? bit_of(t->endpoint) : 0;
    emu_await(p->unit, t->endpoint, t->length > 0);
}

static bool transfer(void *self, tns_transfer *t, tns_error *err)
{
    model_port *p = self;
    if (is_gone(p))
        return tns_error_set(err, TNS_ERROR_GONE, "unplugged");
    switch (t->kind) {
    case TNS_TRANSFER_CONTROL:
        return control(p, t, err);
    case TNS_TRANSFER_OUT:
        return send(p, t, err);
    case TNS_TRANSFER_IN:
        return receive(p, t, err);
    case TNS_TRANSFER_LISTEN:
        listen_to(p, t);
        return true;
    case TNS_TRANSFER_CLEAR_HALT:
        emu_clear_halt(p->unit, t->endpoint);
        return true;
    case TNS_TRANSFER_RESET:
        emu_bus_event(p->unit, EMU_RESET);
        return true;
    case TNS_TRANSFER_LINE:
        return true;
    }
    return false;
}

static int64_t now_ms(void *self)
{
    return ((model_port *)self)->now_ms;
}

static void sleep_ms(void *self, int duration_ms)
{
    model_port *p = self;
    advance(p, p->now_ms + duration_ms);
}

static void close_port(void *self)
{
    emu_bus_event(((model_port *)self)->unit, EMU_CLOSED);
    free(self);
}

static void describe(emu_unit *unit, tns_port_identity *out)
{
    const emu_identity *id = emu_identity_of(unit);
    size_t total = (size_t)emu_get_le(id->configuration + 2, 2);
    out->vendor_id = (uint16_t)emu_get_le(id->device + 8, 2);
    out->product_id = (uint16_t)emu_get_le(id->device + 10, 2);
    out->release = (uint16_t)emu_get_le(id->device + 12, 2);
    for (size_t at = 0; at + 7 <= total && id->configuration[at] > 0; at += id->configuration[at]) {
        const uint8_t *d = id->configuration + at;
        if (d[1] == ENDPOINT_DESCRIPTOR && out->endpoint_count < TNS_ENDPOINTS_MAX)
            out->endpoints[out->endpoint_count++] = (tns_endpoint){
                d[2],
                (d[3] & TRANSFER_TYPE) == INTERRUPT ? TNS_ENDPOINT_INTERRUPT : TNS_ENDPOINT_BULK,
                (int)emu_get_le(d + 4, 2)};
    }
    if (emu_serial(unit))
        snprintf(out->serial, sizeof out->serial, "%s", emu_serial(unit));
}

tns_port model_port_open(emu_unit *unit, bool serial_line)
{
    static const tns_port_type TYPE = {transfer, now_ms, sleep_ms, close_port};
    model_port *self = calloc(1, sizeof *self);
    tns_port port = {.type = &TYPE, .self = self, .identity = {.serial_line = serial_line}};
    if (!self)
        abort();
    *self = (model_port){.unit = unit, .serial_line = serial_line, .now_ms = emu_now_ms(unit)};
    strcpy(port.identity.path, "model");
    describe(unit, &port.identity);
    emu_bus_event(unit, EMU_OPENED);
    return port;
}
