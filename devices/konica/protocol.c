/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "devices/konica/protocol.h"

enum { IDR_TYPE, IDR_ROM, IDR_SERIAL, IDR_GEOMETRY, IDR_FROM, IDR_TO, IDR_STEP };
enum { CPR_AREA, CPR_SPECULAR };
enum { STR_CALIBRATION = 2 };

static const tns_konica_family families[] = {
    {.line = {.baud = 115200, .parity = 'N', .stop_bits = 1},
     .from_nm = 400,
     .to_nm = 700,
     .bands = 31,
     .unit = 10000,
     .zero = "ZRC",
     .polls = true},
    {.line = {.baud = 9600, .parity = 'N', .stop_bits = 1, .rts_cts = true},
     .from_nm = 360,
     .to_nm = 740,
     .bands = 39,
     .unit = 100,
     .zero = "UZC",
     .has_mask = true},
};

static const tns_konica_model models[] = {
    {100, "Konica Minolta CM-700d/600d", &families[0]},
    {3, "Konica Minolta CM-2600d", &families[1]},
    {13, "Konica Minolta CM-2500d", &families[1]},
};

const tns_konica_family *tns_konica_families(size_t *count)
{
    *count = sizeof families / sizeof *families;
    return families;
}

static const tns_konica_model *find_model(const tns_okline_reply *reply)
{
    int type;
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        if (tns_okline_integer(reply, IDR_TYPE, &type, NULL) && models[i].type == type)
            return &models[i];
    return NULL;
}

static bool has_axis(const tns_okline_reply *reply, const tns_konica_family *family, tns_error *err)
{
    int from, to, step;
    if (!tns_okline_integer(reply, IDR_FROM, &from, err) ||
        !tns_okline_integer(reply, IDR_TO, &to, err) ||
        !tns_okline_integer(reply, IDR_STEP, &step, err))
        return false;
    return (from == (int)family->from_nm && to == (int)family->to_nm && step == 10) ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY, "expected %d-%d nm by 10 nm, found %d-%d by %d",
                         (int)family->from_nm, (int)family->to_nm, from, to, step);
}

bool tns_konica_identify(const tns_okline_reply *reply, const tns_konica_model **model,
                         char serial[40], char firmware[40], tns_error *err)
{
    *model = find_model(reply);
    if (!*model)
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT,
                             "expected a CM-700d, 600d, 2600d or 2500d, found type \"%.20s\"",
                             reply->count ? tns_okline_field(reply, IDR_TYPE) : "");
    if (!has_axis(reply, (*model)->family, err))
        return false;
    snprintf(firmware, 40, "%.39s", tns_okline_field(reply, IDR_ROM));
    snprintf(serial, 40, "%.39s", tns_okline_field(reply, IDR_SERIAL));
    return true;
}

void tns_konica_conditions(const tns_okline_reply *reply, double *aperture_mm,
                           tns_specular *specular)
{
    static const double apertures_mm[] = {8, 3}; /* MAV, SAV */
    int area, mode;
    *aperture_mm = 0;
    *specular = TNS_SPECULAR_UNKNOWN;
    if (tns_okline_integer(reply, CPR_AREA, &area, NULL) && (area == 0 || area == 1))
        *aperture_mm = apertures_mm[area];
    /* SCI, SCE, or both, of which SCE is read: it is what instruments of 45/0 see. */
    if (tns_okline_integer(reply, CPR_SPECULAR, &mode, NULL) && mode >= 0 && mode <= 2)
        *specular = mode == 0 ? TNS_SPECULAR_INCLUDED : TNS_SPECULAR_EXCLUDED;
}

bool tns_konica_missing(const tns_okline_reply *status, bool *zero, bool *white, tns_error *err)
{
    enum { NONE, NO_WHITE, NO_USER, COMPLETE };
    int state;
    if (!tns_okline_integer(status, STR_CALIBRATION, &state, err))
        return false;
    if (state < NONE || state > COMPLETE)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY,
                             "expected a state of calibration from 0 to 3, found %d", state);
    *zero = state == NONE;
    *white = state == NONE || state == NO_WHITE;
    return true;
}

bool tns_konica_spectrum(const tns_konica_family *family, const tns_okline_reply *reply,
                         tns_spectrum *out, tns_error *err)
{
    double wavelength_nm[TNS_KONICA_BANDS_MAX], value[TNS_KONICA_BANDS_MAX];
    size_t count = (size_t)family->bands;
    if (!tns_okline_numbers(reply, value, count, family->unit, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        wavelength_nm[i] = family->from_nm + 10 * (double)i;
        /* Noise may dip below 0; what is above 130 % is judged with all instruments' readings. */
        if (value[i] < -0.01 || value[i] > 10)
            return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%d nm: no reflectance: \"%.20s\"",
                                 (int)wavelength_nm[i], tns_okline_field(reply, i));
    }
    return tns_spectrum_resample(wavelength_nm, value, count, out, err);
}
