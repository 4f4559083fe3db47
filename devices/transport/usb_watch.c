/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coming and going, as libusb tells it; where it cannot, the bus is looked at now and then. */
#include <stdlib.h>
#include <string.h>

#include "devices/transport/usb_port.h"

enum { LOOK_MS = 500, SEEN_MAX = 128 };

struct tns_device_watch {
    const tns_usb_module *module; /* first: usb.h */
    libusb_context *context;
    bool told; /* by libusb; else by looking */
    bool changed;
    tns_usb_id *ids; /* what is looked out for */
    size_t id_count;
    uint32_t seen[SEEN_MAX]; /* what was there at the last look: bus, address */
    size_t seen_count;
};

static bool is_wanted(const tns_device_watch *watch, libusb_device *device)
{
    for (size_t i = 0; i < watch->id_count; i++)
        if (tns_usb_fits(&watch->ids[i], device))
            return true;
    return false;
}

static int LIBUSB_CALL on_change(libusb_context *context, libusb_device *device,
                                 libusb_hotplug_event event, void *user)
{
    (void)context;
    (void)event;
    tns_device_watch *watch = user;
    if (is_wanted(watch, device))
        watch->changed = true;
    return 0;
}

/* The whole bus, so that a unit that was swapped between two looks is seen by its new address. */
static void look(tns_device_watch *watch)
{
    libusb_device **devices = NULL;
    uint32_t seen[SEEN_MAX] = {0};
    size_t count = 0;
    ssize_t there = libusb_get_device_list(watch->context, &devices);
    for (ssize_t i = 0; i < there && count < SEEN_MAX; i++)
        if (is_wanted(watch, devices[i]))
            seen[count++] = (uint32_t)libusb_get_bus_number(devices[i]) << 8 |
                            libusb_get_device_address(devices[i]);
    if (devices)
        libusb_free_device_list(devices, 1);
    if (count != watch->seen_count || memcmp(seen, watch->seen, count * sizeof *seen) != 0)
        watch->changed = true;
    memcpy(watch->seen, seen, sizeof seen);
    watch->seen_count = count;
}

static bool prepare(tns_device_watch *watch, const tns_usb_id *ids, size_t count)
{
    watch->ids = calloc(count + 1, sizeof *ids);
    if (!watch->ids)
        return false;
    memcpy(watch->ids, ids, count * sizeof *ids);
    watch->id_count = count;
    return libusb_init(&watch->context) == 0;
}

tns_device_watch *usb_watch_open(const tns_usb_id *ids, size_t count, tns_error *err)
{
    tns_device_watch *watch = calloc(1, sizeof *watch);
    if (!watch || !prepare(watch, ids, count)) {
        usb_watch_close(watch);
        tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "USB cannot be used on this system");
        return NULL;
    }
    watch->module = &tns_module_usb;
    watch->told =
        libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) &&
        libusb_hotplug_register_callback(
            watch->context, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
            0, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
            on_change, watch, NULL) == 0;
    if (!watch->told)
        look(watch);
    watch->changed = false;
    return watch;
}

void usb_watch_close(tns_device_watch *watch)
{
    if (!watch)
        return;
    if (watch->context)
        libusb_exit(watch->context); /* and the callback with it */
    free(watch->ids);
    free(watch);
}

bool usb_watch_wait(tns_device_watch *watch, int timeout_ms, bool *changed, tns_error *err)
{
    const tns_pace pace = tns_pace_of(1);
    int64_t end = tns_pace_now_ms(pace) + timeout_ms;
    for (int64_t left = timeout_ms; !watch->changed && left >= 0;
         left = end - tns_pace_now_ms(pace)) {
        int64_t step = watch->told || left < LOOK_MS ? left : LOOK_MS;
        struct timeval wait = {.tv_sec = step / 1000, .tv_usec = step % 1000 * 1000};
        int code = libusb_handle_events_timeout_completed(watch->context, &wait, NULL);
        if (code != 0 && code != LIBUSB_ERROR_INTERRUPTED)
            return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "waiting for USB devices: %s",
                                 libusb_strerror(code));
        if (!watch->told)
            look(watch);
    }
    *changed = watch->changed;
    watch->changed = false;
    return true;
}
