/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an instrument must be calibrated, and one step of it after the other. */
#include <stdio.h>
#include <string.h>

#include "measure/inside.h"

/* A calibration from the future was made before the clock was set back: its age is unknown. */
static bool is_due(int64_t made, int holds_s, int64_t now)
{
    return holds_s > 0 && (made <= 0 || made > now || now - made > holds_s);
}

static unsigned due(const tns_instrument *instrument)
{
    const tns_capabilities *can = &instrument->session.capabilities;
    const tns_calibration *made = &instrument->session.calibration;
    int64_t now = tns_context_now(instrument->context);
    unsigned needs = instrument->doubt[0] ? TNS_NEED_WHITE : 0;
    if (is_due(made->white_time, can->white_valid_s, now))
        needs |= TNS_NEED_WHITE;
    if (is_due(made->dark_time, can->dark_valid_s, now))
        needs |= TNS_NEED_DARK;
    return needs;
}

bool tns_instrument_needs(tns_instrument *instrument, unsigned *needs, tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    unsigned asked = 0;
    *needs = 0;
    if (!tns_instrument_ready(instrument, err))
        return false;
    if (!instrument->driver->calibrate)
        return true;
    int64_t white_time = instrument->session.calibration.white_time;
    if (instrument->driver->needs && !instrument->driver->needs(&instrument->session, &asked, &why))
        return tns_instrument_failed(instrument, &why, err);
    tns_calibration_notice(instrument, white_time);
    *needs = asked | due(instrument);
    return true;
}

static void say_age(const tns_instrument *instrument, char *out, size_t size)
{
    int64_t made = instrument->session.calibration.white_time;
    int64_t hours = (tns_context_now(instrument->context) - made) / 3600;
    if (instrument->doubt[0])
        snprintf(out, size, ": %s", instrument->doubt);
    else if (made > 0 && hours >= 1)
        snprintf(out, size, ": the last calibration is %lld hours old", (long long)hours);
    else
        out[0] = '\0';
}

bool tns_calibration_check(tns_instrument *instrument, tns_error *err)
{
    unsigned needs;
    char age[160];
    if (!tns_instrument_needs(instrument, &needs, err))
        return false;
    if (needs == 0)
        return true;
    say_age(instrument, age, sizeof age);
    tns_error why;
    tns_error_set(&why, TNS_ERROR_NOT_CALIBRATED, "a %s calibration is due%s (tonsure calibrate)",
                  needs & TNS_NEED_WHITE ? "white" : "dark", age);
    return tns_instrument_failed(instrument, &why, err);
}

/* ---- steps ---- */

static bool finish(tns_instrument *instrument, unsigned need, tns_error *err)
{
    tns_calibration *made = &instrument->session.calibration;
    int64_t now = tns_context_now(instrument->context);
    if (need == TNS_NEED_WHITE) {
        made->white_time = now;
        instrument->doubt[0] = '\0';
    } else {
        made->dark_time = now;
    }
    return tns_kept_save(instrument, err) ||
           tns_error_prefix(err, "%s: calibrated for now, but not kept", instrument->driver->name);
}

bool tns_instrument_calibrate(tns_instrument *instrument, unsigned need, tns_step *step,
                              tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    memset(step, 0, sizeof *step);
    if (!instrument->driver->calibrate)
        return tns_instrument_cannot(instrument, "it calibrates itself, or not at all", err);
    if (need != TNS_NEED_WHITE && need != TNS_NEED_DARK)
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: expected one calibration to be made",
                             instrument->driver->name);
    if (!tns_instrument_ready(instrument, err))
        return false;
    int64_t white_time = instrument->session.calibration.white_time;
    bool ok = instrument->driver->calibrate(&instrument->session, need, step, &why);
    tns_calibration_notice(instrument, white_time); /* also between the steps of a new one */
    if (!ok)
        return tns_instrument_failed(instrument, &why, err);
    return !step->done || finish(instrument, need, err);
}
