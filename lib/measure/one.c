/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample out of the instrument, begun by the program or by the button. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "measure/inside.h"
#include "measure/sanity.h"

enum { LOOK_MS = 250 /* how often a wait for the button asks whether to stop */ };

/* Waits for the button; dial and cap are passed over. */
static bool await_button(tns_instrument *instrument, int seconds, tns_error *why)
{
    int64_t start = tns_port_now_ms(&instrument->port);
    while (tns_port_now_ms(&instrument->port) - start < (int64_t)seconds * 1000) {
        tns_event event = {0};
        if (tns_context_cancelled(instrument->context))
            return tns_error_set(why, TNS_ERROR_CANCELLED, "stopped");
        if (!instrument->driver->wait(&instrument->session, LOOK_MS, &event, why))
            return false;
        if (event.kind == TNS_EVENT_BUTTON)
            return true;
    }
    return tns_error_set(why, TNS_ERROR_TIMEOUT, "the button was not pressed within %d s", seconds);
}

bool tns_trigger_check(const tns_instrument *instrument, tns_trigger trigger, tns_error *err)
{
    const tns_driver *driver = instrument->driver;
    unsigned triggers = instrument->session.capabilities.triggers;
    if (trigger == TNS_BY_BUTTON && (!driver->wait || !(triggers & TNS_TRIGGER_BUTTON)))
        return tns_instrument_cannot(instrument, "it has no button that it tells of", err);
    if (trigger == TNS_BY_HOST && (!driver->measure || !(triggers & TNS_TRIGGER_HOST)))
        return tns_instrument_cannot(instrument, "it measures by its button only (--button)", err);
    return true;
}

static bool trigger_and_read(tns_instrument *instrument, tns_trigger trigger, int button_s,
                             tns_sample *out, tns_error *why)
{
    const tns_driver *driver = instrument->driver;
    if (tns_context_cancelled(instrument->context))
        return tns_error_set(why, TNS_ERROR_CANCELLED, "stopped");
    if (trigger == TNS_BY_HOST)
        return driver->measure(&instrument->session, out, why);
    if (!await_button(instrument, button_s, why))
        return false;
    return driver->fetch     ? driver->fetch(&instrument->session, out, why)
           : driver->measure ? driver->measure(&instrument->session, out, why)
                             : tns_error_set(why, TNS_ERROR_UNSUPPORTED, "it hands out no reading");
}

tns_color tns_sample_color(const tns_sample *sample)
{
    tns_viewing d65;
    if (!sample->has_spectrum)
        return sample->color;
    tns_viewing_find("D65/10", &d65, NULL);
    return tns_color_from_spectrum(&sample->spectrum, &d65);
}

bool tns_sample_take(tns_instrument *instrument, tns_trigger trigger, int button_s, tns_sample *out,
                     tns_color *color, tns_error *err)
{
    tns_error why = {.code = TNS_ERROR_INSTRUMENT, .text = "it gave no reading"};
    memset(out, 0, sizeof *out);
    if (!tns_trigger_check(instrument, trigger, err) || !tns_instrument_ready(instrument, err))
        return false;
    int64_t white_time = instrument->session.calibration.white_time;
    if (!trigger_and_read(instrument, trigger, button_s, out, &why)) {
        tns_calibration_notice(instrument, white_time);
        return tns_instrument_failed(instrument, &why, err);
    }
    tns_check check = tns_sample_check(out, &instrument->session.calibration,
                                       instrument->has_last ? &instrument->last : NULL, &why);
    if (check == TNS_CHECK_CONSTANT)
        tns_calibration_doubt(instrument, "the last reading was the tile's own constant");
    if (check == TNS_CHECK_IDENTICAL)
        tns_calibration_doubt(instrument, "two readings were identical");
    if (check != TNS_CHECK_PASSED)
        return tns_instrument_failed(instrument, &why, err);
    instrument->has_last = out->has_spectrum;
    instrument->last = out->spectrum;
    *color = tns_sample_color(out);
    return true;
}

/* ---- where a reading comes from ---- */

tns_reading tns_reading_from(const tns_instrument *instrument, const char *site, tns_what what)
{
    const tns_capabilities *can = &instrument->session.capabilities;
    tns_reading r = {.what = what};
    tns_text_time(tns_context_now(instrument->context), r.time);
    tns_text_copy(r.site, sizeof r.site, site ? site : "");
    r.source.kind = TNS_SOURCE_INSTRUMENT;
    tns_text_copy(r.source.driver, sizeof r.source.driver, instrument->driver->name);
    tns_text_copy(r.source.serial, sizeof r.source.serial, instrument->session.serial);
    tns_text_copy(r.source.geometry, sizeof r.source.geometry, can->geometry ? can->geometry : "");
    tns_text_copy(r.source.condition, sizeof r.source.condition,
                  can->condition ? can->condition : "");
    r.source.aperture_mm = can->aperture_mm;
    r.source.specular = can->specular;
    return r;
}
