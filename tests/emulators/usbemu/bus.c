/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plugging in and out: the device's node, its place in sysfs, the uevents. */
#include <errno.h>
#include <string.h>

#include "host.h"

void bus_open(usb_host *self)
{
    self->bed = umockdev_testbed_new();
    /* libusb wants every device's parent to be there. */
    umockdev_testbed_add_from_string(
        self->bed,
        "P: /devices/usb1\nN: bus/usb/001/001\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\n"
        "E: DEVNAME=/dev/bus/usb/001/001\nE: BUSNUM=001\nE: DEVNUM=001\nE: PRODUCT=1d6b/2/100\n"
        "A: busnum=1\\n\nA: devnum=1\\n\nA: devpath=0\\n\nA: speed=480\\n\nA: bDeviceClass=09\\n\n"
        "A: bConfigurationValue=1\\n\nA: bNumConfigurations=1\\n\nA: idVendor=1d6b\\n\n"
        "A: idProduct=0002\\n\n"
        "H: descriptors=12010002090000406b1d0200000103020101\n\n",
        NULL);
    self->device_numbers = 1;
}

static void put_hex(GString *out, const guint8 *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++)
        g_string_append_printf(out, "%02X", bytes[i]);
}

static void put_string(GString *out, const char *attribute, const emu_identity *identity,
                       int number)
{
    const char *const *string = identity->strings;
    for (; number > 1 && string && *string; number--)
        string++;
    if (number && string && *string)
        g_string_append_printf(out, "A: %s=%s\\n\n", attribute, *string);
}

static void put_device(GString *out, const usb_port *self)
{
    const emu_identity *identity = emu_identity_of(self->unit);
    const guint8 *d = identity->device, *c = identity->configuration;
    unsigned vendor = (unsigned)emu_get_le(d + 8, 2), product = (unsigned)emu_get_le(d + 10, 2);
    int n = self->device_number;
    g_string_append_printf(out,
                           "P: /devices/usb1/1-%d\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\n"
                           "E: DEVNAME=%s\nE: BUSNUM=001\nE: DEVNUM=%03d\nE: MAJOR=189\n"
                           "E: MINOR=%d\nE: PRODUCT=%x/%x/%x\nE: ID_VENDOR_ID=%04x\n"
                           "E: ID_MODEL_ID=%04x\n",
                           self->number, self->node, n, n - 1, vendor, product,
                           (unsigned)emu_get_le(d + 12, 2), vendor, product);
    g_string_append_printf(out,
                           "A: dev=189:%d\\n\nA: busnum=1\\n\nA: devnum=%d\\n\nA: devpath=%d\\n\n"
                           "A: speed=12\\n\nA: bConfigurationValue=%d\\n\n"
                           "A: bNumConfigurations=1\\n\nA: bDeviceClass=%02x\\n\n"
                           "A: idVendor=%04x\\n\nA: idProduct=%04x\\n\n",
                           n - 1, n, self->number, c[5], d[4], vendor, product);
    put_string(out, "manufacturer", identity, d[14]);
    put_string(out, "product", identity, d[15]);
    put_string(out, "serial", identity, d[16]);
    g_string_append(out, "H: descriptors=");
    put_hex(out, d, d[0]);
    put_hex(out, c, emu_get_le(c + 2, 2));
    g_string_append(out, "\n\n");
}

/* Calls `each` with the path and descriptor of every interface (alternate settings left out). */
static void each_interface(const usb_port *self,
                           void (*each)(const usb_port *, const char *, const guint8 *, gpointer),
                           gpointer data)
{
    const guint8 *at = emu_identity_of(self->unit)->configuration;
    const guint8 *end = at + emu_get_le(at + 2, 2);
    for (; at < end && at[0]; at += at[0]) {
        if (at[1] != 4 || at[3] != 0)
            continue;
        g_autofree char *path =
            g_strdup_printf("/devices/usb1/1-%d/1-%d:1.%d", self->number, self->number, at[2]);
        each(self, path, at, data);
    }
}

