/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "measure/inside.h"

bool tns_instrument_ready(const tns_instrument *instrument, tns_error *err)
{
    return !instrument->gone ||
           tns_error_set(err, TNS_ERROR_GONE, "%s: unplugged; plug it in and begin again",
                         instrument->driver->name);
}

static bool say(const tns_instrument *instrument, const tns_error *why, tns_error *err)
{
    const char *serial = instrument->session.serial;
    return tns_error_set(err, why->code, "%s%s%s: %s", instrument->driver->name,
                         serial[0] ? " " : "", serial, why->text);
}

bool tns_instrument_failed(tns_instrument *instrument, const tns_error *why, tns_error *err)
{
    if (why->code == TNS_ERROR_GONE && !instrument->gone) {
        instrument->gone = true;
        tns_calibration_doubt(instrument, "the instrument was unplugged while in use");
    }
    return say(instrument, why, err);
}

bool tns_instrument_cannot(const tns_instrument *instrument, const char *what, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "%s: %s", instrument->driver->name, what);
}

/* ---- open and close ---- */

static void destroy(tns_instrument *instrument)
{
    tns_port_close(&instrument->port);
    free(instrument->session.state);
    free(instrument->folder);
    free(instrument);
}

static tns_instrument *create(const tns_driver *driver, tns_port *port, const char *folder,
                              const tns_context *context)
{
    tns_instrument *instrument = calloc(1, sizeof *instrument);
    if (!instrument)
        return NULL;
    instrument->driver = driver;
    instrument->context = context;
    instrument->session.context = context;
    instrument->session.capabilities = driver->capabilities;
    instrument->session.state = calloc(1, driver->state_size ? driver->state_size : 1);
    instrument->folder = folder ? calloc(1, strlen(folder) + 1) : NULL;
    if (!instrument->session.state || (folder && !instrument->folder)) {
        destroy(instrument);
        return NULL;
    }
    if (folder)
        memcpy(instrument->folder, folder, strlen(folder));
    instrument->port = *port;
    memset(port, 0, sizeof *port);
    instrument->session.port = &instrument->port;
    return instrument;
}

void tns_warn_if_coarse(const tns_instrument *instrument, tns_warnings *warnings)
{
    const char *note = instrument->driver->note;
    if (instrument->session.capabilities.confidence == TNS_CONFIDENCE_LOW)
        tns_warn(warnings,
                 "a coarse instrument, good for comparing more than for "
                 "absolute colors%s%s",
                 note && note[0] ? ": " : "", note ? note : "");
}

/* An open that failed halfway is closed by the driver, but for what is another thing. */
static void give_up(tns_instrument *instrument, tns_code code)
{
    if (instrument->driver->close && code != TNS_ERROR_NO_INSTRUMENT)
        instrument->driver->close(&instrument->session);
    destroy(instrument);
}

tns_instrument *tns_instrument_open(const tns_driver *driver, tns_port *port, const char *folder,
                                    const tns_context *context, tns_error *err)
{
    tns_error why = {.code = TNS_ERROR_INSTRUMENT, .text = "it cannot be opened"};
    tns_instrument *instrument = create(driver, port, folder, context);
    if (!instrument) {
        tns_port_close(port);
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", driver->name);
        return NULL;
    }
    if (driver->open && !driver->open(&instrument->session, &why)) {
        say(instrument, &why, err); /* what is kept of it was not read yet, and stays as it is */
        give_up(instrument, why.code);
        return NULL;
    }
    tns_kept_load(instrument);
    tns_warn_if_coarse(instrument, &instrument->notes);
    return instrument;
}

void tns_instrument_close(tns_instrument *instrument)
{
    if (!instrument)
        return;
    int64_t white_time = instrument->session.calibration.white_time;
    if (instrument->driver->close)
        instrument->driver->close(&instrument->session);
    tns_calibration_notice(instrument, white_time);
    destroy(instrument);
}

void tns_instrument_dry_run(tns_instrument *instrument)
{
    instrument->dry_run = true;
}

/* ---- what it is ---- */

const tns_driver *tns_instrument_driver(const tns_instrument *instrument)
{
    return instrument->driver;
}

const tns_session *tns_instrument_session(const tns_instrument *instrument)
{
    return &instrument->session;
}

const tns_warnings *tns_instrument_notes(const tns_instrument *instrument)
{
    return &instrument->notes;
}

/* ---- what is passed on to the driver ---- */

bool tns_instrument_wait(tns_instrument *instrument, int timeout_ms, tns_event *out, tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    memset(out, 0, sizeof *out);
    if (!instrument->driver->wait)
        return tns_instrument_cannot(instrument, "it tells of no button, dial or cap", err);
    return tns_instrument_ready(instrument, err) &&
           (instrument->driver->wait(&instrument->session, timeout_ms, out, &why) ||
            tns_instrument_failed(instrument, &why, err));
}

bool tns_instrument_battery(tns_instrument *instrument, double *level, tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    if (!instrument->driver->battery)
        return tns_instrument_cannot(instrument, "it has no battery, or tells nothing of it", err);
    return tns_instrument_ready(instrument, err) &&
           (instrument->driver->battery(&instrument->session, level, &why) ||
            tns_instrument_failed(instrument, &why, err));
}

bool tns_instrument_count_stored(tns_instrument *instrument, size_t *count, tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    if (!instrument->driver->count_stored || !instrument->driver->read_stored)
        return tns_instrument_cannot(instrument, "it keeps no readings, or does not hand them out",
                                     err);
    return tns_instrument_ready(instrument, err) &&
           (instrument->driver->count_stored(&instrument->session, count, &why) ||
            tns_instrument_failed(instrument, &why, err));
}
