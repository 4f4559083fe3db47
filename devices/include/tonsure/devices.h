/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libtonsure-devices: the drivers there are, the instruments that are plugged in, and the ports to
 * them. What can be done with an instrument once it is open stands in instrument.h.
 */
#ifndef TONSURE_DEVICES_H
#define TONSURE_DEVICES_H

#include <stdio.h>

#include <tonsure/instrument.h>

TNS_BEGIN_DECLS

/* All drivers, by name; static. */
TNS_API const tns_driver *const *tns_drivers(size_t *count);
TNS_API const tns_driver *tns_driver_find(const char *name); /* NULL = none of that name */

typedef enum tns_access { TNS_ACCESS_OK, TNS_ACCESS_DENIED, TNS_ACCESS_BUSY } tns_access;

/* Something plugged in that may be an instrument. */
typedef struct tns_device {
    const tns_driver *driver;
    bool certain; /* false: a chip that many things share, not asked what it is */
    char model[64];
    uint16_t vendor_id, product_id;
    char serial[40];   /* as the bus tells; "" = it does not */
    char path[128];    /* "usb:1-1.4" */
    tns_access access; /* found by trying, without a word to the instrument */
    char holder[80];   /* who keeps it busy, where that can be told: "colord (pid 812)" */
} tns_device;

/*
 * What is plugged in now, and behind it what is always there: drivers of what is no thing, as the
 * simulated instrument. Where USB cannot be looked at (TNS_ERROR_UNSUPPORTED: its module is not
 * installed) this is false, and *out has what is always there alone. free() *out, whatever it
 * gives; *count of them.
 */
TNS_API bool tns_devices_list(tns_device **out, size_t *count, tns_error *err);

/* How a port is opened. Zeroed: plainly. */
typedef struct tns_port_options {
    FILE *trace; /* every transfer is written there, a line each; borrowed */
    int hurry;   /* every time-out and wait is this many times shorter, for tests; 0 = 1 */
} tns_port_options;

/*
 * The first USB device of these ids, or the one at `path` ("usb:1-1.4"; NULL = any), with all its
 * interfaces; those the kernel drives are given back on closing. Where the id names a bridge, the
 * port is a serial line. `options` may be NULL. TNS_ERROR_NO_INSTRUMENT, _PERMISSION (the text says
 * which rule is missing), _BUSY (who holds it), or _UNSUPPORTED where the module for USB is not
 * installed. Of all three below: close the port that is opened with tns_port_close(), unless an
 * instrument takes it over.
 */
TNS_API bool tns_port_open_usb(const tns_usb_id *ids, size_t count, const char *path,
                               const tns_port_options *options, tns_port *out, tns_error *err);

/* A serial line by its path, "/dev/ttyUSB0". Locked against other programs while it is open. Fails
   as above. */
TNS_API bool tns_port_open_tty(const char *path, const tns_port_options *options, tns_port *out,
                               tns_error *err);

/*
 * A recorded trace in an instrument's place: answers with what the trace says, in its order, and
 * with TNS_ERROR_BAD_REPLY, naming the line, where the driver asks for something else. Its clock is
 * that of the trace: nothing is waited for.
 */
TNS_API bool tns_port_open_replay(const char *path, tns_port *out, tns_error *err);

/*
 * Opens by name: "DRIVER", "DRIVER:SERIAL", "DRIVER:/dev/ttyUSB0", "DRIVER:usb:1-1.4",
 * "DRIVER:replay:FILE". Without a serial number two equal instruments are TNS_ERROR_USAGE, naming
 * both. What is no thing (the simulated instrument) takes what is behind the colon as its sample.
 * `folder` and `context` as in tns_instrument_open; options may be NULL. NULL on failure; close
 * what is returned with tns_instrument_close().
 */
TNS_API tns_instrument *tns_device_open(const char *name, const char *folder,
                                        const tns_port_options *options, const tns_context *context,
                                        tns_error *err);

typedef struct tns_device_watch tns_device_watch;

/* Tells of what is plugged in and pulled out; close what is returned. NULL on failure, as where the
   module for USB is not installed. */
TNS_API tns_device_watch *tns_device_watch_open(tns_error *err);
/* NULL is taken. */
TNS_API void tns_device_watch_close(tns_device_watch *watch);

/* Waits up to timeout_ms; *changed is false when no instrument came or went. */
TNS_API bool tns_device_watch_wait(tns_device_watch *watch, int timeout_ms, bool *changed,
                                   tns_error *err);

TNS_END_DECLS

#endif
