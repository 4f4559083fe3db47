/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sending and listening have in common: the endpoints of a port, and waiting for libusb. */
#include "devices/transport/usb_port.h"

const tns_endpoint *tns_usb_endpoint(const usb_port *port, uint8_t address)
{
    for (size_t i = 0; i < port->endpoint_count; i++)
        if (port->endpoints[i].address == address)
            return &port->endpoints[i];
    return NULL;
}

bool tns_usb_pump(usb_port *port, int64_t until_ms, tns_error *err)
{
    int64_t left = until_ms - tns_pace_now_ms(port->pace);
    int real = left > 0 ? tns_pace_real_ms(port->pace, left) : 0;
    struct timeval wait = {.tv_sec = real / 1000, .tv_usec = real % 1000 * 1000};
    int code = libusb_handle_events_timeout_completed(port->context, &wait, NULL);
    return code == 0 || code == LIBUSB_ERROR_INTERRUPTED ||
           tns_usb_fail(port, code, "wait", 0, err);
}
