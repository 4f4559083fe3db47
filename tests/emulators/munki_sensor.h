/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inside an emulated ColorMunki: a synthetic calibration memory, and a sensor made to fit it, so
 * that the instrument's published pipeline gives back the sample. All of it is invented; no unit
 * has this memory.
 */
#ifndef EMULATORS_MUNKI_SENSOR_H
#define EMULATORS_MUNKI_SENSOR_H

#include "model.h"
#include "sample.h"

enum {
    MUNKI_MEMORY = 16384,
    MUNKI_USED = 8169, /* bytes under the checksum */
    MUNKI_PIXELS = 128,
    MUNKI_TAPS = 16,
    MUNKI_WORDS = 137, /* of a reading: 4 shielded, 2, pixels from 6, 2, the LED's voltage */
    MUNKI_CHIP_SIZE = 8
};

/* What the memory says; also how the sensor is built. */
typedef struct munki_optics {
    int start[EMU_BANDS];               /* first pixel of each band's filter */
    double tap[EMU_BANDS][MUNKI_TAPS];  /* each row sums to 1 */
    double stray[EMU_BANDS][EMU_BANDS]; /* near identity */
    double tile[EMU_BANDS];             /* reflectance of the white tile */
    double normal[4], high[4];          /* counts to linear counts, by gain: c0, c1, c2, c3 */
} munki_optics;

typedef struct munki_label {
    const char *serial;
    int production, version;
    uint8_t chip[MUNKI_CHIP_SIZE];
} munki_label;

/* Writes the memory, its checksum right, and says what is in it. */
void munki_memory_make(const munki_label *label, uint8_t memory[MUNKI_MEMORY], munki_optics *out);
/* The sum of the 32-bit words, the checksum's own place taken as 0. */
uint32_t munki_checksum(const uint8_t memory[MUNKI_MEMORY]);

typedef struct munki_sensor {
    munki_optics optics;
    double spread[MUNKI_PIXELS][EMU_BANDS]; /* light of the pixels for the value of the bands */
    double carry[MUNKI_WORDS];              /* what rounding kept back: a mean has no bias */
    double warmth;                          /* of the LED: 0 cold, 1 as warm as it gets */
} munki_sensor;

/* What one reading sees. */
typedef struct munki_shot {
    bool lamp, high_gain;
    double integration_s;
    double reflectance[EMU_BANDS]; /* of what is under the LED */
    double ambient;                /* light from elsewhere, 1 = as bright as the LED's on white */
    double brightness;             /* of the LED, 1 = new */
    double drift;                  /* part of its light that the LED loses until warm */
    double noise;                  /* standard deviation, counts */
} munki_shot;

void munki_sensor_init(munki_sensor *self);
/* The LED cools for so long. */
void munki_sensor_rest(munki_sensor *self, double seconds);
/* One reading, little-endian words; chance comes from the unit. */
void munki_sensor_read(munki_sensor *self, const munki_shot *shot, emu_unit *unit,
                       uint8_t out[2 * MUNKI_WORDS]);

#endif
