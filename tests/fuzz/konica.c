/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a line of OK or ER, and as whatever a Konica Minolta may answer with it. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "devices/konica/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void identify(const tns_okline_reply *reply)
{
    const tns_konica_model *model;
    char serial[40], firmware[40];
    double aperture_mm;
    tns_specular specular;
    bool zero, white;
    tns_error err;
    if (tns_konica_identify(reply, &model, serial, firmware, &err))
        assert(model && strlen(serial) < sizeof serial && strlen(firmware) < sizeof firmware);
    tns_konica_conditions(reply, &aperture_mm, &specular);
    assert(aperture_mm == 0 || aperture_mm == 3 || aperture_mm == 8);
    if (tns_konica_missing(reply, &zero, &white, &err))
        assert(white || !zero);
}

static void read_spectra(const tns_okline_reply *reply)
{
    size_t count;
    const tns_konica_family *families = tns_konica_families(&count);
    tns_spectrum spectrum;
    tns_error err;
    for (size_t f = 0; f < count; f++)
        if (tns_konica_spectrum(&families[f], reply, &spectrum, &err))
            for (int i = 0; i < TNS_BANDS; i++)
                assert(isfinite(spectrum.value[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_okline_reply reply;
    tns_warnings warnings = {.count = 0};
    tns_error err;
    if (!tns_okline_parse((const char *)data, size, &reply, &err))
        return 0;
    assert(reply.count <= TNS_OKLINE_FIELDS && reply.code >= 0 && reply.code <= 99);
    for (size_t i = 0; i < reply.count; i++)
        assert(strlen(tns_okline_field(&reply, i)) < TNS_OKLINE_TEXT);
    tns_okline_check(&reply, &warnings, &err);
    tns_okline_is_busy(&reply);
    identify(&reply);
    read_spectra(&reply);
    return 0;
}
