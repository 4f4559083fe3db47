/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as frames of the CR30, one after the other; the last is filled up with zeros. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "devices/cr30/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_texts(const tns_cr30_frame *frame)
{
    char serial[40], firmware[40];
    tns_error err;
    if (tns_cr30_read_identity(frame, serial, &err))
        assert(strlen(serial) < sizeof serial);
    tns_cr30_read_firmware(frame, frame, firmware);
    assert(strlen(firmware) < sizeof firmware);
}

static void read_frame(const tns_cr30_frame *frame, double percent[TNS_CR30_BANDS])
{
    tns_cr30_header header;
    tns_error err = {.code = TNS_OK};
    for (int i = TNS_CR30_IDENTITY; i <= TNS_CR30_CHUNK_2; i++)
        tns_cr30_answers((tns_cr30_command)i, frame, &err);
    tns_cr30_is_sound(frame, &err);
    tns_cr30_read_header(frame, &header, &err);
    read_texts(frame);
    for (int chunk = 0; chunk < TNS_CR30_CHUNKS; chunk++)
        tns_cr30_read_chunk(frame, chunk, percent, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double percent[TNS_CR30_BANDS] = {0};
    tns_spectrum spectrum;
    for (size_t at = 0; at < size; at += TNS_CR30_FRAME) {
        tns_cr30_frame frame = {{0}};
        size_t left = size - at;
        memcpy(frame.byte, data + at, left < TNS_CR30_FRAME ? left : TNS_CR30_FRAME);
        read_frame(&frame, percent);
    }
    assert(tns_cr30_spectrum(percent, &spectrum, NULL));
    for (int i = 0; i < TNS_BANDS; i++)
        assert(isfinite(spectrum.value[i]));
    return 0;
}
