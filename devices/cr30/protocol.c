/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "devices/cr30/protocol.h"

enum {
    PAYLOAD = 4,
    PAYLOAD_SIZE = 54,
    MARKER = 58,
    CHECKSUM = 59,
    MARKER_BUTTON = 0x00,
    CAP_FLAG = 24,
    SERIAL = 9,
    MODEL = 39,
    VERSION = 49,
    BUILD = 5,
    FLOATS = 6
};

static const uint8_t commands[][3] = {
    [TNS_CR30_IDENTITY] = {0xAA, 0x0A, 0x00}, [TNS_CR30_VERSION] = {0xAA, 0x0A, 0x01},
    [TNS_CR30_BUILD] = {0xAA, 0x0A, 0x02},    [TNS_CR30_TRIGGER] = {0xBB, 0x01, 0x00},
    [TNS_CR30_CHUNK_0] = {0xBB, 0x01, 0x10},  [TNS_CR30_CHUNK_1] = {0xBB, 0x01, 0x11},
    [TNS_CR30_CHUNK_2] = {0xBB, 0x01, 0x12},
};
static const uint8_t header[3] = {0xBB, 0x01, 0x09};

/* Over the marker too: a sum without it is wrong on the button's headers. */
static uint8_t sum(const tns_cr30_frame *frame)
{
    unsigned total = 0;
    for (int i = 0; i < CHECKSUM; i++)
        total += frame->byte[i];
    return (uint8_t)total;
}

tns_cr30_frame tns_cr30_request(tns_cr30_command command)
{
    tns_cr30_frame frame = {{0}};
    memcpy(frame.byte, commands[command], sizeof *commands);
    frame.byte[MARKER] = 0xFF;
    frame.byte[CHECKSUM] = sum(&frame);
    return frame;
}

bool tns_cr30_is_sound(const tns_cr30_frame *frame, tns_error *err)
{
    return frame->byte[CHECKSUM] == sum(frame) ||
           tns_error_set(err, TNS_ERROR_BAD_CHECKSUM, "expected checksum %02X, found %02X",
                         sum(frame), frame->byte[CHECKSUM]);
}

static bool is_head(const tns_cr30_frame *frame, const uint8_t head[3], tns_error *err)
{
    const uint8_t *b = frame->byte;
    return memcmp(b, head, 3) == 0 ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY,
                         "expected the answer %02X %02X %02X, found %02X %02X %02X", head[0],
                         head[1], head[2], b[0], b[1], b[2]);
}

bool tns_cr30_answers(tns_cr30_command command, const tns_cr30_frame *frame, tns_error *err)
{
    static const uint8_t empty[PAYLOAD_SIZE];
    if (!is_head(frame, commands[command], err))
        return false;
    return memcmp(frame->byte + PAYLOAD, empty, PAYLOAD_SIZE) != 0 ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY, "the request was sent back without an answer");
}

/* Printable text from an offset up to a NUL or the marker. */
static void take_text(const tns_cr30_frame *frame, int offset, char *out, size_t size)
{
    size_t n = 0;
    for (int i = offset; i < MARKER && n + 1 < size; i++, n++) {
        if (frame->byte[i] < 0x20 || frame->byte[i] > 0x7E)
            break;
        out[n] = (char)frame->byte[i];
    }
    out[n] = '\0';
}

bool tns_cr30_read_identity(const tns_cr30_frame *frame, char serial[40], tns_error *err)
{
    char model[20];
    take_text(frame, MODEL, model, sizeof model);
    if (strcmp(model, "CR30") != 0)
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "expected a CR30, found \"%s\"", model);
    take_text(frame, SERIAL, serial, MODEL - SERIAL + 1);
    return true;
}

void tns_cr30_read_firmware(const tns_cr30_frame *version, const tns_cr30_frame *build,
                            char firmware[40])
{
    char v[12], b[20];
    take_text(version, VERSION, v, sizeof v);
    take_text(build, BUILD, b, sizeof b);
    if (b[0])
        snprintf(firmware, 40, "%s (%s)", v, b);
    else
        snprintf(firmware, 40, "%s", v);
}

bool tns_cr30_read_header(const tns_cr30_frame *frame, tns_cr30_header *out, tns_error *err)
{
    const uint8_t *b = frame->byte;
    if (!is_head(frame, header, err))
        return false;
    if (b[4] != 0x28 || b[5] != 0x1F || b[6] != 0x0A)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY,
                             "expected 31 bands from 400 nm by 10 nm, found %d from %d by %d", b[5],
                             10 * b[4], b[6]);
    out->by_button = b[MARKER] == MARKER_BUTTON;
    out->cap_on = out->by_button && b[CAP_FLAG] != 0;
    return true;
}

/* IEEE 754 single, least byte first. */
static double single(const uint8_t *b)
{
    uint32_t bits =
        (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

bool tns_cr30_read_chunk(const tns_cr30_frame *frame, int chunk, double percent[TNS_CR30_BANDS],
                         tns_error *err)
{
    int first = chunk * TNS_CR30_CHUNK_BANDS;
    for (int i = 0; i < TNS_CR30_CHUNK_BANDS && first + i < TNS_CR30_BANDS; i++) {
        double value = single(frame->byte + FLOATS + 4 * i);
        /* Noise may dip below 0; what is above 130 % is judged with all instruments' readings. */
        if (!isfinite(value) || value < -1 || value > 1000)
            return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%d nm: no reflectance",
                                 400 + 10 * (first + i));
        percent[first + i] = value;
    }
    return true;
}

bool tns_cr30_spectrum(const double percent[TNS_CR30_BANDS], tns_spectrum *out, tns_error *err)
{
    double wavelength_nm[TNS_CR30_BANDS], value[TNS_CR30_BANDS];
    for (int i = 0; i < TNS_CR30_BANDS; i++) {
        wavelength_nm[i] = 400 + 10 * i;
        value[i] = percent[i] / 100;
    }
    if (!tns_spectrum_resample(wavelength_nm, value, TNS_CR30_BANDS, out, err))
        return false;
    out->effective_channels = 8;
    return true;
}
