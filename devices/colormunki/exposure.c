/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "devices/colormunki/exposure.h"

enum { TO_DEVICE = 0x40, FROM_DEVICE = 0xC0 };
enum { CONTROL_MS = 2000, MARGIN_MS = 1000 };
enum { TRIES = 6, READINGS_MAX = 8192 };

static const double SPOT_S = 0.5;

/* Of the integration time nothing is gathered, as was found by trial on the real thing. */
static const double DEAD_S = 0.004432;

/* No white tile needs longer, and none is so bright that it needs less. */
static const double LONGEST_S = 0.1, SHORTEST_S = 0.001;

/* A series of integrations of one length. */
typedef struct series {
    size_t count;
    tns_munki_reading *reading; /* malloc'ed */
} series;

bool tns_munki_request(tns_session *s, uint8_t number, uint8_t *data, size_t length, tns_error *err)
{
    tns_request r = {FROM_DEVICE, number, 0, 0};
    return tns_port_control_in(s->port, r, data, length, CONTROL_MS, err);
}

bool tns_munki_command(tns_session *s, uint8_t number, const uint8_t *data, size_t length,
                       tns_error *err)
{
    tns_request r = {TO_DEVICE, number, 0, 0};
    return tns_port_control_out(s->port, r, data, length, CONTROL_MS, err);
}

static double integration(const munki *m, double ticks)
{
    return ticks * m->firmware.tick_s;
}

/* The clock's ticks nearest to a time. */
static double ticks_of(const munki *m, double seconds)
{
    double within = fmin(fmax(seconds, SHORTEST_S), LONGEST_S);
    return fmax(round(within / m->firmware.tick_s), m->firmware.min_ticks);
}

bool tns_munki_can_integrate(const tns_session *s, double ticks)
{
    const munki *m = s->state;
    return ticks == ticks_of(m, integration(m, ticks));
}

/* The answer to a trigger: `n` readings, no more and no fewer. */
static bool take(tns_session *s, const uint8_t trigger[TNS_MUNKI_TRIGGER_SIZE], size_t n,
                 int timeout_ms, tns_munki_reading *out, tns_error *err)
{
    munki *m = s->state;
    size_t got = 0, count = 0;
    uint8_t *bytes = malloc(n * TNS_MUNKI_READING_SIZE);
    if (!bytes)
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory for %zu readings", n);
    if (m->doubtful)
        tns_port_drain(s->port, TNS_MUNKI_DATA, MARGIN_MS);
    m->doubtful = true;
    bool ok = tns_munki_command(s, TNS_MUNKI_TRIGGER, trigger, TNS_MUNKI_TRIGGER_SIZE, err) &&
              tns_port_read(s->port, TNS_MUNKI_DATA, bytes, n * TNS_MUNKI_READING_SIZE, &got,
                            timeout_ms, err) &&
              tns_munki_get_readings(bytes, got, out, n, &count, err);
    free(bytes);
    if (ok && count != n)
        ok =
            tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected %zu readings, found %zu", n, count);
    m->doubtful = !ok;
    return ok;
}

/* `seconds` of readings, after `skip_s` of them that are left out. */
static bool run(tns_session *s, bool lamp, double ticks, double skip_s, double seconds, series *out,
                tns_error *err)
{
    const munki *m = s->state;
    double each = integration(m, ticks);
    size_t skip = (size_t)ceil(skip_s / each), n = skip + (size_t)fmax(1, round(seconds / each));
    if (tns_context_cancelled(s->context))
        return tns_error_set(err, TNS_ERROR_CANCELLED, "cancelled");
    if (n > READINGS_MAX)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%zu readings are not asked for", n);
    *out = (series){n - skip, malloc(n * sizeof *out->reading)};
    if (!out->reading)
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory for %zu readings", n);
    uint8_t trigger[TNS_MUNKI_TRIGGER_SIZE];
    tns_munki_put_trigger(
        (tns_munki_trigger){lamp, m->eeprom.hold_duty, (uint32_t)ticks, (uint32_t)n}, trigger);
    int timeout_ms = MARGIN_MS + (int)(1000 * each * (double)n);
    if (!take(s, trigger, n, timeout_ms, out->reading, err)) {
        free(out->reading);
        return tns_error_prefix(err, lamp ? "lamp on" : "lamp off");
    }
    memmove(out->reading, out->reading + skip, out->count * sizeof *out->reading);
    return true;
}

