/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The synthetic calibration memory: every figure here is made up, but for the layout. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "munki_sensor.h"

enum {
    AT_VERSION = 0,
    AT_COMPATIBLE = 2,
    AT_SIZE = 4,
    AT_CHECKSUM = 8,
    AT_PRODUCTION = 12,
    AT_CHIP = 16,
    AT_SERIAL = 24,
    AT_REFLECTIVE = 40,
    AT_EMISSIVE = 2488,
    AT_NORMAL = 4936,
    AT_HIGH = 4952,
    AT_TILE = 4968,
    AT_EMISSION = 5112,
    AT_AMBIENT = 5256,
    AT_TARGETS = 5400,
    AT_STRAY = 5428,
    AT_STRAY_SCALE = 8020,
    AT_PROJECTOR = 8024,
    AT_CONVERTER = 8168,
    SERIAL_SIZE = 16
};

static const double stray_scale = 5.74e-8;

/* Single precision, as it is stored. */
static double put_float(uint8_t *at, double value)
{
    emu_put_float_le(at, value);
    return (float)value;
}

/* Filters as wide as a band (FWHM), the red end at pixel 0: band 0 starts at 94, band 35 at 7. */
static void make_filter(int band, munki_optics *out)
{
    double step = 87.0 / (EMU_BANDS - 1), center = 94 + 7.5 - step * band;
    double deviation = step / 2.354820045, sum = 0;
    out->start[band] = (int)lround(94 - step * band);
    for (int k = 0; k < MUNKI_TAPS; k++) {
        double away = (out->start[band] + k - center) / deviation;
        sum += out->tap[band][k] = exp(-away * away / 2);
    }
    for (int k = 0; k < MUNKI_TAPS; k++)
        out->tap[band][k] /= sum;
}

static void put_filters(uint8_t *at, munki_optics *out)
{
    for (int band = 0; band < EMU_BANDS; band++) {
        make_filter(band, out);
        emu_put_le(at + 4 * band, (uint64_t)out->start[band], 4);
        uint8_t *taps = at + 4 * EMU_BANDS + 4 * MUNKI_TAPS * band;
        for (int k = 0; k < MUNKI_TAPS; k++)
            out->tap[band][k] = put_float(taps + 4 * k, out->tap[band][k]);
    }
}

/* Takes away what leaks from band to band; a row leaves a flat spectrum as it is. */
static void put_stray_light(uint8_t *memory, munki_optics *out)
{
    double scale = put_float(memory + AT_STRAY_SCALE, stray_scale);
    for (int row = 0; row < EMU_BANDS; row++) {
        int taken = 0;
        for (int pass = 0; pass < 2; pass++)
            for (int column = 0; column < EMU_BANDS; column++) {
                bool own = row == column;
                int leak = own ? taken : (int)lround(1500 * exp(-abs(row - column) / 8.0));
                if (own != (pass == 1))
                    continue;
                taken += own ? 0 : leak;
                int entry = own ? leak : -leak;
                emu_put_le(memory + AT_STRAY + 2 * (EMU_BANDS * row + column),
                           (uint64_t)(int64_t)entry, 2);
                out->stray[row][column] = scale * entry + (own ? 1 : 0);
            }
    }
}

/* The five bluest bands share a value, as in units seen. */
static void put_tile(uint8_t *memory, munki_optics *out)
{
    for (int band = 0; band < EMU_BANDS; band++) {
        double value = 0.953 - 0.061 * exp(-(band < 4 ? 0 : band - 4) / 6.0);
        out->tile[band] = put_float(memory + AT_TILE + 4 * band, value);
    }
}

static void put_curve(uint8_t *at, const double highest_first[4], double out[4])
{
    for (int i = 0; i < 4; i++)
        out[3 - i] = put_float(at + 4 * i, highest_first[i]);
}

static void put_coefficients(uint8_t *memory)
{
    for (int band = 0; band < EMU_BANDS; band++) {
        emu_put_float_le(memory + AT_EMISSION + 4 * band, 1e-4 * (1 + 0.01 * band));
        emu_put_float_le(memory + AT_AMBIENT + 4 * band, 3e-4 * (1 + 0.01 * band));
        emu_put_float_le(memory + AT_PROJECTOR + 4 * band, 1e-4);
    }
}

/* Targets and times, from offset 5400 on. */
static void put_timing(uint8_t *at)
{
    static const int targets[] = {9000, 10000, 11000, 12127}; /* least, best, most, saturation */
    for (int i = 0; i < 4; i++)
        emu_put_le(at + 2 * i, (uint64_t)targets[i], 2);
    emu_put_float_le(at + 8, 12.128); /* ms to start with */
    emu_put_le(at + 12, 1000, 4);     /* pre-heat, ms */
    emu_put_le(at + 16, 1000, 4);     /* cool, ms */
    emu_put_le(at + 20, 0, 2);        /* hold-temperature duty */
    emu_put_le(at + 22, 100, 2);      /* ms of readings to leave out */
    emu_put_le(at + 24, 3000, 4);     /* ms of calibration */
}

uint32_t munki_checksum(const uint8_t memory[MUNKI_MEMORY])
{
    uint32_t sum = 0;
    for (int at = 0; at < MUNKI_USED; at += 4)
        sum += at == AT_CHECKSUM ? 0 : (uint32_t)emu_get_le(memory + at, 4);
    return sum;
}

void munki_memory_make(const munki_label *label, uint8_t memory[MUNKI_MEMORY], munki_optics *out)
{
    static const double normal[] = {4.6e-11, -1.4e-6, 1.009, 0};
    static const double high[] = {4.0e-13, -6.0e-8, 0.2072, 0};
    size_t length = strlen(label->serial);
    memset(memory, 0, MUNKI_MEMORY);
    emu_put_le(memory + AT_VERSION, (uint64_t)label->version, 2);
    emu_put_le(memory + AT_COMPATIBLE, label->version > 6 ? (uint64_t)label->version : 4, 2);
    emu_put_le(memory + AT_SIZE, MUNKI_USED, 4);
    emu_put_le(memory + AT_PRODUCTION, (uint64_t)label->production, 4);
    memcpy(memory + AT_CHIP, label->chip, MUNKI_CHIP_SIZE);
    memcpy(memory + AT_SERIAL, label->serial, length < SERIAL_SIZE ? length : SERIAL_SIZE - 1);
    put_filters(memory + AT_EMISSIVE, out);
    put_filters(memory + AT_REFLECTIVE, out);
    put_curve(memory + AT_NORMAL, normal, out->normal);
    put_curve(memory + AT_HIGH, high, out->high);
    put_tile(memory, out);
    put_coefficients(memory);
    put_timing(memory + AT_TARGETS);
    put_stray_light(memory, out);
    memory[AT_CONVERTER] = 0;
    emu_put_le(memory + AT_CHECKSUM, munki_checksum(memory), 4);
    /* What lies behind is not counted, not even to the end of the last word. */
    memset(memory + MUNKI_USED, 0xFF, MUNKI_MEMORY - MUNKI_USED);
}
