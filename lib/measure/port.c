/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/port.h>

enum { DRAINS_MAX = 64, DRAIN_ROOM = 512 };

void tns_port_close(tns_port *port)
{
    if (port && port->type)
        port->type->close(port->self);
    if (port)
        memset(port, 0, sizeof *port);
}

bool tns_port_transfer(tns_port *port, tns_transfer *transfer, tns_error *err)
{
    transfer->done = 0;
    return port->type->transfer(port->self, transfer, err);
}

int64_t tns_port_now_ms(const tns_port *port)
{
    return port->type->now_ms(port->self);
}

void tns_port_sleep_ms(const tns_port *port, int duration_ms)
{
    if (duration_ms > 0)
        port->type->sleep_ms(port->self, duration_ms);
}

static tns_transfer control(tns_request request, uint8_t *data, size_t length, int timeout_ms)
{
    return (tns_transfer){.kind = TNS_TRANSFER_CONTROL,
                          .request_type = request.type,
                          .request = request.request,
                          .value = request.value,
                          .index = request.index,
                          .data = data,
                          .length = length,
                          .timeout_ms = timeout_ms};
}

static bool is_whole(const tns_transfer *t, tns_error *err)
{
    return t->done == t->length ||
           tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected %zu bytes, found %zu", t->length,
                         t->done);
}

bool tns_port_control_out(tns_port *port, tns_request request, const uint8_t *data, size_t length,
                          int timeout_ms, tns_error *err)
{
    tns_transfer t = control(request, (uint8_t *)data, length, timeout_ms);
    return tns_port_transfer(port, &t, err) && is_whole(&t, err);
}

bool tns_port_control_in(tns_port *port, tns_request request, uint8_t *data, size_t length,
                         int timeout_ms, tns_error *err)
{
    tns_transfer t = control(request, data, length, timeout_ms);
    return tns_port_transfer(port, &t, err) && is_whole(&t, err);
}

bool tns_port_write(tns_port *port, uint8_t endpoint, const uint8_t *data, size_t length,
                    int timeout_ms, tns_error *err)
{
    tns_transfer t = {.kind = TNS_TRANSFER_OUT,
                      .endpoint = endpoint,
                      .data = (uint8_t *)data,
                      .length = length,
                      .timeout_ms = timeout_ms};
    return tns_port_transfer(port, &t, err) && is_whole(&t, err);
}

bool tns_port_read(tns_port *port, uint8_t endpoint, uint8_t *data, size_t room, size_t *got,
                   int timeout_ms, tns_error *err)
{
    tns_transfer t = {.kind = TNS_TRANSFER_IN,
                      .endpoint = endpoint,
                      .data = data,
                      .length = room,
                      .timeout_ms = timeout_ms};
    bool ok = tns_port_transfer(port, &t, err);
    *got = t.done;
    return ok;
}

/* What is left of a time-out that began at `start`; never below 1. */
static int time_left(const tns_port *port, int64_t start, int timeout_ms)
{
    int64_t left = start + timeout_ms - tns_port_now_ms(port);
    return left < 1 ? 1 : (int)left;
}

bool tns_port_read_exactly(tns_port *port, uint8_t endpoint, uint8_t *data, size_t length,
                           int timeout_ms, tns_error *err)
{
    int64_t start = tns_port_now_ms(port);
    size_t have = 0, got = 1;
    tns_error why = {.code = TNS_OK};
    while (have < length && got > 0) {
        if (!tns_port_read(port, endpoint, data + have, length - have, &got,
                           time_left(port, start, timeout_ms), &why)) {
            if (why.code != TNS_ERROR_TIMEOUT || have + got == 0)
                return tns_error_set(err, why.code, "%s", why.text);
            have += got;
            break;
        }
        have += got;
    }
    return have == length ||
           tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected %zu bytes, found %zu", length, have);
}

/* Looks for `end` in what has just come; true when the line is whole or wrong. */
static bool ends_line(const char *text, size_t have, size_t got, char end, bool *wrong)
{
    const char *at = memchr(text + have, end, got);
    *wrong = at && at != text + have + got - 1;
    return at != NULL;
}

bool tns_port_read_until(tns_port *port, uint8_t endpoint, char end, char *text, size_t room,
                         size_t *length, int timeout_ms, tns_error *err)
{
    int64_t start = tns_port_now_ms(port);
    size_t have = 0, got = 0;
    bool wrong = false;
    while (have + 1 < room) {
        tns_error why = {.code = TNS_OK};
        if (!tns_port_read(port, endpoint, (uint8_t *)text + have, room - 1 - have, &got,
                           time_left(port, start, timeout_ms), &why)) {
            if (why.code == TNS_ERROR_TIMEOUT && have > 0)
                return tns_error_set(err, TNS_ERROR_SHORT_REPLY,
                                     "the answer breaks off after %zu bytes", have);
            return tns_error_set(err, why.code, "%s", why.text);
        }
        if (ends_line(text, have, got, end, &wrong)) {
            *length = have + got;
            text[*length] = '\0';
            return !wrong ||
                   tns_error_set(err, TNS_ERROR_BAD_REPLY, "the answer goes on behind its end");
        }
        if (got == 0)
            return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "an empty answer");
        have += got;
    }
    return tns_error_set(err, TNS_ERROR_BAD_REPLY, "an answer of over %zu bytes", room - 1);
}

void tns_port_drain(tns_port *port, uint8_t endpoint, int quiet_ms)
{
    uint8_t waste[DRAIN_ROOM];
    size_t got = 0;
    for (int i = 0; i < DRAINS_MAX; i++)
        if (!tns_port_read(port, endpoint, waste, sizeof waste, &got, quiet_ms, NULL))
            return;
}

bool tns_port_listen(tns_port *port, uint8_t endpoint, size_t length, tns_error *err)
{
    tns_transfer t = {.kind = TNS_TRANSFER_LISTEN, .endpoint = endpoint, .length = length};
    return tns_port_transfer(port, &t, err);
}

bool tns_port_clear_halt(tns_port *port, uint8_t endpoint, tns_error *err)
{
    tns_transfer t = {.kind = TNS_TRANSFER_CLEAR_HALT, .endpoint = endpoint};
    return tns_port_transfer(port, &t, err);
}

bool tns_port_reset(tns_port *port, tns_error *err)
{
    tns_transfer t = {.kind = TNS_TRANSFER_RESET};
    return tns_port_transfer(port, &t, err);
}

bool tns_port_set_line(tns_port *port, tns_line line, tns_error *err)
{
    tns_transfer t = {.kind = TNS_TRANSFER_LINE, .line = line};
    return tns_port_transfer(port, &t, err);
}
