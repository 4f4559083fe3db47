/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the ColorMunki Photo, Design and i1Studio say and are told, bytes <-> values. Pure. All
 * integers are little-endian, floats IEEE-754 single; requests are vendor requests to the device.
 */
#ifndef COLORMUNKI_PROTOCOL_H
#define COLORMUNKI_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/error.h>
#include <tonsure/spectrum.h>

enum {
    MUNKI_TRIGGER = 0x80,
    MUNKI_READ_EEPROM = 0x81,
    MUNKI_VERSION = 0x85,
    MUNKI_FIRMWARE = 0x86,
    MUNKI_DIAL = 0x87,
    MUNKI_CHIP = 0x8A
};

enum {
    MUNKI_PIXELS = 128,
    MUNKI_TAPS = 16,
    MUNKI_TRIGGER_SIZE = 12,
    MUNKI_ADDRESS_SIZE = 8,
    MUNKI_VERSION_SIZE = 36,
    MUNKI_FIRMWARE_SIZE = 24,
    MUNKI_DIAL_SIZE = 2,
    MUNKI_CHIP_SIZE = 8,
    MUNKI_EVENT_SIZE = 8,
    MUNKI_READING_SIZE = 274,
    MUNKI_EEPROM_HEAD = 8, /* enough to learn the size of the rest */
    MUNKI_EEPROM_MAX = 16384
};

typedef struct munki_firmware {
    unsigned major, minor;
    double tick_s; /* of the integration clock */
    uint32_t min_ticks;
} munki_firmware;

typedef enum munki_dial {
    MUNKI_DIAL_BETWEEN, /* or at the projector */
    MUNKI_DIAL_SURFACE,
    MUNKI_DIAL_TILE,
    MUNKI_DIAL_AMBIENT
} munki_dial;

typedef enum munki_event {
    MUNKI_PRESSED = 1,
    MUNKI_RELEASED = 2,
    MUNKI_DIAL_MOVED = 0x100
} munki_event;

/* What the factory wrote into the instrument, of what reflectance needs. */
typedef struct munki_eeprom {
    int version;
    uint8_t chip[MUNKI_CHIP_SIZE];
    char serial[17];
    int first_pixel[TNS_BANDS];           /* of the taps of each band */
    double tap[TNS_BANDS][MUNKI_TAPS];    /* each row's sum is 1 */
    double linear[4];                     /* c0..c3, normal gain */
    double tile[TNS_BANDS];               /* reflectance of the white tile */
    double least, best, most, saturation; /* levels of the brightest pixel in counts */
    double start_s;                       /* integration to begin with */
    double heat_s, cool_s, skip_s, run_s; /* of the LED; left out at the start; of a long run */
    uint8_t hold_duty;
    double stray[TNS_BANDS][TNS_BANDS]; /* from the bands as filtered; identity and more */
} munki_eeprom;

/* One integration. */
typedef struct munki_reading {
    double shielded; /* mean of the cells that see no light */
    double pixel[MUNKI_PIXELS];
    double led; /* voltage drop of the LED: its temperature */
} munki_reading;

typedef struct munki_trigger {
    bool lamp;
    uint8_t hold_duty;
    uint32_t ticks, readings;
} munki_trigger;

void munki_put_trigger(munki_trigger trigger, uint8_t out[MUNKI_TRIGGER_SIZE]);
void munki_put_address(uint32_t address, uint32_t length, uint8_t out[MUNKI_ADDRESS_SIZE]);

bool munki_get_firmware(const uint8_t bytes[MUNKI_FIRMWARE_SIZE], munki_firmware *out,
                        tns_error *err);
bool munki_get_dial(const uint8_t bytes[MUNKI_DIAL_SIZE], munki_dial *out, tns_error *err);
munki_event munki_get_event(const uint8_t bytes[MUNKI_EVENT_SIZE]);

/* Size of the EEPROM's block, a multiple of 4, from its first bytes. */
bool munki_get_eeprom_size(const uint8_t head[MUNKI_EEPROM_HEAD], size_t *size, tns_error *err);
bool munki_get_eeprom(const uint8_t *bytes, size_t size, munki_eeprom *out, tns_error *err);

/* `bytes` of `size` as readings; *count of them, at most `room`. */
bool munki_get_readings(const uint8_t *bytes, size_t size, munki_reading *out, size_t room,
                        size_t *count, tns_error *err);

#endif
