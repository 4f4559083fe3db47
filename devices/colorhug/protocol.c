/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "devices/colorhug/protocol.h"

static const struct {
    uint8_t number;
    const char *text;
} ERRORS[] = {
    {0x01, "unknown command"},
    {0x02, "wrong unlock code"},
    {0x03, "not implemented"},
    {0x04, "underflow of the sensor"},
    {0x05, "no serial number"},
    {0x06, "watchdog"},
    {0x07, "invalid address"},
    {0x08, "invalid length"},
    {0x09, "invalid checksum"},
    {0x0A, "invalid value"},
    {0x0B, "unknown command for its loader"},
    {0x0C, "no calibration inside"},
    {0x0D, "overflow of a product"},
    {0x0E, "overflow of a sum"},
    {0x0F, "overflow of the sensor: too bright"},
    {0x10, "overflow of the stack"},
    {0x11, "deactivated"},
    {0x12, "incomplete request"},
    {0x19, "invalid calibration inside"},
    {0x1A, "memory (SRAM)"},
    {0x1B, "memory"},
    {0x1C, "temperature sensor"},
    {0x1D, "inner bus (I2C)"},
    {0x23, "memory (EEPROM)"},
};

const char *tns_hug_error_text(uint8_t number)
{
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
        if (ERRORS[i].number == number)
            return ERRORS[i].text;
    return number >= 0x13 && number <= 0x18 ? "self-test failed" : "";
}

void tns_hug_put(uint8_t command, const uint8_t *arguments, size_t count,
                 uint8_t out[TNS_HUG_FRAME])
{
    memset(out, 0, TNS_HUG_FRAME);
    out[0] = command;
    if (count > 0)
        memcpy(out + 1, arguments, count);
}

const uint8_t *tns_hug_get_reply(const uint8_t *bytes, size_t count, uint8_t command, size_t size,
                                 tns_error *err)
{
    if (count < TNS_HUG_HEAD)
        tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected %zu bytes, found %zu",
                      TNS_HUG_HEAD + size, count);
    else if (bytes[1] != command)
        tns_error_set(err, TNS_ERROR_BAD_REPLY, "the reply to command %02x, not to %02x", bytes[1],
                      command);
    else if (bytes[0] != 0)
        tns_error_set(err, TNS_ERROR_INSTRUMENT, "error %02x: %s", bytes[0],
                      tns_hug_error_text(bytes[0]));
    else if (count < TNS_HUG_HEAD + size)
        tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected %zu bytes, found %zu",
                      TNS_HUG_HEAD + size, count);
    else
        return bytes + TNS_HUG_HEAD;
    return NULL;
}

static unsigned get_u16(const uint8_t *p)
{
    return p[0] | (unsigned)p[1] << 8;
}

static uint32_t get_u32(const uint8_t *p)
{
    return get_u16(p) | (uint32_t)get_u16(p + 2) << 16;
}

static double get_fraction(const uint8_t *p)
{
    uint32_t bits = get_u32(p);
    double value = bits < UINT32_C(0x80000000) ? (double)bits : (double)bits - 4294967296.0;
    return value / 65536;
}

tns_hug_firmware tns_hug_get_firmware(const uint8_t data[6])
{
    return (tns_hug_firmware){get_u16(data), get_u16(data + 2), get_u16(data + 4)};
}

uint32_t tns_hug_get_serial(const uint8_t data[4])
{
    return get_u32(data);
}

bool tns_hug_get_xyz(const uint8_t data[12], tns_xyz *out, tns_error *err)
{
    *out = (tns_xyz){get_fraction(data), get_fraction(data + 4), get_fraction(data + 8)};
    return (out->X > -1 && out->Y > -1 && out->Z > -1) ||
           tns_error_set(err, TNS_ERROR_IMPLAUSIBLE, "XYZ of %.2f %.2f %.2f", out->X, out->Y,
                         out->Z);
}
