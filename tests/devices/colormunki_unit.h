/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up ColorMunki EEPROM, whole and sound, to be broken by tests. */
#ifndef DEVICES_COLORMUNKI_UNIT_H
#define DEVICES_COLORMUNKI_UNIT_H

#include <string.h>

#include "devices/colormunki/protocol.h"

enum { UNIT_SIZE = 8172 };

static inline void unit_put(uint8_t *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static inline void unit_put_float(uint8_t *at, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    unit_put(at, bits, 4);
}

static inline void unit_seal(uint8_t *bytes)
{
    uint32_t sum = 0;
    unit_put(bytes + 8, 0, 4);
    for (int i = 0; i < UNIT_SIZE; i += 4)
        sum += bytes[i] | (uint32_t)bytes[i + 1] << 8 | (uint32_t)bytes[i + 2] << 16 |
               (uint32_t)bytes[i + 3] << 24;
    unit_put(bytes + 8, sum, 4);
}

/* Bands see two pixels each; 2 % of each band strays into the next. */
static inline void unit_make(uint8_t bytes[UNIT_SIZE])
{
    memset(bytes, 0, UNIT_SIZE);
    unit_put(bytes, 6, 2);
    unit_put(bytes + 4, 8169, 4);
    memcpy(bytes + 16, "\1\2\3\4\5\6\7\10", 8);
    memcpy(bytes + 24, "1234567", 7);
    for (int j = 0; j < TNS_BANDS; j++) {
        unit_put(bytes + 40 + 4 * j, (uint64_t)(108 - 3 * j), 4);
        unit_put_float(bytes + 184 + 64 * j + 4, 0.75f);
        unit_put_float(bytes + 184 + 64 * j + 8, 0.25f);
        unit_put_float(bytes + 4968 + 4 * j, 0.9f);
        if (j + 1 < TNS_BANDS)
            unit_put(bytes + 5428 + 2 * (TNS_BANDS * j + j + 1), (uint16_t)-200, 2);
    }
    unit_put_float(bytes + 4936 + 8, 1.0f);
    static const uint16_t LEVELS[4] = {9000, 10000, 11000, 12127};
    for (int i = 0; i < 4; i++)
        unit_put(bytes + 5400 + 2 * i, LEVELS[i], 2);
    unit_put_float(bytes + 5408, 12.128f);
    unit_put(bytes + 5412, 1000, 4);
    unit_put(bytes + 5416, 1000, 4);
    unit_put(bytes + 5422, 100, 2);
    unit_put(bytes + 5424, 3000, 4);
    unit_put_float(bytes + 8020, 1e-4f);
    unit_seal(bytes);
}

#endif
