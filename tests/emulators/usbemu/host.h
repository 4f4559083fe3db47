/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usbemu: plays the kernel's usbdevfs and the bus for a program that uses libusb (or usbdevfs by
 * itself), by umockdev. One host has ports; in a port is a unit, plugged in or not.
 *
 *   options.c  the command line          bus.c      plugging in and out, what sysfs shows
 *   main.c     clock, program, limits    requests.c the ioctls of a device node
 *   node.c     a node that polls truly   urb.c      transfers submitted, finished, reaped
 *
 * umockdev calls requests.c from a thread of its own: it and the clock take host->lock.
 */
#ifndef USBEMU_HOST_H
#define USBEMU_HOST_H

#include <sys/ioctl.h>

#include <linux/usbdevice_fs.h>
#include <stdio.h>

#include <umockdev.h>

#include "model.h"

enum { INTERFACES_MAX = 8 };

/* What of the program's outlook on one port is ordered. */
typedef struct usb_orders {
    gint64 plug_ms, unplug_ms; /* -1: from the start; never */
    gint64 replug_ms;          /* after each unplugging; -1: never */
    gint64 cycle_up_ms;        /* `cycles` times pulled out so long after it is opened */
    int cycles;
    gboolean kernel_driver, no_permission;
} usb_orders;

typedef struct usb_stats {
    unsigned ioctls, urbs, empty_reaps, unclaimed;
} usb_stats;

typedef struct usb_host usb_host;

typedef struct usb_port {
    usb_host *host;
    int number; /* 1 on */
    emu_unit *unit;
    usb_orders orders;
    GPtrArray *at_replug; /* options set before plugging in again: char * */
    gint64 next_plug_ms, next_unplug_ms;

    gboolean plugged, driver_bound;
    int device_number; /* on the bus: each plugging in takes the next */
    char *node;        /* /dev/bus/usb/001/NNN */
    UMockdevIoctlBase *handler;
    int master, slave; /* the node's pseudo terminal */
    gboolean node_ready;

    GPtrArray *clients; /* usb_client * */
    GPtrArray *gone;    /* UMockdevIoctlClient *: closed, not yet let go of */
    UMockdevIoctlClient *holder[INTERFACES_MAX];
    GQueue pending, done; /* urb * */
} usb_port;

typedef struct usb_client {
    UMockdevIoctlClient *umockdev;
    gsize position; /* of read() in the descriptors */
} usb_client;

struct usb_host {
    GPtrArray *ports;
    GRecMutex lock;
    gint64 start_us;
    GSource *alarm;
    UMockdevTestbed *bed;
    int device_numbers;
    GMainLoop *loop;

    char **program;
    const char *preload, *orders_path;
    char *tell_path; /* to be made when the orders are carried out, or NULL */
    gboolean tells_when_plugged;
    FILE *log;
    gboolean tells_stats;
    int limit_s;
    usb_stats stats;
    GPid child;
    int status;
};

gint64 host_now_ms(const usb_host *self);
/* Sets the alarm to the next thing any port has to do. */
void host_rearm(usb_host *self);
/* A line in the log: time, port, text, bytes. */
void host_log(usb_port *port, const char *what, const void *bytes, gsize n);

/* options.c: fills the host; FALSE when there is nothing to run, with the status to end with. */
gboolean options_parse(usb_host *self, int argc, char **argv, int *status);

/* bus.c */
void bus_open(usb_host *self);
void port_plug(usb_port *self);
void port_unplug(usb_port *self);

/* node.c */
gboolean node_open(usb_port *self, const char *path);
void node_set_ready(usb_port *self, gboolean ready);
void node_close(usb_port *self);

/* urb.c */
int urb_submit(usb_port *self, UMockdevIoctlClient *by, UMockdevIoctlData *data);
int urb_discard(usb_port *self, gulong address);
gboolean urb_reap(usb_port *self, UMockdevIoctlClient *by, UMockdevIoctlData *out);
/* Gives what the unit has ready to the transfers that wait for it. */
void urb_pump(usb_port *self);
void urb_end_all(usb_port *self, int status);
void urb_forget(usb_port *self, UMockdevIoctlClient *by);
int urb_errno(emu_status status);
/* When the next delayed control transfer ends, or EMU_NEVER. */
gint64 urb_next_ms(const usb_port *self);

/* requests.c */
gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *by, gpointer port);
gboolean on_read(UMockdevIoctlBase *base, UMockdevIoctlClient *by, gpointer port);
void on_open(UMockdevIoctlBase *base, UMockdevIoctlClient *by, gpointer port);
/* Lets go of what programs that closed the node still held. */
void port_drop_closed(usb_port *self);

#endif
