/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is plugged in, without a word to it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "devices/transport/holder.h"
#include "devices/transport/usb_port.h"

enum { DEPTH_MAX = 7 }; /* of hubs, by the USB specification */

/* "1-1.4": bus, then the port on each hub, as Linux names it too. */
static void place(libusb_device *device, char out[64])
{
    uint8_t ports[DEPTH_MAX];
    int depth = libusb_get_port_numbers(device, ports, DEPTH_MAX);
    int at = snprintf(out, 64, "%d", libusb_get_bus_number(device));
    for (int i = 0; i < depth; i++)
        at += snprintf(out + at, (size_t)(64 - at), "%c%d", i == 0 ? '-' : '.', ports[i]);
}

void tns_usb_path(libusb_device *device, char out[128])
{
    char where[64];
    place(device, where);
    snprintf(out, 128, "usb:%s", where);
}

void tns_usb_node(libusb_device *device, char out[64])
{
    snprintf(out, 64, "/dev/bus/usb/%03d/%03d", libusb_get_bus_number(device),
             libusb_get_device_address(device));
}

void tns_usb_text(libusb_device *device, const char *name, char *out, size_t size)
{
    char where[64], path[160];
    place(device, where);
    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s/%s", where, name);
    out[0] = '\0';
    FILE *file = fopen(path, "r");
    if (!file)
        return;
    if (!fgets(out, (int)size, file))
        out[0] = '\0';
    fclose(file);
    out[strcspn(out, "\n")] = '\0';
}

/* One that the kernel drives is free: its driver gives way. One that a program has is not. */
static int try_interface(libusb_device_handle *handle, int number)
{
    if (libusb_kernel_driver_active(handle, number) == 1)
        return 0;
    int code = libusb_claim_interface(handle, number);
    if (code == 0)
        libusb_release_interface(handle, number);
    return code;
}

static int try_interfaces(libusb_device_handle *handle)
{
    struct libusb_config_descriptor *config = NULL;
    int code = 0;
    if (libusb_get_active_config_descriptor(libusb_get_device(handle), &config) != 0)
        return 0;
    for (int i = 0; i < config->bNumInterfaces && code == 0; i++)
        if (config->interface[i].num_altsetting > 0)
            code = try_interface(handle, config->interface[i].altsetting[0].bInterfaceNumber);
    libusb_free_config_descriptor(config);
    return code;
}

static tns_access try_access(libusb_device *device, char *holder, size_t size)
{
    libusb_device_handle *handle = NULL;
    int code = libusb_open(device, &handle);
    if (code == 0)
        code = try_interfaces(handle);
    if (code == LIBUSB_ERROR_BUSY) {
        char node[64];
        tns_usb_node(device, node);
        tns_node_holder(node, holder, size);
    }
    if (handle)
        libusb_close(handle);
    return code == LIBUSB_ERROR_ACCESS ? TNS_ACCESS_DENIED
           : code == LIBUSB_ERROR_BUSY ? TNS_ACCESS_BUSY
                                       : TNS_ACCESS_OK;
}

static tns_usb_found describe(libusb_device *device, bool with_access)
{
    tns_usb_found found = {.access = TNS_ACCESS_OK};
    struct libusb_device_descriptor d = {0};
    libusb_get_device_descriptor(device, &d);
    found.product_id = d.idProduct;
    tns_usb_path(device, found.path);
    tns_usb_text(device, "serial", found.serial, sizeof found.serial);
    if (with_access)
        found.access = try_access(device, found.holder, sizeof found.holder);
    return found;
}

/* CDC's abstract control model: a serial line. As the kernel has read it: nothing is said. */
static bool is_serial_line(libusb_device *device)
{
    enum { ABSTRACT_CONTROL = 2 };
    struct libusb_config_descriptor *config = NULL;
    if (libusb_get_config_descriptor(device, 0, &config) != 0)
        return false;
    bool is_one = false;
    for (int i = 0; i < config->bNumInterfaces; i++) {
        const struct libusb_interface *face = &config->interface[i];
        is_one = is_one || (face->num_altsetting > 0 &&
                            face->altsetting[0].bInterfaceClass == LIBUSB_CLASS_COMM &&
                            face->altsetting[0].bInterfaceSubClass == ABSTRACT_CONTROL);
    }
    libusb_free_config_descriptor(config);
    return is_one;
}

bool tns_usb_fits(const tns_usb_id *id, libusb_device *device)
{
    struct libusb_device_descriptor d = {0};
    libusb_get_device_descriptor(device, &d);
    if (id->vendor_id != d.idVendor)
        return false;
    return id->product_id ? id->product_id == d.idProduct : is_serial_line(device);
}

/* Adds the device once for each id that fits; the array has room. */
static size_t add(libusb_device *device, const tns_usb_id *ids, size_t count, bool with_access,
                  tns_usb_found *out)
{
    size_t added = 0;
    for (size_t i = 0; i < count; i++) {
        if (!tns_usb_fits(&ids[i], device))
            continue;
        out[added] = added > 0 ? out[0] : describe(device, with_access);
        out[added++].id = i;
    }
    return added;
}

bool usb_list(const tns_usb_id *ids, size_t count, bool with_access, tns_usb_found **out,
              size_t *found, tns_error *err)
{
    *out = NULL;
    *found = 0;
    libusb_context *context = NULL;
    if (libusb_init(&context) != 0)
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "USB cannot be used on this system");
    libusb_device **devices = NULL;
    ssize_t seen = libusb_get_device_list(context, &devices);
    *out = calloc((seen > 0 ? (size_t)seen : 0) * count + 1, sizeof **out);
    for (ssize_t i = 0; *out && i < seen; i++)
        *found += add(devices[i], ids, count, with_access, *out + *found);
    if (devices)
        libusb_free_device_list(devices, 1);
    libusb_exit(context);
    return *out || tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
}
