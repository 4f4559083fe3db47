/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is plugged in, and whose it is. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/devices.h>

#include "base/text.h"
#include "devices/transport/usb.h"

/* The ids of all drivers in one row, and whose each is. */
typedef struct id_list {
    size_t count;
    tns_usb_id *ids;
    const tns_driver **drivers;
} id_list;

static void release(id_list *list)
{
    free(list->ids);
    free(list->drivers);
}

static bool gather(id_list *list, tns_error *err)
{
    size_t drivers, room = 0;
    const tns_driver *const *all = tns_drivers(&drivers);
    for (size_t i = 0; i < drivers; i++)
        room += all[i]->usb_count;
    *list = (id_list){.ids = calloc(room + 1, sizeof *list->ids),
                      .drivers = calloc(room + 1, sizeof *list->drivers)};
    if (!list->ids || !list->drivers) {
        release(list);
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    }
    for (size_t i = 0; i < drivers; i++)
        for (size_t u = 0; u < all[i]->usb_count; u++) {
            list->ids[list->count] = all[i]->usb[u];
            list->drivers[list->count++] = all[i];
        }
    return true;
}

static tns_device device_of(const id_list *list, const tns_usb_found *found)
{
    const tns_usb_id *id = &list->ids[found->id];
    tns_device device = {.driver = list->drivers[found->id],
                         .certain = !id->generic,
                         .vendor_id = id->vendor_id,
                         .product_id = found->product_id,
                         .access = found->access};
    tns_text_copy(device.model, sizeof device.model, id->model);
    memcpy(device.serial, found->serial, sizeof device.serial);
    memcpy(device.path, found->path, sizeof device.path);
    memcpy(device.holder, found->holder, sizeof device.holder);
    return device;
}

static bool is_always_there(const tns_driver *driver)
{
    return driver->usb_count == 0 && !driver->any_serial_line;
}

static size_t add_always_there(tns_device *out)
{
    size_t drivers, added = 0;
    const tns_driver *const *all = tns_drivers(&drivers);
    for (size_t i = 0; i < drivers; i++) {
        if (!is_always_there(all[i]))
            continue;
        tns_device device = {.driver = all[i], .certain = true};
        tns_text_copy(device.model, sizeof device.model, all[i]->title);
        tns_text_copy(device.path, sizeof device.path, all[i]->name);
        out[added++] = device;
    }
    return added;
}

static bool join(const id_list *list, const tns_usb_found *found, size_t plugged_in,
                 tns_device **out, size_t *count, tns_error *err)
{
    size_t drivers;
    tns_drivers(&drivers);
    *out = calloc(plugged_in + drivers + 1, sizeof **out);
    if (!*out)
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    for (size_t i = 0; i < plugged_in; i++)
        (*out)[i] = device_of(list, &found[i]);
    *count = plugged_in + add_always_there(*out + plugged_in);
    return true;
}

bool tns_devices_list(tns_device **out, size_t *count, tns_error *err)
{
    *out = NULL;
    *count = 0;
    id_list list;
    if (!gather(&list, err))
        return false;
    tns_usb_found *found = NULL;
    size_t plugged_in = 0;
    bool looked = tns_usb_list(list.ids, list.count, true, &found, &plugged_in, err);
    bool joined = join(&list, found, plugged_in, out, count, err);
    free(found);
    release(&list);
    return looked && joined;
}

tns_device_watch *tns_device_watch_open(tns_error *err)
{
    id_list list;
    if (!gather(&list, err))
        return NULL;
    tns_device_watch *watch = tns_usb_watch_open(list.ids, list.count, err);
    release(&list);
    return watch;
}
