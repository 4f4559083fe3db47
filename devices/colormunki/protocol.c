/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "devices/colormunki/protocol.h"

/* Where things stand in the EEPROM, in bytes. */
enum {
    AT_VERSION = 0,
    AT_SIZE = 4,
    AT_CHECKSUM = 8,
    AT_CHIP = 16,
    AT_SERIAL = 24,
    AT_FIRST_PIXEL = 40,
    AT_TAPS = 184,
    AT_LINEAR = 4936,
    AT_TILE = 4968,
    AT_LEVELS = 5400,
    AT_START = 5408,
    AT_HEAT = 5412,
    AT_COOL = 5416,
    AT_DUTY = 5420,
    AT_SKIP = 5422,
    AT_RUN = 5424,
    AT_STRAY = 5428,
    AT_STRAY_SCALE = 8020,
    LEAST_SIZE = 8024
};

/* The stray-light matrix of version 3 has no scale of its own. */
static const double OLD_STRAY_SCALE = 0.001;

/* Of the shortest integration: 7168 in the units known. */
enum { LONGEST_MINIMUM_US = 50000 };

/* Words of a reading. */
enum { SHIELDED_CELLS = 4, FIRST_PIXEL_WORD = 6, LED_WORD = 136 };

static unsigned get_u16(const uint8_t *p)
{
    return p[0] | (unsigned)p[1] << 8;
}

static uint32_t get_u32(const uint8_t *p)
{
    return get_u16(p) | (uint32_t)get_u16(p + 2) << 16;
}

static int32_t get_i32(const uint8_t *p)
{
    uint32_t bits = get_u32(p);
    int32_t value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double get_i16(const uint8_t *p)
{
    unsigned bits = get_u16(p);
    return bits < 0x8000 ? (double)bits : (double)bits - 0x10000;
}

static double get_f32(const uint8_t *p)
{
    uint32_t bits = get_u32(p);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void put_u32(uint32_t value, uint8_t *p)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(value >> 8 * i);
}

void tns_munki_put_trigger(tns_munki_trigger trigger, uint8_t out[TNS_MUNKI_TRIGGER_SIZE])
{
    out[0] = trigger.lamp;
    out[1] = 0; /* no scan: the number of readings is fixed */
    out[2] = 0; /* normal gain */
    out[3] = trigger.hold_duty;
    put_u32(trigger.ticks, out + 4);
    put_u32(trigger.readings, out + 8);
}

void tns_munki_put_address(uint32_t address, uint32_t length, uint8_t out[TNS_MUNKI_ADDRESS_SIZE])
{
    put_u32(address, out);
    put_u32(length, out + 4);
}

bool tns_munki_get_firmware(const uint8_t bytes[TNS_MUNKI_FIRMWARE_SIZE], tns_munki_firmware *out,
                            tns_error *err)
{
    uint32_t tick_us = get_u32(bytes + 8);
    *out = (tns_munki_firmware){.major = get_u32(bytes),
                                .minor = get_u32(bytes + 4),
                                .tick_s = tick_us * 1e-6,
                                .min_ticks = get_u32(bytes + 12)};
    uint64_t shortest_us = (uint64_t)tick_us * out->min_ticks;
    if (tick_us < 1 || tick_us > 1000 || shortest_us < 1 || shortest_us > LONGEST_MINIMUM_US)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY,
                             "firmware: a clock of %u us and %u ticks at least", tick_us,
                             out->min_ticks);
    return true;
}

bool tns_munki_get_dial(const uint8_t bytes[TNS_MUNKI_DIAL_SIZE], tns_munki_dial *out,
                        tns_error *err)
{
    *out = (tns_munki_dial)bytes[0];
    return bytes[0] <= TNS_MUNKI_DIAL_AMBIENT ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY, "dial: position %u of 0..3", bytes[0]);
}

tns_munki_event tns_munki_get_event(const uint8_t bytes[TNS_MUNKI_EVENT_SIZE])
{
    return (tns_munki_event)get_u32(bytes);
}

