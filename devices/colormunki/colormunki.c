/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * X-Rite ColorMunki Photo, Design and i1Studio. The unit is not to be cleared of halts when it is
 * opened, and wants a reset before it is closed: else only every second start succeeds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/driver.h>

#include "devices/colormunki/exposure.h"

enum { EVENTS = 0x83 };
enum { EEPROM_MS = 6000, DEBOUNCE_MS = 500, QUIET_MS = 30 };

static bool read_eeprom(tns_session *s, uint32_t address, uint8_t *out, size_t length,
                        tns_error *err)
{
    uint8_t where[TNS_MUNKI_ADDRESS_SIZE];
    tns_munki_put_address(address, (uint32_t)length, where);
    return (tns_munki_command(s, TNS_MUNKI_READ_EEPROM, where, sizeof where, err) &&
            tns_port_read_exactly(s->port, TNS_MUNKI_DATA, out, length, EEPROM_MS, err)) ||
           tns_error_prefix(err, "EEPROM");
}

static bool load_eeprom(tns_session *s, tns_munki_eeprom *out, tns_error *err)
{
    uint8_t head[TNS_MUNKI_EEPROM_HEAD];
    size_t size = 0;
    if (!read_eeprom(s, 0, head, sizeof head, err) || !tns_munki_get_eeprom_size(head, &size, err))
        return false;
    size_t room = tns_munki_eeprom_room(size);
    uint8_t *bytes = calloc(1, room);
    if (!bytes)
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory for %zu bytes", room);
    bool ok = read_eeprom(s, 0, bytes, size, err) && tns_munki_get_eeprom(bytes, room, out, err);
    free(bytes);
    return ok;
}

static bool check_chip(tns_session *s, const tns_munki_eeprom *eeprom, tns_error *err)
{
    static const uint8_t NONE[TNS_MUNKI_CHIP_SIZE] = {255, 255, 255, 255, 255, 255, 255, 255};
    uint8_t chip[TNS_MUNKI_CHIP_SIZE];
    if (!tns_munki_request(s, TNS_MUNKI_CHIP, chip, sizeof chip, err))
        return tns_error_prefix(err, "sensor chip");
    if (!memcmp(chip, NONE, sizeof chip))
        return tns_error_set(err, TNS_ERROR_INSTRUMENT, "the sensor is not connected inside");
    return !memcmp(chip, eeprom->chip, sizeof chip) ||
           tns_error_set(err, TNS_ERROR_INSTRUMENT,
                         "the factory calibration inside is of another sensor chip");
}

static bool load_firmware(tns_session *s, tns_munki_firmware *out, tns_error *err)
{
    uint8_t bytes[TNS_MUNKI_FIRMWARE_SIZE];
    if (!tns_munki_request(s, TNS_MUNKI_FIRMWARE, bytes, sizeof bytes, err) ||
        !tns_munki_get_firmware(bytes, out, err))
        return tns_error_prefix(err, "firmware");
    return true;
}

static bool read_dial(tns_session *s, tns_munki_dial *out, tns_error *err)
{
    uint8_t bytes[TNS_MUNKI_DIAL_SIZE];
    return (tns_munki_request(s, TNS_MUNKI_DIAL, bytes, sizeof bytes, err) &&
            tns_munki_get_dial(bytes, out, err)) ||
           tns_error_prefix(err, "dial");
}

/* What a program that died has left unread would be taken for the EEPROM. */
static bool open_munki(tns_session *s, tns_error *err)
{
    munki *m = s->state;
    tns_port_drain(s->port, TNS_MUNKI_DATA, QUIET_MS);
    if (!tns_port_listen(s->port, EVENTS, TNS_MUNKI_EVENT_SIZE, err) ||
        !load_firmware(s, &m->firmware, err) || !load_eeprom(s, &m->eeprom, err) ||
        !check_chip(s, &m->eeprom, err))
        return false;
    strcpy(s->serial, m->eeprom.serial);
    strcpy(s->model, s->port->identity.vendor_id == 0x0765 ? "X-Rite i1Studio"
                                                           : "X-Rite ColorMunki Photo/Design");
    snprintf(s->firmware, sizeof s->firmware, "%u.%02u", m->firmware.major, m->firmware.minor);
    return true;
}

/* False for what was never made, and for what this unit cannot have made. */
static bool get_white(const tns_session *s, tns_munki_white *out)
{
    return tns_munki_white_get(s->calibration.value, s->calibration.count, out) &&
           tns_munki_can_integrate(s, out->ticks);
}

static bool needs_munki(tns_session *s, unsigned *needs, tns_error *err)
{
    (void)err;
    tns_munki_white kept;
    *needs = get_white(s, &kept) ? 0 : TNS_NEED_WHITE;
    return true;
}

/* One that was turned meanwhile has shown the sensor something else. */
static bool stayed(tns_session *s, tns_munki_dial where, tns_error *err)
{
    tns_munki_dial dial;
    if (!read_dial(s, &dial, err))
        return false;
    return dial == where || tns_error_set(err, TNS_ERROR_SETUP,
                                          "the dial was turned while it was reading: leave it, and "
                                          "begin again");
}

