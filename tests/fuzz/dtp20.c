/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an answer in RCI, as what the DTP20 says with it, and as a spectrum. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "devices/dtp20/protocol.h"
#include "devices/rci/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_text(const uint8_t *data, size_t size)
{
    tns_rci_reply reply;
    tns_xyz xyz;
    char firmware[40];
    int number = 7;
    tns_error err;
    if (!tns_rci_parse((const char *)data, size, &reply, &err))
        return;
    assert(strlen(reply.text) < sizeof reply.text && reply.status >= 0 && reply.status < 128);
    tns_rci_check(reply.status, &err);
    tns_rci_number(&reply, 0, 99, &number, &err);
    assert(number >= 0 && number <= 99);
    if (tns_dtp20_read_version(reply.text, firmware, &err))
        assert(strlen(firmware) < sizeof firmware);
    if (tns_dtp20_read_xyz(reply.text, &xyz, &err))
        assert(isfinite(xyz.X) && isfinite(xyz.Y) && isfinite(xyz.Z));
}

static void read_spectrum(const uint8_t *data, size_t size)
{
    uint8_t bytes[TNS_DTP20_SPECTRUM] = {0};
    tns_spectrum spectrum;
    memcpy(bytes, data, size < sizeof bytes ? size : sizeof bytes);
    assert(tns_dtp20_read_spectrum(bytes, &spectrum, NULL));
    for (int i = 0; i < TNS_BANDS; i++)
        assert(spectrum.value[i] >= 0 && spectrum.value[i] <= 2);
    tns_dtp20_agree(&spectrum, (tns_xyz){50, 50, 50}, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_text(data, size);
    read_spectrum(data, size);
    return 0;
}
