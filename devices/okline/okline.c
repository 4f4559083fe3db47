/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "devices/okline/okline.h"

enum {
    ENDPOINT_IN = 0x81, /* a serial line does not look at them */
    ENDPOINT_OUT = 0x01,
    COMMAND_MAX = 40,
    SEND_MS = 2000,
    QUIET_MS = 30
};

/* A halt outlives the program that met it. A tty has none. */
static void clear_halts(tns_port *port)
{
    for (size_t i = 0; i < port->identity.endpoint_count; i++)
        if (port->identity.endpoints[i].type == TNS_ENDPOINT_BULK)
            tns_port_clear_halt(port, port->identity.endpoints[i].address, NULL);
}

bool tns_okline_init(tns_okline *line, tns_port *port, tns_line settings, tns_error *err)
{
    line->port = port;
    if (!tns_port_set_line(port, settings, err))
        return false;
    clear_halts(port);
    tns_okline_forget(line);
    return true;
}

void tns_okline_forget(tns_okline *line)
{
    line->have = 0;
    tns_port_drain(line->port, ENDPOINT_IN, QUIET_MS);
}

bool tns_okline_send(tns_okline *line, const char *command, tns_error *err)
{
    char text[COMMAND_MAX];
    int length = snprintf(text, sizeof text, "%s\r\n", command);
    return tns_port_write(line->port, ENDPOINT_OUT, (const uint8_t *)text, (size_t)length, SEND_MS,
                          err);
}

static void drop(tns_okline *line, size_t count)
{
    line->have -= count;
    memmove(line->waiting, line->waiting + count, line->have);
}

/* Ends of lines before the next one: of CR LF, the LF may come much later than the CR. */
static void drop_ends(tns_okline *line)
{
    size_t n = 0;
    while (n < line->have && (line->waiting[n] == '\r' || line->waiting[n] == '\n'))
        n++;
    drop(line, n);
}

/* The length of the line that waits; 0 while it has no end. */
static size_t line_length(tns_okline *line)
{
    drop_ends(line);
    for (size_t n = 0; n < line->have; n++)
        if (line->waiting[n] == '\r' || line->waiting[n] == '\n')
            return n;
    return 0;
}

static bool read_more(tns_okline *line, int64_t end, tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    int64_t left = end - tns_port_now_ms(line->port);
    size_t got = 0;
    if (line->have == sizeof line->waiting)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "an answer without end");
    tns_port_read(line->port, ENDPOINT_IN, (uint8_t *)line->waiting + line->have,
                  sizeof line->waiting - line->have, &got, left > 1 ? (int)left : 1, &why);
    line->have += got;
    if (why.code == TNS_OK && (got > 0 || left > 0))
        return true;
    drop_ends(line);
    if (line->have > 0 && (why.code == TNS_OK || why.code == TNS_ERROR_TIMEOUT))
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "the answer breaks off after %zu bytes",
                             line->have);
    return tns_error_set(err, why.code == TNS_OK ? TNS_ERROR_TIMEOUT : why.code, "%s",
                         why.code == TNS_OK ? "no answer" : why.text);
}

bool tns_okline_receive(tns_okline *line, int timeout_ms, tns_okline_reply *out, tns_error *err)
{
    int64_t end = tns_port_now_ms(line->port) + timeout_ms;
    size_t length;
    while ((length = line_length(line)) == 0)
        if (!read_more(line, end, err))
            return false;
    bool done = tns_okline_parse(line->waiting, length, out, err);
    drop(line, length + 1);
    return done;
}

bool tns_okline_ask(tns_okline *line, const char *command, int timeout_ms, tns_okline_reply *out,
                    tns_error *err)
{
    tns_okline_forget(line);
    return tns_okline_send(line, command, err) && tns_okline_receive(line, timeout_ms, out, err);
}
