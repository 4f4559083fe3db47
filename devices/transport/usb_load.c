/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "devices/transport/usb.h"

static const tns_usb_module *load(tns_error *err)
{
    return tns_module_load("usb", err);
}

bool tns_usb_list(const tns_usb_id *ids, size_t count, bool with_access, tns_usb_found **out,
                  size_t *found, tns_error *err)
{
    const tns_usb_module *usb = load(err);
    *out = NULL;
    *found = 0;
    return usb && usb->list(ids, count, with_access, out, found, err);
}

bool tns_usb_open(const tns_usb_id *ids, size_t count, const char *path, int hurry,
                  tns_usb_opened *out, tns_error *err)
{
    const tns_usb_module *usb = load(err);
    *out = (tns_usb_opened){.id = count};
    return usb && usb->open(ids, count, path, hurry, out, err);
}

tns_device_watch *tns_usb_watch_open(const tns_usb_id *ids, size_t count, tns_error *err)
{
    const tns_usb_module *usb = load(err);
    return usb ? usb->watch_open(ids, count, err) : NULL;
}

/* The module that opened it, whose file may have gone since. */
static const tns_usb_module *of(const tns_device_watch *watch)
{
    return *(const tns_usb_module *const *)(const void *)watch;
}

void tns_device_watch_close(tns_device_watch *watch)
{
    if (watch)
        of(watch)->watch_close(watch);
}

bool tns_device_watch_wait(tns_device_watch *watch, int timeout_ms, bool *changed, tns_error *err)
{
    return of(watch)->watch_wait(watch, timeout_ms, changed, err);
}
