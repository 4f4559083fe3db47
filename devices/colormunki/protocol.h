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
    TNS_MUNKI_TRIGGER = 0x80,
    TNS_MUNKI_READ_EEPROM = 0x81,
    TNS_MUNKI_VERSION = 0x85,
    TNS_MUNKI_FIRMWARE = 0x86,
    TNS_MUNKI_DIAL = 0x87,
    TNS_MUNKI_CHIP = 0x8A
};

enum {
    TNS_MUNKI_PIXELS = 128,
    TNS_MUNKI_TAPS = 16,
    TNS_MUNKI_TRIGGER_SIZE = 12,
    TNS_MUNKI_ADDRESS_SIZE = 8,
    TNS_MUNKI_VERSION_SIZE = 36,
    TNS_MUNKI_FIRMWARE_SIZE = 24,
    TNS_MUNKI_DIAL_SIZE = 2,
    TNS_MUNKI_CHIP_SIZE = 8,
    TNS_MUNKI_EVENT_SIZE = 8,
    TNS_MUNKI_READING_SIZE = 274,
    TNS_MUNKI_EEPROM_HEAD = 8, /* enough to learn the size of the rest */
    TNS_MUNKI_EEPROM_MAX = 16384
};

typedef struct tns_munki_firmware {
    unsigned major, minor;
    double tick_s; /* of the integration clock */
    uint32_t min_ticks;
} tns_munki_firmware;

typedef enum tns_munki_dial {
    TNS_MUNKI_DIAL_BETWEEN, /* or at the projector */
    TNS_MUNKI_DIAL_SURFACE,
    TNS_MUNKI_DIAL_TILE,
    TNS_MUNKI_DIAL_AMBIENT
} tns_munki_dial;

typedef enum tns_munki_event {
    TNS_MUNKI_PRESSED = 1,
    TNS_MUNKI_RELEASED = 2,
    TNS_MUNKI_DIAL_MOVED = 0x100
} tns_munki_event;

/* What the factory wrote into the instrument, of what reflectance needs. */
typedef struct tns_munki_eeprom {
    int version;
    uint8_t chip[TNS_MUNKI_CHIP_SIZE];
    char serial[17];
    int first_pixel[TNS_BANDS];            /* of the taps of each band */
    double tap[TNS_BANDS][TNS_MUNKI_TAPS]; /* each row's sum is 1 */
    double linear[4];                      /* c0..c3, normal gain */
    double tile[TNS_BANDS];                /* reflectance of the white tile */
    double least, best, most, saturation;  /* levels of the brightest pixel in counts */
    double start_s;                        /* integration to begin with */
    double heat_s, cool_s, skip_s, run_s;  /* of the LED; left out at the start; of a long run */
    uint8_t hold_duty;
    double stray[TNS_BANDS][TNS_BANDS]; /* from the bands as filtered; identity and more */
} tns_munki_eeprom;

/* One integration. */
typedef struct tns_munki_reading {
    double shielded; /* mean of the cells that see no light */
    double pixel[TNS_MUNKI_PIXELS];
    double led; /* voltage drop of the LED: its temperature */
} tns_munki_reading;

typedef struct tns_munki_trigger {
    bool lamp;
    uint8_t hold_duty;
    uint32_t ticks, readings;
} tns_munki_trigger;

void tns_munki_put_trigger(tns_munki_trigger trigger, uint8_t out[TNS_MUNKI_TRIGGER_SIZE]);
void tns_munki_put_address(uint32_t address, uint32_t length, uint8_t out[TNS_MUNKI_ADDRESS_SIZE]);

bool tns_munki_get_firmware(const uint8_t bytes[TNS_MUNKI_FIRMWARE_SIZE], tns_munki_firmware *out,
                            tns_error *err);
bool tns_munki_get_dial(const uint8_t bytes[TNS_MUNKI_DIAL_SIZE], tns_munki_dial *out,
                        tns_error *err);
tns_munki_event tns_munki_get_event(const uint8_t bytes[TNS_MUNKI_EVENT_SIZE]);

/* Size of the EEPROM's block in bytes, from its first bytes. */
bool tns_munki_get_eeprom_size(const uint8_t head[TNS_MUNKI_EEPROM_HEAD], size_t *size,
                               tns_error *err);

/* Room for a block: its checksum is of words of 4 bytes, the last one filled up with zeros. */
size_t tns_munki_eeprom_room(size_t size);

/* A block with its room: `bytes` of tns_munki_eeprom_room(). */
bool tns_munki_get_eeprom(const uint8_t *bytes, size_t room, tns_munki_eeprom *out, tns_error *err);

/* `bytes` of `size` as readings; *count of them, at most `room`. */
bool tns_munki_get_readings(const uint8_t *bytes, size_t size, tns_munki_reading *out, size_t room,
                            size_t *count, tns_error *err);

#endif
