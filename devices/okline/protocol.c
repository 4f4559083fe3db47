/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "devices/okline/protocol.h"

enum { HEAD = 4 /* "OKnn" */ };

typedef struct meaning {
    int code;
    tns_code error;
    const char *text;
} meaning;

static const meaning errors[] = {
    {0, TNS_ERROR_INSTRUMENT, "it does not know the command"},
    {2, TNS_ERROR_INSTRUMENT, "the battery is empty: charge it"},
    {3, TNS_ERROR_INSTRUMENT, "it refuses the command's parameters"},
    {5, TNS_ERROR_INSTRUMENT, "the lamp does not flash"},
    {7, TNS_ERROR_NOT_CALIBRATED, "it is not calibrated"},
    {8, TNS_ERROR_INSTRUMENT, "it did not understand what came over the line"},
    {10, TNS_ERROR_INSTRUMENT, "it has no data"},
    {11, TNS_ERROR_INSTRUMENT, "the calibration failed: clean the tile, seat it, and try again"},
    {13, TNS_ERROR_INSTRUMENT, "a fault of its converter"},
    {17, TNS_ERROR_INSTRUMENT, "a fault of its clock"},
    {20, TNS_ERROR_INSTRUMENT, "it could not write into its memory"},
    {22, TNS_ERROR_NOT_CALIBRATED, "the data of a user calibration are missing"},
    {24, TNS_ERROR_NOT_CALIBRATED, "the white calibration is missing"},
    {25, TNS_ERROR_SETUP,
     "its aperture is not the one that it is set to: change the mask or the "
     "switch"},
    {27, TNS_ERROR_INSTRUMENT, "its flash is still charging"},
    {28, TNS_ERROR_INSTRUMENT, "it is still preparing"},
    {35, TNS_ERROR_INSTRUMENT, "it is still measuring"},
    {36, TNS_ERROR_NOT_CALIBRATED, "a user calibration is incomplete"},
    {69, TNS_ERROR_INSTRUMENT, "its data are protected"},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "OKnn" or "ERnn", and then the end or a comma. */
static bool take_head(const char *line, tns_okline_reply *out)
{
    out->ok = strncmp(line, "OK", 2) == 0;
    if ((!out->ok && strncmp(line, "ER", 2) != 0) || !is_digit(line[2]) || !is_digit(line[3]))
        return false;
    out->code = 10 * (line[2] - '0') + (line[3] - '0');
    return line[HEAD] == '\0' || line[HEAD] == ',';
}

/* Cuts the text at its commas; the blanks around a field are dropped. */
static bool take_fields(tns_okline_reply *out)
{
    char *at = out->text + HEAD;
    while (*at == ',') {
        if (out->count == TNS_OKLINE_FIELDS)
            return false;
        *at++ = '\0';
        at += strspn(at, " \t");
        out->field[out->count++] = (size_t)(at - out->text);
        char *end = at + strcspn(at, ",");
        char next = *end;
        for (char *blank = end; blank > at && (blank[-1] == ' ' || blank[-1] == '\t'); blank--)
            blank[-1] = '\0';
        at = end;
        if (next == '\0')
            break;
    }
    return true;
}

/* Without the blanks before it; false for what is no text. */
static bool take_text(const char *line, size_t length, char out[TNS_OKLINE_TEXT])
{
    for (; length && (*line == ' ' || *line == '\t'); length--)
        line++;
    if (length >= TNS_OKLINE_TEXT)
        return false;
    for (size_t i = 0; i < length; i++)
        if (line[i] != '\t' && (line[i] < ' ' || line[i] > '~'))
            return false;
    memcpy(out, line, length);
    out[length] = '\0';
    return true;
}

bool tns_okline_parse(const char *line, size_t length, tns_okline_reply *out, tns_error *err)
{
    *out = (tns_okline_reply){.ok = false};
    if (!take_text(line, length, out->text) || !take_head(out->text, out))
        return tns_error_set(err, TNS_ERROR_BAD_REPLY,
                             "expected an answer that begins with OK00 "
                             "or an ER number");
    return take_fields(out) || tns_error_set(err, TNS_ERROR_BAD_REPLY,
                                             "an answer of over %d fields", TNS_OKLINE_FIELDS);
}

const char *tns_okline_field(const tns_okline_reply *reply, size_t index)
{
    return reply->text + reply->field[index];
}

bool tns_okline_is_busy(const tns_okline_reply *reply)
{
    return !reply->ok &&
           (reply->code == TNS_OKLINE_CHARGING || reply->code == TNS_OKLINE_PREPARING ||
            reply->code == TNS_OKLINE_MEASURING);
}

static bool accept(int code, tns_warnings *warnings, tns_error *err)
{
    switch (code) {
    case 0:
        return true;
    case 2:
    case 3:
    case 4:
        if (code != 3)
            tns_warn(warnings, "the instrument's lamp is weak");
        if (code != 2)
            tns_warn(warnings, "the instrument's battery is low");
        return true;
    case 9:
        return tns_error_set(err, TNS_ERROR_IMPLAUSIBLE, "the reading is over its range (OK09)");
    default:
        tns_warn(warnings, "the instrument says OK%02d, which is not documented", code);
        return true;
    }
}

bool tns_okline_check(const tns_okline_reply *reply, tns_warnings *warnings, tns_error *err)
{
    tns_warnings none = {.count = 0};
    if (reply->ok)
        return accept(reply->code, warnings ? warnings : &none, err);
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].code == reply->code)
            return tns_error_set(err, errors[i].error, "%s (ER%02d)", errors[i].text, reply->code);
    return tns_error_set(err, TNS_ERROR_INSTRUMENT, "a fault that is not documented (ER%02d)",
                         reply->code);
}

bool tns_okline_integer(const tns_okline_reply *reply, size_t index, int *out, tns_error *err)
{
    double value;
    if (index >= reply->count)
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected over %zu fields, found %zu",
                             index, reply->count);
    if (!tns_text_number(tns_okline_field(reply, index), &value, NULL) || value != floor(value) ||
        fabs(value) > INT_MAX)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY,
                             "field %zu: expected a whole number, found \"%.40s\"", index + 1,
                             tns_okline_field(reply, index));
    *out = (int)value;
    return true;
}

bool tns_okline_numbers(const tns_okline_reply *reply, double *out, size_t count, double unit,
                        tns_error *err)
{
    if (reply->count != count)
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected %zu values, found %zu", count,
                             reply->count);
    for (size_t i = 0; i < count; i++) {
        if (!tns_text_number(tns_okline_field(reply, i), &out[i], NULL))
            return tns_error_set(err, TNS_ERROR_BAD_REPLY,
                                 "value %zu: expected a number, found \"%.40s\"", i + 1,
                                 tns_okline_field(reply, i));
        out[i] /= unit;
    }
    return true;
}
