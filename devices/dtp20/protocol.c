/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "devices/dtp20/protocol.h"

static const char blanks[] = " \t\r\n";

bool tns_dtp20_read_version(const char *text, char firmware[40], tns_error *err)
{
    static const char name[] = "X-Rite DTP20";
    size_t n = strlen(name);
    if (strncmp(text, name, n) != 0)
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT,
                             "expected an X-Rite DTP20, found \"%.40s\"", text);
    text += n;
    text += strspn(text, " \t\r\n,");
    snprintf(firmware, 40, "%.*s", (int)strcspn(text, "\r\n\t"), text);
    return true;
}

/* The next word of a text as a number; the text is moved behind it. */
static bool next_number(const char **text, double *out)
{
    char word[24];
    *text += strspn(*text, blanks);
    size_t n = strcspn(*text, blanks);
    if (n == 0 || n >= sizeof word)
        return false;
    memcpy(word, *text, n);
    word[n] = '\0';
    *text += n;
    return tns_text_number(word, out, NULL);
}

bool tns_dtp20_read_xyz(const char *text, tns_xyz *out, tns_error *err)
{
    const char *rest = text;
    double v[3];
    for (int i = 0; i < 3; i++)
        if (!next_number(&rest, &v[i]) || v[i] < -1 || v[i] > 200)
            return tns_error_set(err, TNS_ERROR_BAD_REPLY, "expected X, Y and Z, found \"%.60s\"",
                                 text);
    if (rest[strspn(rest, blanks)] != '\0')
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "expected X, Y and Z alone, found \"%.60s\"",
                             text);
    *out = (tns_xyz){v[0], v[1], v[2]};
    return true;
}

bool tns_dtp20_read_spectrum(const uint8_t bytes[TNS_DTP20_SPECTRUM], tns_spectrum *out,
                             tns_error *err)
{
    double wavelength_nm[TNS_DTP20_BANDS], value[TNS_DTP20_BANDS];
    for (int i = 0; i < TNS_DTP20_BANDS; i++) {
        wavelength_nm[i] = 400 + 10 * i;
        value[i] = 2 * (256 * bytes[2 * i] + bytes[2 * i + 1]) / 65535.0;
    }
    return tns_spectrum_resample(wavelength_nm, value, TNS_DTP20_BANDS, out, err);
}

bool tns_dtp20_agree(const tns_spectrum *spectrum, tns_xyz xyz, tns_error *err)
{
    tns_viewing viewing;
    if (!tns_viewing_find("D50/2", &viewing, err))
        return false;
    double y = tns_xyz_from_spectrum(spectrum, &viewing).Y;
    return fabs(y - xyz.Y) <= 0.25 * xyz.Y + 0.5 ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY,
                         "the spectrum and the color of one spot disagree: their Y is %d and %d",
                         (int)lround(y), (int)lround(xyz.Y));
}
