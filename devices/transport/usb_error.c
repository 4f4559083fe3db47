/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libusb's errors in the words of tns_code; what cures them. */
#include <stdio.h>
#include <unistd.h>

#include "devices/transport/holder.h"
#include "devices/transport/usb_port.h"

static bool refused_by_rights(libusb_device *device, const char *path, tns_error *err)
{
    struct libusb_device_descriptor d = {0};
    libusb_get_device_descriptor(device, &d);
    return tns_error_set(
        err, TNS_ERROR_PERMISSION,
        "%s: no permission: put 60-tonsure.rules (of a common chip 61-tonsure-generic.rules), or "
        "the line 'SUBSYSTEM==\"usb\", "
        "ATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\", TAG+=\"uaccess\"', into "
        "/etc/udev/rules.d, run 'sudo udevadm control --reload' and plug it in again",
        path, d.idVendor, d.idProduct);
}

static bool refused_as_busy(libusb_device *device, const char *path, tns_error *err)
{
    char node[64], holder[80];
    tns_usb_node(device, node);
    tns_node_holder(node, holder, sizeof holder);
    return tns_error_set(err, TNS_ERROR_BUSY, "%s: busy: held by %s", path,
                         holder[0] ? holder : "another program");
}

bool tns_usb_refused(libusb_device *device, int code, tns_error *err)
{
    char path[128];
    tns_usb_path(device, path);
    switch (code) {
    case LIBUSB_ERROR_ACCESS:
        return refused_by_rights(device, path, err);
    case LIBUSB_ERROR_BUSY:
        return refused_as_busy(device, path, err);
    case LIBUSB_ERROR_NO_DEVICE:
        return tns_error_set(err, TNS_ERROR_GONE, "%s: unplugged", path);
    case LIBUSB_ERROR_NO_MEM:
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: no memory", path);
    default:
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%s: cannot be opened: %s", path,
                             libusb_strerror(code));
    }
}

/*
 * Between pulling the plug and the hub's noticing, transfers fail as if the line were bad: wait for
 * the file of the device to go, a fifth of a second at the most.
 */
static bool is_being_unplugged(const usb_port *port)
{
    enum { WAIT_MS = 200, STEP_MS = 20 };
    for (int waited = 0; waited < WAIT_MS; waited += STEP_MS) {
        if (access(port->node, F_OK) != 0)
            return true;
        tns_pace_sleep_ms(port->pace, STEP_MS);
    }
    return false;
}

bool tns_usb_fail(usb_port *port, int code, const char *what, int timeout_ms, tns_error *err)
{
    if (code == LIBUSB_ERROR_NO_DEVICE || (code == LIBUSB_ERROR_IO && is_being_unplugged(port)))
        port->gone = true;
    if (port->gone)
        return tns_error_set(err, TNS_ERROR_GONE, "%s: unplugged", port->path);
    switch (code) {
    case LIBUSB_ERROR_TIMEOUT:
        return tns_error_set(err, TNS_ERROR_TIMEOUT, "%s: %s: no answer within %g s", port->path,
                             what, timeout_ms / 1000.0);
    case LIBUSB_ERROR_PIPE:
        return tns_error_set(err, TNS_ERROR_STALL, "%s: %s: refused", port->path, what);
    case LIBUSB_ERROR_OVERFLOW:
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%s: %s: more came than there is room for",
                             port->path, what);
    case LIBUSB_ERROR_NOT_FOUND:
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "%s: %s: it has no such thing",
                             port->path, what);
    case LIBUSB_ERROR_NO_MEM:
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: %s: no memory", port->path, what);
    default:
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%s: %s: %s", port->path, what,
                             libusb_strerror(code));
    }
}
