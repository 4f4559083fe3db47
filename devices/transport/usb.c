/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open USB device as a port. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "devices/transport/usb_port.h"

static bool control(usb_port *port, tns_transfer *t, tns_error *err)
{
    char what[48];
    snprintf(what, sizeof what, "request %02x:%02x:%04x:%04x", t->request_type, t->request,
             t->value, t->index);
    if (t->length > UINT16_MAX)
        return tns_usb_fail(port, LIBUSB_ERROR_OVERFLOW, what, 0, err);
    int code = libusb_control_transfer(port->handle, t->request_type, t->request, t->value,
                                       t->index, t->data, (uint16_t)t->length,
                                       (unsigned)tns_pace_real_ms(port->pace, t->timeout_ms));
    if (code < 0)
        return tns_usb_fail(port, code, what, t->timeout_ms, err);
    t->done = (size_t)code;
    return true;
}

/* One bulk or interrupt transfer, either way. */
static bool move(usb_port *port, tns_transfer *t, tns_error *err)
{
    char what[16];
    bool in = t->kind == TNS_TRANSFER_IN;
    snprintf(what, sizeof what, "%s %02x", in ? "read" : "write", t->endpoint);
    const tns_endpoint *endpoint = tns_usb_endpoint(port, t->endpoint);
    if (!endpoint || in != ((t->endpoint & LIBUSB_ENDPOINT_IN) != 0))
        return tns_usb_fail(port, LIBUSB_ERROR_NOT_FOUND, what, 0, err);
    unsigned timeout = (unsigned)tns_pace_real_ms(port->pace, t->timeout_ms);
    int done = 0, code;
    if (endpoint->type == TNS_ENDPOINT_INTERRUPT)
        code = libusb_interrupt_transfer(port->handle, t->endpoint, t->data, (int)t->length, &done,
                                         timeout);
    else
        code = libusb_bulk_transfer(port->handle, t->endpoint, t->data, (int)t->length, &done,
                                    timeout);
    t->done = (size_t)done;
    return code == 0 || tns_usb_fail(port, code, what, t->timeout_ms, err);
}

static bool read_in(usb_port *port, tns_transfer *t, tns_error *err)
{
    usb_listener *listener = tns_usb_listener(port, t->endpoint);
    return listener ? tns_usb_heard(port, listener, t, err) : move(port, t, err);
}

static bool clear_halt(usb_port *port, uint8_t endpoint, tns_error *err)
{
    int code = libusb_clear_halt(port->handle, endpoint);
    usb_listener *listener = tns_usb_listener(port, endpoint);
    if (code == 0 && listener)
        tns_usb_listener_resume(listener);
    return code == 0 || tns_usb_fail(port, code, "clear halt", 0, err);
}

/* Comes back as another device where its descriptors have changed: that one is to be opened anew.
 */
static bool reset(usb_port *port, tns_error *err)
{
    tns_usb_listen_end_all(port);
    int code = libusb_reset_device(port->handle);
    if (code == LIBUSB_ERROR_NOT_FOUND)
        code = LIBUSB_ERROR_NO_DEVICE;
    return code == 0 || tns_usb_fail(port, code, "reset", 0, err);
}

static bool transfer(void *self, tns_transfer *t, tns_error *err)
{
    usb_port *port = self;
    if (port->gone)
        return tns_usb_fail(port, LIBUSB_ERROR_NO_DEVICE, "", 0, err);
    switch (t->kind) {
    case TNS_TRANSFER_CONTROL:
        return control(port, t, err);
    case TNS_TRANSFER_OUT:
        return move(port, t, err);
    case TNS_TRANSFER_IN:
        return read_in(port, t, err);
    case TNS_TRANSFER_LISTEN:
        return tns_usb_listen(port, t->endpoint, t->length, err);
    case TNS_TRANSFER_CLEAR_HALT:
        return clear_halt(port, t->endpoint, err);
    case TNS_TRANSFER_RESET:
        return reset(port, err);
    case TNS_TRANSFER_LINE:
        break;
    }
    return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "%s: no serial line", port->path);
}

static int64_t now_ms(void *self)
{
    return tns_pace_now_ms(((usb_port *)self)->pace);
}

static void sleep_ms(void *self, int duration_ms)
{
    tns_pace_sleep_ms(((usb_port *)self)->pace, duration_ms);
}

static void close_port(void *self)
{
    usb_port *port = self;
    if (port->handle) {
        tns_usb_listen_end_all(port);
        for (size_t i = 0; i < port->claimed_count; i++)
            libusb_release_interface(port->handle, port->claimed[i]); /* its driver comes back */
        libusb_close(port->handle);
    }
    if (port->context)
        libusb_exit(port->context);
    free(port);
}

static const tns_port_type usb_type = {
    .transfer = transfer, .now_ms = now_ms, .sleep_ms = sleep_ms, .close = close_port};

static void learn_endpoint(usb_port *port, const struct libusb_endpoint_descriptor *d)
{
    int type = d->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK;
    bool known = type == LIBUSB_TRANSFER_TYPE_BULK || type == LIBUSB_TRANSFER_TYPE_INTERRUPT;
    if (!known || port->endpoint_count == TNS_ENDPOINTS_MAX)
        return;
    port->endpoints[port->endpoint_count++] = (tns_endpoint){
        .address = d->bEndpointAddress,
        .type = type == LIBUSB_TRANSFER_TYPE_BULK ? TNS_ENDPOINT_BULK : TNS_ENDPOINT_INTERRUPT,
        .packet_size = d->wMaxPacketSize & 0x7ff,
    };
}

