/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an answer of the instrument that does not exist. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "devices/template/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_text(const char *text)
{
    char serial[40];
    tns_spectrum spectrum;
    tns_error err;
    if (tns_template_identity(text, serial, &err))
        assert(strlen(serial) < sizeof serial);
    if (tns_template_spectrum(text, &spectrum, &err))
        for (int i = 0; i < TNS_BANDS; i++)
            assert(isfinite(spectrum.value[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TNS_TEMPLATE_LINE];
    tns_error err;
    if (tns_template_answer((const char *)data, size, text, &err))
        read_text(text);
    size_t length = size < sizeof text - 1 ? size : sizeof text - 1; /* past the checksum */
    memcpy(text, data, length);
    text[length] = '\0';
    read_text(text);
    return 0;
}