static bool calibrate_munki(tns_session *s, unsigned need, tns_step *step, tns_error *err)
{
    (void)need; /* the dark is read anew with each reading */
    tns_munki_white white;
    tns_munki_dial dial;
    *step = (tns_step){
        .setup = TNS_SETUP_DIAL_TILE, .sensed = true, .hint = "turn the dial to the white tile"};
    if (!read_dial(s, &dial, err))
        return false;
    if (dial != TNS_MUNKI_DIAL_TILE)
        return true;
    if (!tns_munki_read_white(s, &white, err) || !stayed(s, TNS_MUNKI_DIAL_TILE, err))
        return false;
    tns_munki_white_put(&white, s->calibration.value);
    s->calibration.count = TNS_MUNKI_WHITE_NUMBERS;
    *step = (tns_step){.done = true};
    return true;
}

static bool measure_munki(tns_session *s, tns_sample *out, tns_error *err)
{
    tns_munki_white white;
    tns_munki_dial dial;
    if (!get_white(s, &white))
        return tns_error_set(err, TNS_ERROR_NOT_CALIBRATED, "not calibrated on its white tile");
    if (!read_dial(s, &dial, err))
        return false;
    if (dial != TNS_MUNKI_DIAL_SURFACE)
        return tns_error_set(err, TNS_ERROR_SETUP, "turn the dial to the surface position");
    *out = (tns_sample){
        .has_spectrum = true,
        .spectrum = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM},
    };
    return tns_munki_read_spot(s, &white, out->spectrum.value, err) &&
           stayed(s, TNS_MUNKI_DIAL_SURFACE, err);
}

static tns_setup setup_of(tns_munki_dial dial)
{
    return dial == TNS_MUNKI_DIAL_SURFACE ? TNS_SETUP_DIAL_SURFACE
           : dial == TNS_MUNKI_DIAL_TILE  ? TNS_SETUP_DIAL_TILE
                                          : TNS_SETUP_NONE;
}

/* The dial passes several positions on its way: waits until it rests. */
static bool settle(tns_session *s, tns_event *out, tns_error *err)
{
    tns_munki_dial dial;
    tns_port_sleep_ms(s->port, DEBOUNCE_MS);
    if (!read_dial(s, &dial, err))
        return false;
    *out = (tns_event){TNS_EVENT_DIAL, setup_of(dial)};
    return true;
}

static bool wait_munki(tns_session *s, int timeout_ms, tns_event *out, tns_error *err)
{
    uint8_t bytes[TNS_MUNKI_EVENT_SIZE];
    tns_error why = {.code = TNS_OK};
    *out = (tns_event){.kind = TNS_EVENT_NONE};
    if (!tns_port_read_exactly(s->port, EVENTS, bytes, sizeof bytes, timeout_ms, &why))
        return why.code == TNS_ERROR_TIMEOUT || tns_error_set(err, why.code, "%s", why.text);
    tns_munki_event event = tns_munki_get_event(bytes);
    if (event == TNS_MUNKI_DIAL_MOVED)
        return settle(s, out, err);
    if (event == TNS_MUNKI_PRESSED)
        out->kind = TNS_EVENT_BUTTON;
    return true;
}

static void close_munki(tns_session *s)
{
    tns_port_listen(s->port, EVENTS, 0, NULL);
    tns_port_reset(s->port, NULL);
}

static const tns_usb_id IDS[] = {
    {0x0971, 0x2007, "X-Rite ColorMunki Photo/Design", TNS_BRIDGE_NONE, false},
    {0x0765, 0x6008, "X-Rite i1Studio, Calibrite ColorChecker Studio", TNS_BRIDGE_NONE, false},
};

const tns_driver tns_driver_colormunki = {
    .name = "colormunki",
    .title = "X-Rite ColorMunki Photo and Design, i1Studio, ColorChecker Studio",
    .note = "Below 420 nm its lamp gives next to no light, so those bands are weak.",
    .usb = IDS,
    .usb_count = sizeof IDS / sizeof *IDS,
    .capabilities = {.reflective = true,
                     .from_nm = TNS_FIRST_NM,
                     .to_nm = TNS_LAST_NM,
                     .step_nm = TNS_STEP_NM,
                     .geometry = "45/0",
                     .condition = "M2",
                     .specular = TNS_SPECULAR_EXCLUDED,
                     .triggers = TNS_TRIGGER_HOST | TNS_TRIGGER_BUTTON,
                     .has_dial = true,
                     .white_valid_s = 24 * 3600,
                     .confidence = TNS_CONFIDENCE_HIGH},
    .state_size = sizeof(munki),
    .open = open_munki,
    .needs = needs_munki,
    .calibrate = calibrate_munki,
    .measure = measure_munki,
    .wait = wait_munki,
    .close = close_munki,
};
