/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads that are kept pending on an endpoint, so that a button pressed while nobody asks is not
 * lost. Several are with the kernel at once and stay there whatever the program does; each waits,
 * full, until it is asked for, and is then sent out again. When all are full, the device keeps what
 * it has. No thread is needed: what has come is fetched when libusb is let work.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "devices/transport/usb_port.h"

enum { SLOTS = 4, CANCEL_MS = 1000 };

typedef enum slot_state { SLOT_IDLE, SLOT_PENDING, SLOT_FULL } slot_state;

typedef struct slot {
    usb_listener *owner;
    struct libusb_transfer *transfer;
    slot_state state;
    unsigned long order; /* of coming in */
} slot;

struct usb_listener {
    uint8_t endpoint;
    unsigned long came_in;
    slot slots[SLOTS];
};

static void LIBUSB_CALL on_done(struct libusb_transfer *transfer)
{
    slot *s = transfer->user_data;
    s->state = SLOT_FULL;
    s->order = s->owner->came_in++;
}

usb_listener *tns_usb_listener(const usb_port *port, uint8_t endpoint)
{
    for (size_t i = 0; i < USB_LISTENERS_MAX; i++)
        if (port->listeners[i] && port->listeners[i]->endpoint == endpoint)
            return port->listeners[i];
    return NULL;
}

static int send_out(usb_listener *listener)
{
    for (size_t i = 0; i < SLOTS; i++) {
        slot *s = &listener->slots[i];
        if (s->state != SLOT_IDLE)
            continue;
        int code = libusb_submit_transfer(s->transfer);
        if (code != 0)
            return code;
        s->state = SLOT_PENDING;
    }
    return 0;
}

static bool is_any(const usb_listener *listener, slot_state state)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (listener->slots[i].state == state)
            return true;
    return false;
}

/* Asks the kernel to give back what is pending, and waits until it has. */
static void call_back(usb_port *port, usb_listener *listener)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (listener->slots[i].state == SLOT_PENDING)
            libusb_cancel_transfer(listener->slots[i].transfer);
    int64_t end = tns_pace_now_ms((tns_pace){1}) + CANCEL_MS;
    struct timeval step = {.tv_usec = 20000};
    while (is_any(listener, SLOT_PENDING) && tns_pace_now_ms((tns_pace){1}) < end)
        libusb_handle_events_timeout_completed(port->context, &step, NULL);
}

void tns_usb_listen_end(usb_port *port, usb_listener *listener)
{
    call_back(port, listener);
    for (size_t i = 0; i < USB_LISTENERS_MAX; i++)
        if (port->listeners[i] == listener)
            port->listeners[i] = NULL;
    if (is_any(listener, SLOT_PENDING))
        return; /* never seen: memory the kernel may still write to is better lost than reused */
    for (size_t i = 0; i < SLOTS; i++)
        libusb_free_transfer(listener->slots[i].transfer); /* and its buffer */
    free(listener);
}

void tns_usb_listen_end_all(usb_port *port)
{
    for (size_t i = 0; i < USB_LISTENERS_MAX; i++)
        if (port->listeners[i])
            tns_usb_listen_end(port, port->listeners[i]);
}

static bool prepare(slot *s, usb_listener *owner, const usb_port *port,
                    const tns_endpoint *endpoint, size_t length)
{
    uint8_t *buffer = malloc(length);
    *s = (slot){.owner = owner, .transfer = libusb_alloc_transfer(0)};
    if (!buffer || !s->transfer) {
        free(buffer);
        return false;
    }
    libusb_fill_bulk_transfer(s->transfer, port->handle, endpoint->address, buffer, (int)length,
                              on_done, s, 0);
    if (endpoint->type == TNS_ENDPOINT_INTERRUPT)
        s->transfer->type = LIBUSB_TRANSFER_TYPE_INTERRUPT;
    s->transfer->flags = LIBUSB_TRANSFER_FREE_BUFFER;
    return true;
}