static void put_interface(const usb_port *self, const char *path, const guint8 *at, gpointer out)
{
    (void)self;
    g_string_append_printf(out,
                           "P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n"
                           "A: bInterfaceNumber=%02x\\n\nA: bAlternateSetting= 0\\n\n"
                           "A: bInterfaceClass=%02x\\n\nA: bInterfaceSubClass=%02x\\n\n"
                           "A: bInterfaceProtocol=%02x\\n\nA: bNumEndpoints=%02x\\n\n\n",
                           path, at[2], at[5], at[6], at[7], at[4]);
}

static void remove_path(const usb_port *self, const char *path)
{
    g_autofree char *sysfs = g_strconcat("/sys", path, NULL);
    umockdev_testbed_uevent(self->host->bed, sysfs, "remove");
    umockdev_testbed_remove_device(self->host->bed, sysfs);
}

static void remove_interface(const usb_port *self, const char *path, const guint8 *at,
                             gpointer data)
{
    (void)at;
    (void)data;
    remove_path(self, path);
}

/* What to set for a second life, e.g. another serial; only the first time. */
static void prepare_replug(usb_port *self)
{
    char why[EMU_TEXT_SIZE];
    if (self->device_number == 0)
        return;
    for (guint i = 0; i < self->at_replug->len; i++)
        if (!emu_set(self->unit, self->at_replug->pdata[i], why))
            g_printerr("usbemu: %s\n", why);
    g_ptr_array_set_size(self->at_replug, 0);
}

/* The old node's handler is let go of when nobody has the node open any more. */
static void forget_old_node(usb_port *self)
{
    if (self->node && self->clients->len == 0)
        umockdev_testbed_detach_ioctl(self->host->bed, self->node, NULL);
    g_clear_object(&self->handler);
    g_clear_pointer(&self->node, g_free);
}

void port_plug(usb_port *self)
{
    usb_host *host = self->host;
    if (self->plugged)
        return;
    port_drop_closed(self);
    prepare_replug(self);
    forget_old_node(self);
    self->device_number = ++host->device_numbers;
    self->node = g_strdup_printf("/dev/bus/usb/001/%03d", self->device_number);
    self->handler = umockdev_ioctl_base_new();
    g_signal_connect(self->handler, "handle-ioctl", G_CALLBACK(on_ioctl), self);
    g_signal_connect(self->handler, "handle-read", G_CALLBACK(on_read), self);
    g_signal_connect(self->handler, "client-connected", G_CALLBACK(on_open), self);
    umockdev_testbed_attach_ioctl(host->bed, self->node, self->handler, NULL);
    g_autofree char *root = umockdev_testbed_get_root_dir(host->bed);
    g_autofree char *path = g_strconcat(root, self->node, NULL);
    if (!node_open(self, path))
        g_printerr("usbemu: the node cannot be made: %s\n", g_strerror(errno));
    self->driver_bound = self->orders.kernel_driver;
    self->plugged = TRUE;
    emu_bus_event(self->unit, EMU_PLUGGED);
    host_log(self, "plugged in", NULL, 0);
    g_autoptr(GString) sysfs = g_string_new(NULL);
    put_device(sysfs, self);
    each_interface(self, put_interface, sysfs);
    umockdev_testbed_add_from_string(host->bed, sysfs->str, NULL); /* the uevents "add" too */
}

void port_unplug(usb_port *self)
{
    if (!self->plugged)
        return;
    self->plugged = FALSE;
    host_log(self, "unplugged", NULL, 0);
    memset(self->holder, 0, sizeof self->holder);
    urb_end_all(self, -ESHUTDOWN);
    node_close(self);
    each_interface(self, remove_interface, NULL);
    g_autofree char *path = g_strdup_printf("/devices/usb1/1-%d", self->number);
    remove_path(self, path);
}