static bool run_dark(tns_session *s, double ticks, tns_munki_dark *out, tns_error *err)
{
    series dark;
    if (!run(s, false, ticks, 0, SPOT_S, &dark, err))
        return false;
    bool ok = tns_munki_find_dark(dark.reading, dark.count, out, err);
    free(dark.reading);
    return ok;
}

/* How much longer to integrate on the tile for its best level; 0 = less, for it is saturated. */
static bool ask_longer(tns_session *s, const tns_munki_dark *dark, double ticks, double *longer,
                       tns_error *err)
{
    const tns_munki_eeprom *e = &((munki *)s->state)->eeprom;
    series white;
    if (!run(s, true, ticks, 0, SPOT_S, &white, err))
        return false;
    double level = tns_munki_brightest(e, dark, white.reading, white.count);
    bool saturated = tns_munki_is_saturated(e, white.reading, white.count);
    free(white.reading);
    *longer = saturated ? 0 : tns_munki_linear(e, e->best - dark->level) / fmax(level, 1);
    return true;
}

/* The integration time that brings the tile to its level. */
static bool find_ticks(tns_session *s, double *ticks, tns_error *err)
{
    munki *m = s->state;
    const tns_munki_eeprom *e = &m->eeprom;
    double longer = 0, least = sqrt(e->best / e->most), most = sqrt(e->best / e->least);
    tns_munki_dark dark;
    *ticks = ticks_of(m, e->start_s);
    if (!run_dark(s, *ticks, &dark, err))
        return false;
    for (int i = 0; i < TRIES; i++) {
        if (!ask_longer(s, &dark, *ticks, &longer, err))
            return false;
        if (longer >= least && longer <= most)
            return true;
        *ticks = ticks_of(m, (integration(m, *ticks) - DEAD_S) * longer + DEAD_S);
    }
    return tns_error_set(err, TNS_ERROR_IMPLAUSIBLE, "the white tile is too %s: lamp or tile?",
                         longer > 1 ? "dark" : "bright: saturated");
}

static bool heat_lamp(tns_session *s, tns_error *err)
{
    const munki *m = s->state;
    series heat;
    if (!run(s, true, ticks_of(m, m->eeprom.start_s), 0, m->eeprom.heat_s, &heat, err))
        return false;
    free(heat.reading);
    return true;
}

static bool read_tile(tns_session *s, double ticks, tns_munki_white *out, tns_error *err)
{
    const munki *m = s->state;
    tns_munki_dark dark;
    series white;
    tns_port_sleep_ms(s->port, (int)(1000 * m->eeprom.cool_s));
    if (!run_dark(s, ticks, &dark, err) ||
        !run(s, true, ticks, m->eeprom.skip_s, m->eeprom.run_s, &white, err))
        return false;
    out->ticks = ticks;
    bool ok = tns_munki_is_saturated(&m->eeprom, white.reading, white.count)
                  ? tns_error_set(err, TNS_ERROR_IMPLAUSIBLE, "the white tile is saturated")
                  : tns_munki_find_white(&m->eeprom, &dark, white.reading, white.count,
                                         integration(m, ticks), out, err);
    free(white.reading);
    return ok;
}

bool tns_munki_read_white(tns_session *s, tns_munki_white *out, tns_error *err)
{
    double ticks = 0;
    return heat_lamp(s, err) && find_ticks(s, &ticks, err) && read_tile(s, ticks, out, err);
}

bool tns_munki_read_spot(tns_session *s, const tns_munki_white *white, double out[TNS_BANDS],
                         tns_error *err)
{
    const munki *m = s->state;
    tns_munki_dark dark;
    series spot;
    if (!run_dark(s, white->ticks, &dark, err) ||
        !run(s, true, white->ticks, m->eeprom.skip_s, SPOT_S, &spot, err))
        return false;
    bool ok = tns_munki_is_saturated(&m->eeprom, spot.reading, spot.count)
                  ? tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                                  "saturated: brighter than the sensor can see")
                  : tns_munki_find_reflectance(&m->eeprom, white, &dark, spot.reading, spot.count,
                                               integration(m, white->ticks), out, err);
    free(spot.reading);
    return ok;
}
