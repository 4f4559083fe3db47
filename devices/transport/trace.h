/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A trace is text: what was said to an instrument, and what it answered. First what it is,
 *
 *   tonsure-trace 1
 *   usb 0971:2007:0100 usb:1-1.4          or "line ..." for a serial line; ids, release, path
 *   manufacturer X-Rite                   these three only where the bus tells them
 *   product ColorMunki
 *   serial 1234567
 *   endpoint 81 bulk 64                   each endpoint
 *
 * then a line for each transfer when it has ended: milliseconds since the beginning; what it was;
 * where to; bytes asked for; bytes moved; "ok" or the error's code; the bytes sent or received in
 * hexadecimal, or "-"; the error's text.
 *
 *   12 control c0:86:0000:0000 24 24 ok 3a06...    request type, request, value, index
 *   15 out 02 60 60 ok bb0100...
 *   17 in 82 60 0 timeout - usb:1-1.4: read 82: no answer within 1 s
 *   18 listen 83 8 0 ok -
 *   19 halt 82 0 0 ok -                            a halt is cleared
 *   20 reset - 0 0 ok -
 *   21 line 9600:N:1:0 0 0 ok -                    the last: 1 = RTS/CTS
 */
#ifndef DEVICES_TRANSPORT_TRACE_H
#define DEVICES_TRANSPORT_TRACE_H

#include <stdio.h>

#include <tonsure/port.h>

#define TNS_TRACE_FIRST_LINE "tonsure-trace 1"

/* A line of a transfer. */
typedef struct tns_trace_entry {
    int64_t ms;
    tns_transfer transfer; /* its data: the entry's own, of tns_trace_bytes() */
    tns_code code;
    char text[256]; /* of the error */
} tns_trace_entry;

bool tns_trace_goes_in(const tns_transfer *transfer);

/* How many bytes a line of this transfer holds: those sent, or those that came. */
size_t tns_trace_bytes(const tns_transfer *transfer);

/* "in 82", "control c0:86:0000:0000": what it was and where to. */
void tns_trace_what(const tns_transfer *transfer, char out[48]);

void tns_trace_write_identity(FILE *file, const tns_port_identity *identity);
void tns_trace_write(FILE *file, const tns_trace_entry *entry);

/* Reads one of the lines at the head; false when it is none. */
bool tns_trace_parse_identity(const char *line, tns_port_identity *identity);

/* Reads a line of a transfer; free() out->transfer.data, which may be NULL. */
bool tns_trace_parse(const char *line, tns_trace_entry *out, tns_error *err);

#endif
