/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "devices/transport/lines.h"

enum { REQUEST_MS = 1000, PACKET_MAX = 512 };

typedef struct bridge {
    tns_port usb;
    const tns_line_kind *kind;
    uint8_t interface, out;
    tns_endpoint in;
    uint8_t came[PACKET_MAX]; /* from `first` to `end` waits to be read */
    size_t first, end;
} bridge;

static bool send_all(bridge *b, const tns_line_request *requests, size_t count, tns_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!tns_port_control_out(&b->usb, requests[i].request, requests[i].data,
                                  requests[i].length, REQUEST_MS, err))
            return false;
    return true;
}

static bool set_line(bridge *b, tns_line line, tns_error *err)
{
    tns_line_request requests[TNS_LINE_REQUESTS_MAX];
    size_t count = b->kind->set(b->interface, line, requests);
    if (count == 0)
        return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "%s: %d baud%s is not for this bridge",
                             b->usb.identity.path, line.baud, line.rts_cts ? " with RTS/CTS" : "");
    return send_all(b, requests, count, err);
}

static size_t hand_over(bridge *b, tns_transfer *t)
{
    size_t n = b->end - b->first < t->length ? b->end - b->first : t->length;
    memcpy(t->data, b->came + b->first, n);
    b->first += n;
    return n;
}

/*
 * Packet by packet: one that does not fit would be lost, and a longer read would wait for more when
 * the last packet is full. Empty ones mean nothing on a line.
 */
static bool read_line(bridge *b, tns_transfer *t, tns_error *err)
{
    int64_t end = tns_port_now_ms(&b->usb) + t->timeout_ms;
    while (b->first == b->end) {
        int64_t left = end - tns_port_now_ms(&b->usb);
        tns_transfer below = {.kind = TNS_TRANSFER_IN,
                              .endpoint = b->in.address,
                              .data = b->came,
                              .length = (size_t)b->in.packet_size,
                              .timeout_ms = left < 1 ? 1 : (int)left};
        tns_error why = {.code = TNS_OK};
        bool ok = tns_port_transfer(&b->usb, &below, &why);
        b->first = 0;
        b->end = below.done;
        if (!ok && below.done == 0)
            return tns_error_set(err, why.code, "%s", why.text);
        if (below.done == 0 && left < 1)
            return tns_error_set(err, TNS_ERROR_TIMEOUT, "%s: no answer within %g s",
                                 b->usb.identity.path, t->timeout_ms / 1000.0);
    }
    t->done = hand_over(b, t);
    return true;
}

static bool write_line(bridge *b, tns_transfer *t, tns_error *err)
{
    tns_transfer below = *t;
    below.endpoint = b->out;
    bool ok = tns_port_transfer(&b->usb, &below, err);
    t->done = below.done;
    return ok;
}

static bool transfer(void *self, tns_transfer *t, tns_error *err)
{
    bridge *b = self;
    switch (t->kind) {
    case TNS_TRANSFER_OUT:
        return write_line(b, t, err);
    case TNS_TRANSFER_IN:
        return read_line(b, t, err);
    case TNS_TRANSFER_LINE:
        return set_line(b, t->line, err);
    case TNS_TRANSFER_LISTEN: /* the bridge keeps what comes */
        return true;
    case TNS_TRANSFER_CLEAR_HALT: /* the bridge's own endpoints can halt */
        return tns_port_clear_halt(&b->usb, t->endpoint, err);
    default:
        return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "%s: not on a serial line",
                             b->usb.identity.path);
    }
}

static int64_t now_ms(void *self)
{
    return tns_port_now_ms(&((bridge *)self)->usb);
}

static void sleep_ms(void *self, int duration_ms)
{
    tns_port_sleep_ms(&((bridge *)self)->usb, duration_ms);
}

static void close_port(void *self)
{
    bridge *b = self;
    tns_port_close(&b->usb);
    free(b);
}

static const tns_port_type line_type = {
    .transfer = transfer, .now_ms = now_ms, .sleep_ms = sleep_ms, .close = close_port};

/* The first bulk endpoint of a direction; address 0 = none. */
static tns_endpoint stream_endpoint(const tns_port_identity *identity, uint8_t direction)
{
    for (size_t i = 0; i < identity->endpoint_count; i++) {
        const tns_endpoint *e = &identity->endpoints[i];
        if (e->type == TNS_ENDPOINT_BULK && (e->address & 0x80) == direction &&
            e->packet_size > 0 && e->packet_size <= PACKET_MAX)
            return *e;
    }
    return (tns_endpoint){.address = 0};
}

static bool begin(bridge *b, tns_error *err)
{
    b->in = stream_endpoint(&b->usb.identity, 0x80);
    b->out = stream_endpoint(&b->usb.identity, 0).address;
    if (!b->in.address || !b->out)
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "%s: not a serial line",
                             b->usb.identity.path);
    /* A halt outlives the program that met it. */
    tns_port_clear_halt(&b->usb, b->in.address, NULL);
    tns_port_clear_halt(&b->usb, b->out, NULL);
    tns_line_request requests[TNS_LINE_REQUESTS_MAX];
    size_t count = b->kind->wake(b->interface, requests);
    return send_all(b, requests, count, err) &&
           set_line(b, (tns_line){.baud = 9600, .parity = 'N', .stop_bits = 1}, err);
}

bool tns_line_open(const tns_line_kind *kind, uint8_t interface, tns_port *usb, tns_port *out,
                   tns_error *err)
{
    bridge *b = calloc(1, sizeof *b);
    if (!b) {
        tns_port_close(usb);
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    }
    *b = (bridge){.usb = *usb, .kind = kind, .interface = interface};
    *usb = (tns_port){.type = NULL};
    if (!begin(b, err)) {
        close_port(b);
        return false;
    }
    *out = (tns_port){.type = &line_type, .self = b, .identity = b->usb.identity};
    out->identity.serial_line = true;
    return true;
}
