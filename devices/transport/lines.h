/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serial lines over USB: a port that speaks a bridge's requests to the USB port below it. */
#ifndef DEVICES_TRANSPORT_LINES_H
#define DEVICES_TRANSPORT_LINES_H

#include <tonsure/port.h>

enum { TNS_LINE_REQUESTS_MAX = 4 };

/* A request of a bridge, with its data. */
typedef struct tns_line_request {
    tns_request request;
    uint8_t data[8];
    size_t length;
} tns_line_request;

/* How a kind of bridge is spoken to; pure. */
typedef struct tns_line_kind {
    /* Requests that wake it up, or set the line; their count, 0 = it cannot do that. */
    size_t (*wake)(uint8_t interface, tns_line_request out[TNS_LINE_REQUESTS_MAX]);
    size_t (*set)(uint8_t interface, tns_line line, tns_line_request out[TNS_LINE_REQUESTS_MAX]);
} tns_line_kind;

extern const tns_line_kind tns_line_ch34x, tns_line_cdc;

/*
 * Makes a serial line (9600 8N1 at first) of a USB port, which it takes over; both when it fails:
 * then it is closed.
 */
bool tns_line_open(const tns_line_kind *kind, uint8_t interface, tns_port *usb, tns_port *out,
                   tns_error *err);

#endif
