/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An instrument by its name: "DRIVER", or "DRIVER:WHICH". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/devices.h>

#include "devices/transport/ports.h"
#include "devices/transport/usb.h"

/* What is asked for, and what it takes to open it. */
typedef struct wish {
    const tns_driver *driver;
    const char *which; /* NULL = whichever there is */
    const char *folder;
    const tns_port_options *options;
    const tns_context *context;
} wish;

static tns_instrument *begin(const wish *w, tns_port *port, tns_error *err)
{
    return tns_instrument_open(w->driver, port, w->folder, w->context, err);
}

static tns_instrument *open_usb(const wish *w, const char *path, tns_error *err)
{
    tns_port port;
    return tns_port_open_usb(w->driver->usb, w->driver->usb_count, path, w->options, &port, err)
               ? begin(w, &port, err)
               : NULL;
}

static tns_instrument *open_tty(const wish *w, tns_error *err)
{
    tns_port port;
    if (!w->driver->any_serial_line) {
        tns_error_set(err, TNS_ERROR_USAGE, "it is not read over a serial line");
        return NULL;
    }
    return tns_port_open_tty(w->which, w->options, &port, err) ? begin(w, &port, err) : NULL;
}

static tns_instrument *open_replay(const wish *w, const char *file, tns_error *err)
{
    tns_port port;
    return tns_port_open_replay(file, &port, err) ? begin(w, &port, err) : NULL;
}

static tns_instrument *open_nowhere(const wish *w, tns_error *err)
{
    tns_port port;
    return tns_nowhere_open(w->which ? w->which : "", w->options ? w->options->hurry : 0, &port,
                            err)
               ? begin(w, &port, err)
               : NULL;
}

static const char *name_of(const tns_usb_found *found)
{
    return found->serial[0] ? found->serial : found->path;
}

static void refuse_several(const wish *w, const tns_usb_found *found, size_t count, tns_error *err)
{
    char names[256] = "";
    for (size_t i = 0; i < count; i++) {
        size_t at = strlen(names);
        snprintf(names + at, sizeof names - at, "%s%s:%s", i ? " or " : "", w->driver->name,
                 name_of(&found[i]));
    }
    tns_error_set(err, TNS_ERROR_USAGE, "%zu are plugged in: say %s", count, names);
}

/* The only one that is there. */
static tns_instrument *open_only(const wish *w, const tns_usb_found *found, size_t count,
                                 tns_error *err)
{
    if (count == 1)
        return open_usb(w, found[0].path, err);
    if (count > 1)
        refuse_several(w, found, count, err);
    else
        tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "none is plugged in%s",
                      w->driver->any_serial_line ? "; one on a serial line is named by its path"
                                                 : "");
    return NULL;
}

static const tns_usb_found *with_serial(const char *serial, const tns_usb_found *found,
                                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(found[i].serial, serial) == 0)
            return &found[i];
    return NULL;
}

static bool has_serial(const tns_instrument *instrument, const char *serial)
{
    return strcmp(tns_instrument_session(instrument)->serial, serial) == 0;
}

/*
 * Where the bus does not tell serial numbers, each is opened and asked. A trace is one of the unit
 * that was meant, from its opening on.
 */
static tns_instrument *ask_each(const wish *w, const tns_usb_found *found, size_t count,
                                tns_error *err)
{
    const tns_port_options quiet = {.hurry = w->options ? w->options->hurry : 0};
    wish plainly = *w;
    plainly.options = &quiet;
    bool traced = w->options && w->options->trace, failed = false;
    for (size_t i = 0; i < count; i++) {
        tns_instrument *one = open_usb(&plainly, found[i].path, err);
        failed = failed || !one;
        if (one && has_serial(one, w->which) && !traced)
            return one;
        bool is_it = one && has_serial(one, w->which);
        tns_instrument_close(one);
        if (is_it)
            return open_usb(w, found[i].path, err);
    }
    if (!failed) /* else that error stands: it may have been the one */
        tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "none with the serial number %s is plugged in",
                      w->which);
    return NULL;
}

static tns_instrument *open_found(const wish *w, tns_error *err)
{
    tns_usb_found *found = NULL;
    size_t count = 0;
    tns_instrument *opened = NULL;
    const tns_driver *d = w->driver;
    if (!tns_usb_list(d->usb, d->usb_count, false, &found, &count, err))
        return NULL;
    const tns_usb_found *told = w->which ? with_serial(w->which, found, count) : NULL;
    if (!w->which)
        opened = open_only(w, found, count, err);
    else if (told)
        opened = open_usb(w, told->path, err);
    else
        opened = ask_each(w, found, count, err);
    free(found);
    return opened;
}

static bool is_nowhere(const tns_driver *driver)
{
    return driver->usb_count == 0 && !driver->any_serial_line;
}

static tns_instrument *open_wish(const wish *w, tns_error *err)
{
    static const char replay[] = "replay:";
    if (w->which && strncmp(w->which, replay, sizeof replay - 1) == 0)
        return open_replay(w, w->which + sizeof replay - 1, err);
    if (is_nowhere(w->driver))
        return open_nowhere(w, err);
    if (w->which && strncmp(w->which, "usb:", 4) == 0)
        return open_usb(w, w->which, err);
    if (w->which && w->which[0] == '/')
        return open_tty(w, err);
    return open_found(w, err);
}

static void refuse_unknown(const char *name, tns_error *err)
{
    char names[256] = "";
    size_t count;
    const tns_driver *const *all = tns_drivers(&count);
    for (size_t i = 0; i < count; i++) {
        size_t at = strlen(names);
        snprintf(names + at, sizeof names - at, "%s%s", i ? ", " : "", all[i]->name);
    }
    tns_error_set(err, TNS_ERROR_USAGE, "unknown instrument \"%s\": expected one of %s", name,
                  names);
}

/* An instrument that was reached names itself in its errors. */
static bool names_itself(const tns_error *err, const char *driver)
{
    size_t length = strlen(driver);
    return strncmp(err->text, driver, length) == 0 &&
           (err->text[length] == ' ' || err->text[length] == ':');
}

tns_instrument *tns_device_open(const char *name, const char *folder,
                                const tns_port_options *options, const tns_context *context,
                                tns_error *err)
{
    char driver[32];
    const char *colon = strchr(name, ':');
    snprintf(driver, sizeof driver, "%.*s", (int)(colon ? colon - name : 31), name);
    wish w = {.driver = tns_driver_find(driver),
              .which = colon && colon[1] ? colon + 1 : NULL,
              .folder = folder,
              .options = options,
              .context = context};
    if (!w.driver) {
        refuse_unknown(name, err);
        return NULL;
    }
    tns_instrument *opened = open_wish(&w, err);
    if (!opened && err && !names_itself(err, driver))
        tns_error_prefix(err, "%s", driver);
    return opened;
}