bool tns_munki_get_eeprom_size(const uint8_t head[TNS_MUNKI_EEPROM_HEAD], size_t *size,
                               tns_error *err)
{
    *size = get_u32(head + AT_SIZE);
    return (*size >= LEAST_SIZE && *size <= TNS_MUNKI_EEPROM_MAX) ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY,
                         "EEPROM: expected a size of %d to %d bytes, found %zu", LEAST_SIZE,
                         TNS_MUNKI_EEPROM_MAX, *size);
}

size_t tns_munki_eeprom_room(size_t size)
{
    return (size + 3) & ~(size_t)3;
}

/* The sum of all words but the one that it stands in. */
static uint32_t checksum(const uint8_t *bytes, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 4 <= size; i += 4)
        sum += i == AT_CHECKSUM ? 0 : get_u32(bytes + i);
    return sum;
}

static bool is_intact(const uint8_t *bytes, size_t size, tns_error *err)
{
    size_t said = 0;
    if (size < LEAST_SIZE || !tns_munki_get_eeprom_size(bytes, &said, err))
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "EEPROM: %zu bytes", size);
    if (tns_munki_eeprom_room(said) != size)
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "EEPROM: expected %zu bytes, found %zu",
                             tns_munki_eeprom_room(said), size);
    uint32_t sum = checksum(bytes, size), told = get_u32(bytes + AT_CHECKSUM);
    if (sum != told)
        return tns_error_set(err, TNS_ERROR_BAD_CHECKSUM, "EEPROM: checksum %08x, expected %08x",
                             sum, told);
    unsigned version = get_u16(bytes + AT_VERSION);
    return (version >= 3 && version <= 6) ||
           tns_error_set(err, TNS_ERROR_INSTRUMENT,
                         "EEPROM: calibration version %u, known are 3 to 6", version);
}

static void get_filters(const uint8_t *bytes, tns_munki_eeprom *out)
{
    for (int j = 0; j < TNS_BANDS; j++) {
        out->first_pixel[j] = get_i32(bytes + AT_FIRST_PIXEL + 4 * j);
        for (int k = 0; k < TNS_MUNKI_TAPS; k++)
            out->tap[j][k] = get_f32(bytes + AT_TAPS + 4 * (TNS_MUNKI_TAPS * j + k));
    }
}

static void get_stray(const uint8_t *bytes, tns_munki_eeprom *out)
{
    double scale = out->version < 4 ? OLD_STRAY_SCALE : get_f32(bytes + AT_STRAY_SCALE);
    for (int j = 0; j < TNS_BANDS; j++)
        for (int k = 0; k < TNS_BANDS; k++)
            out->stray[j][k] =
                (j == k) + scale * get_i16(bytes + AT_STRAY + 2 * (TNS_BANDS * j + k));
}

static void get_times(const uint8_t *bytes, tns_munki_eeprom *out)
{
    out->start_s = get_f32(bytes + AT_START) / 1000;
    out->heat_s = get_i32(bytes + AT_HEAT) / 1000.0;
    out->cool_s = get_i32(bytes + AT_COOL) / 1000.0;
    out->skip_s = get_u16(bytes + AT_SKIP) / 1000.0;
    out->run_s = get_i32(bytes + AT_RUN) / 1000.0;
    out->hold_duty = (uint8_t)get_u16(bytes + AT_DUTY);
}

static void get_serial(const uint8_t *bytes, char out[17])
{
    memcpy(out, bytes, 16);
    out[16] = '\0';
    for (char *c = out; *c; c++)
        if (*c < '!' || *c > '~')
            *c = '\0'; /* ends there */
}

static bool refuse(tns_error *err, const char *what, int band)
{
    return tns_error_set(err, TNS_ERROR_BAD_REPLY, "EEPROM: %s of %d nm makes no sense", what,
                         TNS_FIRST_NM + TNS_STEP_NM * band);
}

