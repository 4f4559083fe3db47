/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "devices/spyderprint/protocol.h"

size_t tns_spyder_put(uint8_t sequence, uint8_t command, const uint8_t *arguments, size_t count,
                      uint8_t out[TNS_SPYDER_PACKET])
{
    size_t length = TNS_SPYDER_REPLY_HEAD + count;
    out[0] = sequence;
    out[1] = (uint8_t)length;
    out[2] = command;
    if (count > 0)
        memcpy(out + 3, arguments, count);
    return length;
}

size_t tns_spyder_put_read(uint8_t sequence, uint16_t address, uint16_t count,
                           uint8_t out[TNS_SPYDER_PACKET])
{
    const uint8_t arguments[] = {0x08, (uint8_t)(address >> 8), (uint8_t)address,
                                 (uint8_t)(count >> 8), (uint8_t)count};
    return tns_spyder_put(sequence, TNS_SPYDER_READ_MEMORY, arguments, sizeof arguments, out);
}

bool tns_spyder_get_length(const uint8_t *bytes, size_t count, size_t *length, tns_error *err)
{
    if (count < 2)
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected 3 bytes or more, found %zu",
                             count);
    *length = bytes[1];
    return (*length >= TNS_SPYDER_REPLY_HEAD &&
            *length <= TNS_SPYDER_REPLY_HEAD + TNS_SPYDER_DATA_MAX) ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY, "a reply of %zu bytes, it says", *length);
}

bool tns_spyder_get_reply(const uint8_t *bytes, size_t count, uint8_t sequence, uint8_t *data,
                          size_t size, tns_error *err)
{
    size_t length = 0;
    if (!tns_spyder_get_length(bytes, count, &length, err))
        return false;
    if (count != length)
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected %zu bytes, found %zu", length,
                             count);
    if (bytes[0] != sequence)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "the reply to command %u, not to %u",
                             bytes[0], sequence);
    if (bytes[2] != 0)
        return tns_error_set(err, TNS_ERROR_INSTRUMENT, "status %u", bytes[2]);
    if (length - TNS_SPYDER_REPLY_HEAD != size)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "expected %zu bytes of data, found %zu",
                             size, length - TNS_SPYDER_REPLY_HEAD);
    if (size > 0)
        memcpy(data, bytes + TNS_SPYDER_REPLY_HEAD, size);
    return true;
}

static uint32_t get_u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static double get_fixed(const uint8_t *p)
{
    uint32_t bits = get_u32(p);
    double value = bits < UINT32_C(0x80000000) ? (double)bits : (double)bits - 4294967296.0;
    return value / 65536;
}

uint32_t tns_spyder_get_serial(const uint8_t data[TNS_SPYDER_SERIAL_SIZE])
{
    return get_u32(data);
}

bool tns_spyder_get_lab(const uint8_t data[TNS_SPYDER_LAB_SIZE], tns_lab *out, tns_error *err)
{
    *out = (tns_lab){get_fixed(data), get_fixed(data + 4), get_fixed(data + 8)};
    return (out->L >= -5 && out->L <= 130 && fabs(out->a) <= 160 && fabs(out->b) <= 160) ||
           tns_error_set(err, TNS_ERROR_IMPLAUSIBLE, "L*a*b* of %.1f %.1f %.1f", out->L, out->a,
                         out->b);
}
