/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ports to USB devices, and what is plugged in, by the module usb, which alone knows libusb; it is
 * loaded when a device is asked for. TNS_ERROR_UNSUPPORTED where it is missing.
 */
#ifndef DEVICES_TRANSPORT_USB_H
#define DEVICES_TRANSPORT_USB_H

#include <tonsure/devices.h>

#include "base/module.h"

/* A device on the bus that one of the ids asked for fits; one that two ids fit stands there twice.
 */
typedef struct tns_usb_found {
    size_t id;           /* which of those asked for */
    uint16_t product_id; /* its own, where the id leaves it open */
    char serial[40], path[128];
    tns_access access; /* only where that was asked for */
    char holder[80];
} tns_usb_found;

/*
 * Nothing is said to a device: ids and texts are what the kernel knows. Access is tried by opening
 * and claiming, when `with_access`. free() *out.
 */
bool tns_usb_list(const tns_usb_id *ids, size_t count, bool with_access, tns_usb_found **out,
                  size_t *found, tns_error *err);

/* As the device is: control transfers and endpoints. What tns_port_open_usb puts a bridge upon. */
typedef struct tns_usb_opened {
    tns_port port;
    size_t id;             /* which of those asked for */
    uint8_t cdc_interface; /* the one that a serial line of class CDC is set by */
} tns_usb_opened;

bool tns_usb_open(const tns_usb_id *ids, size_t count, const char *path, int hurry,
                  tns_usb_opened *out, tns_error *err);

/* A watch over devices of these ids; its first member is the module's record, as below. */
tns_device_watch *tns_usb_watch_open(const tns_usb_id *ids, size_t count, tns_error *err);

/* What the module shows: the functions above, and those of a watch (tonsure/devices.h). */
typedef struct tns_usb_module {
    tns_module module;
    bool (*list)(const tns_usb_id *ids, size_t count, bool with_access, tns_usb_found **out,
                 size_t *found, tns_error *err);
    bool (*open)(const tns_usb_id *ids, size_t count, const char *path, int hurry,
                 tns_usb_opened *out, tns_error *err);
    tns_device_watch *(*watch_open)(const tns_usb_id *ids, size_t count, tns_error *err);
    void (*watch_close)(tns_device_watch *watch);
    bool (*watch_wait)(tns_device_watch *watch, int timeout_ms, bool *changed, tns_error *err);
} tns_usb_module;
extern TNS_API const tns_usb_module tns_module_usb;

#endif
