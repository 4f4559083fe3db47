/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the module usb share, which alone know libusb; no other may include this. */
#ifndef DEVICES_TRANSPORT_USB_PORT_H
#define DEVICES_TRANSPORT_USB_PORT_H

#include <stdbool.h>

#include <libusb.h>

#include <tonsure/port.h>

#include "devices/transport/pace.h"
#include "devices/transport/usb.h"

enum { USB_LISTENERS_MAX = 4, USB_INTERFACES_MAX = 8 };

typedef struct usb_listener usb_listener;

/* An open port; a context of its own, so that ports share nothing. */
typedef struct usb_port {
    libusb_context *context;
    libusb_device_handle *handle;
    tns_pace pace;
    bool gone;
    char path[128]; /* "usb:1-1.4" */
    char node[64];  /* "/dev/bus/usb/001/004" */
    int claimed[USB_INTERFACES_MAX];
    size_t claimed_count;
    tns_endpoint endpoints[TNS_ENDPOINTS_MAX];
    size_t endpoint_count;
    usb_listener *listeners[USB_LISTENERS_MAX];
} usb_port;

/* As usb.h has them. */
bool usb_list(const tns_usb_id *ids, size_t count, bool with_access, tns_usb_found **out,
              size_t *found, tns_error *err);
bool usb_open(const tns_usb_id *ids, size_t count, const char *path, int hurry, tns_usb_opened *out,
              tns_error *err);
tns_device_watch *usb_watch_open(const tns_usb_id *ids, size_t count, tns_error *err);
void usb_watch_close(tns_device_watch *watch);
bool usb_watch_wait(tns_device_watch *watch, int timeout_ms, bool *changed, tns_error *err);

/* Room for at least 32 bytes: "usb:1-1.4", from the place in the tree of hubs. */
void tns_usb_path(libusb_device *device, char out[128]);

/* Whether it is what the id says. */
bool tns_usb_fits(const tns_usb_id *id, libusb_device *device);

/* The file of a device. */
void tns_usb_node(libusb_device *device, char out[64]);

/* Text that the kernel has read from the device: "serial", "product". "" where it has none. */
void tns_usb_text(libusb_device *device, const char *name, char *out, size_t size);

/* Tells an error of libusb's apart; after NO_DEVICE the port is gone for good. Returns false. */
bool tns_usb_fail(usb_port *port, int code, const char *what, int timeout_ms, tns_error *err);

/* Of opening and claiming: who holds it, which rule would allow it. Returns false. */
bool tns_usb_refused(libusb_device *device, int code, tns_error *err);

const tns_endpoint *tns_usb_endpoint(const usb_port *port, uint8_t address);

/* Lets libusb work until `until_ms` of the port's clock, or until something has happened. */
bool tns_usb_pump(usb_port *port, int64_t until_ms, tns_error *err);

/* Reads that are kept pending; NULL where the endpoint is not listened to. */
usb_listener *tns_usb_listener(const usb_port *port, uint8_t endpoint);
bool tns_usb_listen(usb_port *port, uint8_t endpoint, size_t length, tns_error *err);
bool tns_usb_heard(usb_port *port, usb_listener *listener, tns_transfer *transfer, tns_error *err);
void tns_usb_listen_end(usb_port *port, usb_listener *listener);
void tns_usb_listener_resume(usb_listener *listener); /* after its endpoint's halt is cleared */

/* Ends all. */
void tns_usb_listen_end_all(usb_port *port);

#endif
