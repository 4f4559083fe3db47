/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "devices/template/protocol.h"

enum { CHECKSUM = 4 /* "*E7\n" */, HEAD = 3 /* "OK " */ };

/* A number of the instrument's own, as an error of its own kind with a hint for the user. */
static bool refuse(const char *number, tns_error *err)
{
    static const struct {
        const char *number;
        tns_code code;
        const char *text;
    } meanings[] = {
        {"1", TNS_ERROR_INSTRUMENT, "it does not know the command"},
        {"2", TNS_ERROR_NOT_CALIBRATED, "it is not calibrated"},
        {"3", TNS_ERROR_INSTRUMENT, "its lamp fails"},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strcmp(number, meanings[i].number) == 0)
            return tns_error_set(err, meanings[i].code, "%s (NO %s)", meanings[i].text, number);
    return tns_error_set(err, TNS_ERROR_INSTRUMENT, "a fault that is not documented (NO %.20s)",
                         number);
}

static bool has_checksum(const char *line, size_t length, tns_error *err)
{
    char due[CHECKSUM + 1];
    unsigned sum = 0;
    if (length < HEAD + CHECKSUM || length >= TNS_TEMPLATE_LINE)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "an answer of %zu bytes", length);
    for (size_t i = 0; i < length - CHECKSUM; i++)
        sum += (unsigned char)line[i];
    snprintf(due, sizeof due, "*%02X\n", sum & 0xFF);
    return memcmp(line + length - CHECKSUM, due, CHECKSUM) == 0 ||
           tns_error_set(err, TNS_ERROR_BAD_CHECKSUM, "the answer was damaged on its way");
}

bool tns_template_answer(const char *line, size_t length, char text[TNS_TEMPLATE_LINE],
                         tns_error *err)
{
    if (!has_checksum(line, length, err))
        return false;
    memcpy(text, line + HEAD, length - HEAD - CHECKSUM);
    text[length - HEAD - CHECKSUM] = '\0';
    if (memcmp(line, "NO ", HEAD) == 0)
        return refuse(text, err);
    return memcmp(line, "OK ", HEAD) == 0 ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY, "expected OK or NO");
}

bool tns_template_identity(const char *text, char serial[40], tns_error *err)
{
    static const char name[] = "EXEMPLAR ";
    if (strncmp(text, name, strlen(name)) != 0)
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "expected an Exemplar, found \"%.40s\"",
                             text);
    snprintf(serial, 40, "%.39s", text + strlen(name));
    return true;
}

/* The next word as a number; the text is moved behind it. */
static bool next_number(const char **text, double *out)
{
    char word[16];
    *text += strspn(*text, " ");
    size_t n = strcspn(*text, " ");
    if (n >= sizeof word)
        return false;
    memcpy(word, *text, n);
    word[n] = '\0';
    *text += n;
    return tns_text_number(word, out, NULL);
}

bool tns_template_spectrum(const char *text, tns_spectrum *out, tns_error *err)
{
    double wavelength_nm[TNS_TEMPLATE_BANDS], value[TNS_TEMPLATE_BANDS];
    for (int i = 0; i < TNS_TEMPLATE_BANDS; i++) {
        wavelength_nm[i] = 400 + 10 * i;
        if (!next_number(&text, &value[i]) || value[i] < -1 || value[i] > 1000)
            return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%d nm: no reflectance", 400 + 10 * i);
        value[i] /= 100;
    }
    if (*text)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "more than %d numbers", TNS_TEMPLATE_BANDS);
    return tns_spectrum_resample(wavelength_nm, value, TNS_TEMPLATE_BANDS, out, err);
}