static bool bands_make_sense(const tns_munki_eeprom *e, tns_error *err)
{
    for (int j = 0; j < TNS_BANDS; j++) {
        double taps = 0, stray = 0;
        for (int k = 0; k < TNS_MUNKI_TAPS; k++)
            taps += fabs(e->tap[j][k]);
        for (int k = 0; k < TNS_BANDS; k++)
            stray += fabs(e->stray[j][k]);
        if (e->first_pixel[j] < 0 || e->first_pixel[j] > TNS_MUNKI_PIXELS - TNS_MUNKI_TAPS)
            return refuse(err, "the place of the filter", j);
        if (!(taps > 0.5 && taps < 10)) /* the row's sum is 1; some taps may be below 0 */
            return refuse(err, "the filter", j);
        if (!(e->tile[j] > 0.2 && e->tile[j] < 1.2))
            return refuse(err, "the white tile", j);
        if (!(stray < 100))
            return refuse(err, "the stray light", j);
    }
    return true;
}

static bool is_within(double value, double from, double to)
{
    return value >= from && value <= to; /* false for NaN */
}

static bool levels_make_sense(const tns_munki_eeprom *e, tns_error *err)
{
    bool ok = e->least > 0 && e->least < e->best && e->best < e->most && e->most < e->saturation &&
              is_within(e->linear[1], 0.1, 10) && fabs(e->linear[0]) < 1000 &&
              fabs(e->linear[2]) < 1e-3 && fabs(e->linear[3]) < 1e-6 &&
              is_within(e->start_s, 0.001, 0.1) && is_within(e->heat_s, 0, 5) &&
              is_within(e->cool_s, 0, 5) && is_within(e->skip_s, 0, 1) &&
              is_within(e->run_s, 0.5, 6);
    return ok || tns_error_set(err, TNS_ERROR_BAD_REPLY,
                               "EEPROM: levels or times of the sensor make no sense");
}

bool tns_munki_get_eeprom(const uint8_t *bytes, size_t room, tns_munki_eeprom *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (!is_intact(bytes, room, err))
        return false;
    out->version = (int)get_u16(bytes + AT_VERSION);
    memcpy(out->chip, bytes + AT_CHIP, sizeof out->chip);
    get_serial(bytes + AT_SERIAL, out->serial);
    get_filters(bytes, out);
    get_stray(bytes, out);
    get_times(bytes, out);
    for (int i = 0; i < 4; i++) /* the highest power stands first */
        out->linear[3 - i] = get_f32(bytes + AT_LINEAR + 4 * i);
    for (int j = 0; j < TNS_BANDS; j++)
        out->tile[j] = get_f32(bytes + AT_TILE + 4 * j);
    out->least = get_u16(bytes + AT_LEVELS);
    out->best = get_u16(bytes + AT_LEVELS + 2);
    out->most = get_u16(bytes + AT_LEVELS + 4);
    out->saturation = get_u16(bytes + AT_LEVELS + 6);
    return bands_make_sense(out, err) && levels_make_sense(out, err);
}

static void get_reading(const uint8_t *bytes, tns_munki_reading *out)
{
    out->shielded = 0;
    for (int i = 0; i < SHIELDED_CELLS; i++)
        out->shielded += get_u16(bytes + 2 * i) / (double)SHIELDED_CELLS;
    for (int i = 0; i < TNS_MUNKI_PIXELS; i++)
        out->pixel[i] = get_u16(bytes + 2 * (FIRST_PIXEL_WORD + i));
    out->led = get_u16(bytes + 2 * LED_WORD);
}

bool tns_munki_get_readings(const uint8_t *bytes, size_t size, tns_munki_reading *out, size_t room,
                            size_t *count, tns_error *err)
{
    *count = size / TNS_MUNKI_READING_SIZE;
    if (size == 0 || size % TNS_MUNKI_READING_SIZE != 0 || *count > room)
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "readings: %zu bytes, not %zu times %d",
                             size, room, TNS_MUNKI_READING_SIZE);
    for (size_t i = 0; i < *count; i++)
        get_reading(bytes + i * TNS_MUNKI_READING_SIZE, &out[i]);
    return true;
}
