/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * client ACTION=EXPECTED...: does each action with the model "echo" by libusb and says where what
 * happened is not what was expected ("ok", or the end of a libusb error's name such as TIMEOUT).
 *
 *   list    serials, joined by a comma    open, close, claim, reset
 *   version control IN, answer v1.0       keep    control OUT and back
 *   echo    bulk out and in               drain   bulk in until nothing comes
 *   ramp    1000 bytes in                 event   interrupt in, waits up to 2 s
 *   clear   CLEAR_HALT of both bulk endpoints
 *   arrive, leave   the next hotplug event, waits up to 5 s; cycles=N: N times both, with traffic
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include <libusb.h>

enum { VENDOR = 0x1209, PRODUCT = 0x0001, TIMEOUT_MS = 600 };

typedef struct client {
    libusb_context *usb;
    libusb_device_handle *device;
    int arrived, left;
    char said[256];
} client;

static bool say(client *self, int status)
{
    const char *name = status < 0 ? libusb_error_name(status) : "ok";
    snprintf(self->said, sizeof self->said, "%s",
             strncmp(name, "LIBUSB_ERROR_", 13) == 0 ? name + 13 : name);
    return status >= 0;
}

static void open_device(client *self)
{
    libusb_device **all;
    ssize_t n = libusb_get_device_list(self->usb, &all);
    int status = LIBUSB_ERROR_NOT_FOUND;
    for (ssize_t i = 0; i < n && status == LIBUSB_ERROR_NOT_FOUND; i++) {
        struct libusb_device_descriptor is;
        if (libusb_get_device_descriptor(all[i], &is) == 0 && is.idVendor == VENDOR)
            status = libusb_open(all[i], &self->device);
    }
    libusb_free_device_list(all, 1);
    say(self, status);
}

static void claim(client *self)
{
    libusb_set_auto_detach_kernel_driver(self->device, 0);
    say(self, libusb_claim_interface(self->device, 0));
}

static void detach(client *self)
{
    say(self, libusb_detach_kernel_driver(self->device, 0));
}

static void close_device(client *self)
{
    if (self->device)
        libusb_close(self->device);
    self->device = NULL;
    say(self, 0);
}

static void reset(client *self)
{
    say(self, libusb_reset_device(self->device));
}

enum { LISTED_MAX = 8, SERIAL_SIZE = 24 };

static bool serial_of(libusb_device *device, char serial[SERIAL_SIZE])
{
    struct libusb_device_descriptor is;
    libusb_device_handle *handle;
    if (libusb_get_device_descriptor(device, &is) || is.idVendor != VENDOR ||
        libusb_open(device, &handle))
        return false;
    int n = libusb_get_string_descriptor_ascii(handle, is.iSerialNumber, (unsigned char *)serial,
                                               SERIAL_SIZE);
    libusb_close(handle);
    return n > 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* In the order of serials: libusb's list has none. */
static void list(client *self)
{
    libusb_device **all;
    char serials[LISTED_MAX][SERIAL_SIZE] = {""};
    size_t count = 0, used = 0;
    ssize_t n = libusb_get_device_list(self->usb, &all);
    for (ssize_t i = 0; i < n && count < LISTED_MAX; i++)
        count += serial_of(all[i], serials[count]);
    libusb_free_device_list(all, 1);
    qsort(serials, count, SERIAL_SIZE, by_text);
    self->said[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)sprintf(self->said + used, "%s%s", i ? "," : "", serials[i]);
}

static void version(client *self)
{
    unsigned char data[4];
    int n = libusb_control_transfer(self->device, 0xC0, 1, 0, 0, data, sizeof data, TIMEOUT_MS);
    if (!say(self, n))
        return;
    if (n != 4)
        snprintf(self->said, sizeof self->said, "%d-bytes", n);
    else if (memcmp(data, "v1.0", 4) != 0)
        strcpy(self->said, "garbled");
}

static void keep(client *self)
{
    unsigned char data[6] = "hello", back[6] = "";
    if (!say(self, libusb_control_transfer(self->device, 0x40, 4, 0, 0, data, 6, TIMEOUT_MS)))
        return;
    say(self, libusb_control_transfer(self->device, 0xC0, 5, 0, 0, back, 6, TIMEOUT_MS));
    if (memcmp(data, back, 6) != 0)
        strcpy(self->said, "not kept");
}

static void echo(client *self)
{
    unsigned char request[] = {0x31, 'a', 'b'}, reply[64];
    static const unsigned char good[] = {0x31, 0, 'a', 'b', 0xF4};
    int n = 0;
    if (!say(self,
             libusb_bulk_transfer(self->device, 0x02, request, sizeof request, &n, TIMEOUT_MS)))
        return;
    if (!say(self, libusb_bulk_transfer(self->device, 0x81, reply, sizeof reply, &n, TIMEOUT_MS)))
        return;
    if (n == sizeof good && memcmp(reply, good, sizeof good) == 0)
        return;
    snprintf(self->said, sizeof self->said, "%d:", n);
    for (int i = 0; i < n && i < 8; i++)
        snprintf(self->said + strlen(self->said), 3, "%02X", reply[i]);
}

static void drain(client *self)
{
    unsigned char data[64];
    int n, count = 0;
    while (libusb_bulk_transfer(self->device, 0x81, data, sizeof data, &n, TIMEOUT_MS) == 0)
        count++;
    snprintf(self->said, sizeof self->said, "%d", count);
}

static void ramp(client *self)
{
    unsigned char data[1000], size[4] = {1000 & 0xFF, 1000 >> 8};
    int n = 0;
    if (!say(self, libusb_control_transfer(self->device, 0x40, 2, 0, 0, size, 4, TIMEOUT_MS)))
        return;
    if (!say(self, libusb_bulk_transfer(self->device, 0x81, data, sizeof data, &n, TIMEOUT_MS)))
        return;
    if (n != 1000 || data[999] != (999 & 0xFF))
        snprintf(self->said, sizeof self->said, "%d-bytes", n);
}

static void event(client *self)
{
    unsigned char data[8];
    int n = 0;
    if (say(self, libusb_interrupt_transfer(self->device, 0x83, data, sizeof data, &n, 2000)))
        snprintf(self->said, sizeof self->said, "%d", data[0]);
}

static void clear(client *self)
{
    int out = libusb_clear_halt(self->device, 0x02);
    say(self, out < 0 ? out : libusb_clear_halt(self->device, 0x81));
}

static int LIBUSB_CALL on_hotplug(libusb_context *usb, libusb_device *device,
                                  libusb_hotplug_event what, void *data)
{
    client *self = data;
    (void)usb;
    (void)device;
    if (what == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED)
        self->arrived++;
    else
        self->left++;
    return 0;
}

/* Waits until *count is above zero, and takes one off. */
static bool next(client *self, int *count)
{
    for (int i = 0; i < 50 && *count == 0; i++) {
        struct timeval wait = {.tv_usec = 100000};
        libusb_handle_events_timeout_completed(self->usb, &wait, NULL);
    }
    say(self, *count ? 0 : LIBUSB_ERROR_TIMEOUT);
    if (*count == 0)
        return false;
    --*count;
    return true;
}

static void arrive(client *self)
{
    next(self, &self->arrived);
}

static void leave(client *self)
{
    next(self, &self->left);
}

/* Talks to a device that is pulled out and put back until it has gone for good. */
static void cycles(client *self)
{
    int rounds = 0;
    while (next(self, &self->arrived)) {
        open_device(self);
        while (self->device && !self->left) {
            struct timeval now = {0};
            echo(self);
            libusb_handle_events_timeout_completed(self->usb, &now, NULL);
        }
        if (!next(self, &self->left))
            return;
        close_device(self);
        rounds++;
    }
    snprintf(self->said, sizeof self->said, "%d", rounds);
}

static const struct action {
    const char *name;
    void (*run)(client *);
} actions[] = {
    {"open", open_device}, {"close", close_device}, {"claim", claim},     {"detach", detach},
    {"reset", reset},      {"list", list},          {"version", version}, {"keep", keep},
    {"echo", echo},        {"drain", drain},        {"ramp", ramp},       {"event", event},
    {"clear", clear},      {"arrive", arrive},      {"leave", leave},     {"cycles", cycles},
};

static bool run(client *self, const char *argument)
{
    const char *equals = strchr(argument, '=');
    for (size_t i = 0; equals && i < sizeof actions / sizeof *actions; i++) {
        if (strlen(actions[i].name) != (size_t)(equals - argument) ||
            strncmp(actions[i].name, argument, (size_t)(equals - argument)) != 0)
            continue;
        actions[i].run(self);
        if (strcmp(equals + 1, "*") == 0 || strcmp(self->said, equals + 1) == 0)
            return true;
        fprintf(stderr, "client: %s: found %s\n", argument, self->said);
        return false;
    }
    fprintf(stderr, "client: %s: no such action\n", argument);
    return false;
}

int main(int argc, char **argv)
{
    client self = {.usb = NULL};
    bool good = true;
    if (libusb_init(&self.usb))
        return 1;
    int watched = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT;
    libusb_hotplug_register_callback(self.usb, watched, LIBUSB_HOTPLUG_ENUMERATE, VENDOR, PRODUCT,
                                     LIBUSB_HOTPLUG_MATCH_ANY, on_hotplug, &self, NULL);
    for (int i = 1; i < argc && good; i++)
        good = run(&self, argv[i]);
    close_device(&self);
    libusb_exit(self.usb);
    return good ? 0 : 1;
}