/* Takes an interface over, from the kernel's driver too, which libusb brings back afterwards. */
static int claim(usb_port *port, const struct libusb_interface_descriptor *d)
{
    if (port->claimed_count == USB_INTERFACES_MAX)
        return 0;
    int code = libusb_claim_interface(port->handle, d->bInterfaceNumber);
    if (code != 0)
        return code;
    port->claimed[port->claimed_count++] = d->bInterfaceNumber;
    for (int i = 0; i < d->bNumEndpoints; i++)
        learn_endpoint(port, &d->endpoint[i]);
    return 0;
}

/*
 * The configuration is left as the system has set it: setting it again would reset some
 * instruments. One that has none yet gets its first.
 */
static int active_configuration(libusb_device_handle *handle,
                                struct libusb_config_descriptor **config)
{
    libusb_device *device = libusb_get_device(handle);
    int code = libusb_get_active_config_descriptor(device, config);
    if (code != LIBUSB_ERROR_NOT_FOUND)
        return code;
    code = libusb_get_config_descriptor(device, 0, config);
    return code ? code : libusb_set_configuration(handle, (*config)->bConfigurationValue);
}

static int claim_all(usb_port *port, uint8_t *cdc_interface)
{
    libusb_set_auto_detach_kernel_driver(port->handle, 1);
    struct libusb_config_descriptor *config = NULL;
    int code = active_configuration(port->handle, &config);
    for (int i = 0; code == 0 && i < config->bNumInterfaces; i++) {
        if (config->interface[i].num_altsetting < 1)
            continue;
        const struct libusb_interface_descriptor *d = &config->interface[i].altsetting[0];
        code = claim(port, d);
        if (d->bInterfaceClass == LIBUSB_CLASS_COMM)
            *cdc_interface = d->bInterfaceNumber;
    }
    libusb_free_config_descriptor(config);
    return code;
}

static void identify(const usb_port *port, libusb_device *device, tns_port_identity *out)
{
    struct libusb_device_descriptor d = {0};
    libusb_get_device_descriptor(device, &d);
    *out = (tns_port_identity){
        .vendor_id = d.idVendor, .product_id = d.idProduct, .release = d.bcdDevice};
    tns_usb_text(device, "manufacturer", out->manufacturer, sizeof out->manufacturer);
    tns_usb_text(device, "product", out->product, sizeof out->product);
    tns_usb_text(device, "serial", out->serial, sizeof out->serial);
    memcpy(out->path, port->path, sizeof out->path);
    memcpy(out->endpoints, port->endpoints, sizeof out->endpoints);
    out->endpoint_count = port->endpoint_count;
}

/* Which of the ids it is; `count` = none. */
static size_t id_of(libusb_device *device, const tns_usb_id *ids, size_t count)
{
    size_t i = 0;
    while (i < count && !tns_usb_fits(&ids[i], device))
        i++;
    return i;
}

static bool take_over(usb_port *port, libusb_device *device, tns_usb_opened *out, tns_error *err)
{
    tns_usb_path(device, port->path);
    tns_usb_node(device, port->node);
    int code = libusb_open(device, &port->handle);
    if (code == 0)
        code = claim_all(port, &out->cdc_interface);
    if (code != 0)
        return tns_usb_refused(device, code, err);
    out->port = (tns_port){.type = &usb_type, .self = port};
    identify(port, device, &out->port.identity);
    return true;
}

static bool open_first(usb_port *port, const tns_usb_id *ids, size_t count, const char *path,
                       tns_usb_opened *out, tns_error *err)
{
    libusb_device **devices = NULL;
    ssize_t seen = libusb_get_device_list(port->context, &devices);
    bool found = false, ok = false;
    for (ssize_t i = 0; i < seen && !found; i++) {
        char its[128];
        tns_usb_path(devices[i], its);
        out->id = id_of(devices[i], ids, count);
        found = out->id < count && (!path || strcmp(path, its) == 0);
        if (found)
            ok = take_over(port, devices[i], out, err);
    }
    if (devices)
        libusb_free_device_list(devices, 1);
    if (!found)
        tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "%s%snone is plugged in", path ? path : "",
                      path ? ": " : "");
    return ok;
}

bool usb_open(const tns_usb_id *ids, size_t count, const char *path, int hurry, tns_usb_opened *out,
              tns_error *err)
{
    *out = (tns_usb_opened){.id = count};
    usb_port *port = calloc(1, sizeof *port);
    if (!port)
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    port->pace = tns_pace_of(hurry);
    bool ok = libusb_init(&port->context) == 0 ? open_first(port, ids, count, path, out, err)
                                               : tns_error_set(err, TNS_ERROR_NO_INSTRUMENT,
                                                               "USB cannot be used on this system");
    if (!ok)
        close_port(port);
    return ok;
}

const tns_usb_module tns_module_usb = {{TNS_VERSION},  usb_list,        usb_open,
                                       usb_watch_open, usb_watch_close, usb_watch_wait};
