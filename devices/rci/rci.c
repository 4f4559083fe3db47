/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "devices/rci/rci.h"

enum {
    ENDPOINT_IN = 0x81,
    PACKET = 64, /* where the descriptor tells nothing */
    SERIAL_PIECE = 64,
    COMMAND_MAX = 32,
    ANSWER_MAX = 512,
    SEND_MS = 1000,
    CLEAR_MS = 500,
    QUIET_MS = 50
};

static size_t packet_size(const tns_port_identity *identity)
{
    if (identity->serial_line)
        return SERIAL_PIECE;
    for (size_t i = 0; i < identity->endpoint_count; i++)
        if (identity->endpoints[i].address == ENDPOINT_IN && identity->endpoints[i].packet_size > 0)
            return (size_t)identity->endpoints[i].packet_size;
    return PACKET;
}

bool tns_rci_init(tns_rci *rci, tns_port *port, tns_error *err)
{
    *rci = (tns_rci){.port = port, .packet = packet_size(&port->identity)};
    if (port->identity.serial_line &&
        !tns_port_set_line(port, (tns_line){.baud = 9600, .parity = 'N', .stop_bits = 1}, err))
        return false;
    if (!port->identity.serial_line)
        tns_port_clear_halt(port, ENDPOINT_IN, NULL); /* one outlives the program that met it */
    tns_port_drain(port, ENDPOINT_IN, QUIET_MS);
    return true;
}

void tns_rci_finish(tns_rci *rci)
{
    if (rci->doubtful)
        tns_port_drain(rci->port, ENDPOINT_IN, QUIET_MS);
    rci->doubtful = false;
}

static bool send(tns_rci *rci, const char *command, tns_error *err)
{
    static const tns_request request = {.type = 0x41}; /* vendor, interface 0 */
    char line[COMMAND_MAX];
    size_t length = (size_t)snprintf(line, sizeof line, "%s\r", command);
    tns_rci_finish(rci);
    rci->doubtful = true; /* until the answer is read whole */
    return rci->port->identity.serial_line
               ? tns_port_write(rci->port, ENDPOINT_IN & 0x7F, (const uint8_t *)line, length,
                                SEND_MS, err)
               : tns_port_control_out(rci->port, request, (const uint8_t *)line, length, SEND_MS,
                                      err);
}

/* One more piece behind *have; false with TNS_ERROR_SHORT_REPLY where an answer breaks off. */
static bool read_piece(tns_rci *rci, uint8_t *bytes, size_t room, size_t *have, int64_t end,
                       tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    int64_t left = end - tns_port_now_ms(rci->port);
    size_t got;
    bool ok = tns_port_read(rci->port, ENDPOINT_IN, bytes + *have,
                            room - *have < rci->packet ? room - *have : rci->packet, &got,
                            left > 1 ? (int)left : 1, &why);
    *have += got;
    if (ok && (got > 0 || left > 0))
        return true;
    if (*have > 0 && (ok || why.code == TNS_ERROR_TIMEOUT))
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "the answer breaks off after %zu bytes",
                             *have);
    return ok ? tns_error_set(err, TNS_ERROR_TIMEOUT, "no answer")
              : tns_error_set(err, why.code, "%s", why.text);
}

static bool receive(tns_rci *rci, int timeout_ms, tns_rci_reply *out, tns_error *err)
{
    char bytes[ANSWER_MAX];
    size_t have = 0;
    int64_t end = tns_port_now_ms(rci->port) + timeout_ms;
    do {
        if (have == sizeof bytes)
            return tns_error_set(err, TNS_ERROR_BAD_REPLY, "an answer without end");
        if (!read_piece(rci, (uint8_t *)bytes, sizeof bytes, &have, end, err))
            return false;
    } while (!memchr(bytes, '>', have));
    if (!tns_rci_parse(bytes, have, out, err))
        return false;
    rci->doubtful = false;
    return true;
}

/* Until this is said the instrument repeats the fault. What it answers does not matter. */
static bool clear_fault(tns_rci *rci, const tns_error *why, tns_error *err)
{
    tns_rci_reply ignored;
    if (send(rci, "CE", NULL))
        receive(rci, CLEAR_MS, &ignored, NULL);
    return tns_error_set(err, why->code, "%s", why->text);
}

bool tns_rci_ask(tns_rci *rci, const char *command, int timeout_ms, tns_rci_reply *out,
                 tns_error *err)
{
    tns_error why;
    if (!send(rci, command, err) || !receive(rci, timeout_ms, out, err))
        return false;
    return tns_rci_check(out->status, &why) || clear_fault(rci, &why, err);
}

bool tns_rci_tell(tns_rci *rci, const char *command, int timeout_ms, tns_error *err)
{
    tns_rci_reply reply;
    if (!tns_rci_ask(rci, command, timeout_ms, &reply, err))
        return false;
    if (!reply.text[0])
        return true;
    rci->doubtful = true;
    return tns_error_set(err, TNS_ERROR_BAD_REPLY, "expected a status alone, found \"%.40s\"",
                         reply.text);
}

bool tns_rci_nudge(tns_rci *rci, const char *command, int timeout_ms, tns_error *err)
{
    tns_rci_reply reply;
    tns_error why = {.code = TNS_OK};
    if (tns_rci_ask(rci, command, timeout_ms, &reply, &why))
        return true;
    switch (why.code) {
    case TNS_ERROR_STALL:
        return tns_port_clear_halt(rci->port, ENDPOINT_IN, err);
    case TNS_ERROR_TIMEOUT:
    case TNS_ERROR_SHORT_REPLY:
    case TNS_ERROR_BAD_REPLY:
    case TNS_ERROR_INSTRUMENT:
    case TNS_ERROR_NOT_CALIBRATED:
        return true;
    default:
        return tns_error_set(err, why.code, "%s", why.text);
    }
}

/* Fewer bytes than due may be a status: then that is what went wrong. */
static bool explain(tns_rci *rci, const uint8_t *bytes, size_t have, const tns_error *why,
                    tns_error *err)
{
    tns_rci_reply reply;
    tns_error named;
    if (why->code == TNS_ERROR_SHORT_REPLY &&
        tns_rci_parse((const char *)bytes, have, &reply, NULL) &&
        !tns_rci_check(reply.status, &named))
        return clear_fault(rci, &named, err);
    return tns_error_set(err, why->code, "%s", why->text);
}

bool tns_rci_ask_bytes(tns_rci *rci, const char *command, uint8_t *bytes, size_t count,
                       int timeout_ms, tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    size_t have = 0;
    if (!send(rci, command, err))
        return false;
    int64_t end = tns_port_now_ms(rci->port) + timeout_ms;
    while (have < count)
        if (!read_piece(rci, bytes, count, &have, end, &why))
            return explain(rci, bytes, have, &why, err);
    rci->doubtful = false;
    return true;
}