static usb_listener *create(const usb_port *port, const tns_endpoint *endpoint, size_t length)
{
    usb_listener *listener = calloc(1, sizeof *listener);
    bool ok = listener != NULL;
    for (size_t i = 0; ok && i < SLOTS; i++)
        ok = prepare(&listener->slots[i], listener, port, endpoint, length);
    if (ok) {
        listener->endpoint = endpoint->address;
        return listener;
    }
    for (size_t i = 0; listener && i < SLOTS; i++)
        libusb_free_transfer(listener->slots[i].transfer);
    free(listener);
    return NULL;
}

static usb_listener **free_place(usb_port *port)
{
    for (size_t i = 0; i < USB_LISTENERS_MAX; i++)
        if (!port->listeners[i])
            return &port->listeners[i];
    return NULL;
}

bool tns_usb_listen(usb_port *port, uint8_t endpoint, size_t length, tns_error *err)
{
    usb_listener *old = tns_usb_listener(port, endpoint);
    if (old)
        tns_usb_listen_end(port, old);
    if (length == 0)
        return true;
    const tns_endpoint *known = tns_usb_endpoint(port, endpoint);
    if (!known || !(endpoint & LIBUSB_ENDPOINT_IN))
        return tns_usb_fail(port, LIBUSB_ERROR_NOT_FOUND, "listen", 0, err);
    usb_listener **place = free_place(port);
    if (place)
        *place = create(port, known, length);
    if (!place || !*place)
        return tns_usb_fail(port, LIBUSB_ERROR_NO_MEM, "listen", 0, err);
    int code = send_out(*place);
    if (code != 0)
        tns_usb_listen_end(port, *place);
    return code == 0 || tns_usb_fail(port, code, "listen", 0, err);
}

void tns_usb_listener_resume(usb_listener *listener)
{
    for (size_t i = 0; i < SLOTS; i++) {
        slot *s = &listener->slots[i];
        if (s->state == SLOT_FULL && s->transfer->status == LIBUSB_TRANSFER_STALL)
            s->state = SLOT_IDLE;
    }
    send_out(listener); /* what fails here fails again, and is told, at the next read */
}

static slot *oldest(usb_listener *listener)
{
    slot *found = NULL;
    for (size_t i = 0; i < SLOTS; i++) {
        slot *s = &listener->slots[i];
        if (s->state == SLOT_FULL && (!found || s->order < found->order))
            found = s;
    }
    return found;
}

static int code_of(enum libusb_transfer_status status)
{
    switch (status) {
    case LIBUSB_TRANSFER_COMPLETED:
        return 0;
    case LIBUSB_TRANSFER_STALL:
        return LIBUSB_ERROR_PIPE;
    case LIBUSB_TRANSFER_NO_DEVICE:
        return LIBUSB_ERROR_NO_DEVICE;
    case LIBUSB_TRANSFER_OVERFLOW:
        return LIBUSB_ERROR_OVERFLOW;
    default:
        return LIBUSB_ERROR_IO;
    }
}

/* Hands over what one read brought and sends it out again, unless the endpoint is halted. */
static bool take(usb_port *port, slot *s, tns_transfer *t, tns_error *err)
{
    size_t came = (size_t)s->transfer->actual_length;
    int code = code_of(s->transfer->status);
    if (code == 0 && came > t->length)
        code = LIBUSB_ERROR_OVERFLOW;
    if (code == 0) {
        memcpy(t->data, s->transfer->buffer, came);
        t->done = came;
    }
    s->state = SLOT_IDLE;
    if (code == 0)
        send_out(s->owner);
    return code == 0 || tns_usb_fail(port, code, "read", t->timeout_ms, err);
}

bool tns_usb_heard(usb_port *port, usb_listener *listener, tns_transfer *t, tns_error *err)
{
    int64_t end = tns_pace_now_ms(port->pace) + t->timeout_ms;
    for (bool last = false; !last;) {
        slot *s = oldest(listener);
        if (s)
            return take(port, s, t, err);
        int code = send_out(listener);
        if (code != 0)
            return tns_usb_fail(port, code, "read", t->timeout_ms, err);
        last = tns_pace_now_ms(port->pace) >= end;
        if (!tns_usb_pump(port, end, err))
            return false;
    }
    slot *s = oldest(listener);
    return s ? take(port, s, t, err)
             : tns_usb_fail(port, LIBUSB_ERROR_TIMEOUT, "read", t->timeout_ms, err);
}
