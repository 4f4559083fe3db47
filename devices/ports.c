/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ports as they are asked for: the way there, the bridge upon it, the recorder in front. */
#include <tonsure/devices.h>

#include "devices/transport/lines.h"
#include "devices/transport/ports.h"
#include "devices/transport/usb.h"

static bool finish(const tns_port_options *options, tns_port *port, tns_error *err)
{
    return !options || !options->trace || tns_trace_begin(port, options->trace, err);
}

static bool bridge(tns_bridge kind, tns_usb_opened *opened, tns_port *out, tns_error *err)
{
    switch (kind) {
    case TNS_BRIDGE_CDC:
        return tns_line_open(&tns_line_cdc, opened->cdc_interface, &opened->port, out, err);
    case TNS_BRIDGE_CH34X:
        return tns_line_open(&tns_line_ch34x, 0, &opened->port, out, err);
    case TNS_BRIDGE_NONE:
        break;
    }
    *out = opened->port;
    return true;
}

bool tns_port_open_usb(const tns_usb_id *ids, size_t count, const char *path,
                       const tns_port_options *options, tns_port *out, tns_error *err)
{
    tns_usb_opened opened;
    *out = (tns_port){.type = NULL};
    return tns_usb_open(ids, count, path, options ? options->hurry : 0, &opened, err) &&
           bridge(ids[opened.id].bridge, &opened, out, err) && finish(options, out, err);
}

bool tns_port_open_tty(const char *path, const tns_port_options *options, tns_port *out,
                       tns_error *err)
{
    *out = (tns_port){.type = NULL};
    return tns_tty_open(path, options ? options->hurry : 0, out, err) && finish(options, out, err);
}
