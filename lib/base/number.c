/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as they are typed. */
#include <math.h>
#include <string.h>

#include "base/text.h"

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        text++;
    return text;
}

bool tns_text_number(const char *text, double *out, tns_error *err)
{
    const char *start = skip_blanks(text);
    const char *digits = start + (*start == '-' || *start == '+');
    bool plain = (*digits >= '0' && *digits <= '9') || *digits == '.';
    bool hexadecimal = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
    char *end = NULL;
    double value = plain && !hexadecimal ? tns_text_strtod(start, &end) : 0;
    if (!end || end == start)
        return tns_error_set(err, TNS_ERROR_FORMAT, "expected a number, found \"%.60s\"", text);
    const char *rest = skip_blanks(end);
    if (*rest == ',')
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "expected a number with a decimal point, found \"%.60s\"", text);
    if (*rest)
        return tns_error_set(err, TNS_ERROR_FORMAT, "expected a number, found \"%.60s\"", text);
    if (!isfinite(value))
        return tns_error_set(err, TNS_ERROR_FORMAT, "expected a finite number, found \"%.60s\"",
                             text);
    *out = value;
    return true;
}

bool tns_text_numbers(const char *text, double *out, size_t count, tns_error *err)
{
    const char *at = text;
    for (size_t i = 0; i < count; i++) {
        char field[64];
        size_t n = strcspn(at, ",");
        bool last = at[n] == '\0';
        if (last != (i + 1 == count))
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "expected %zu numbers separated by commas, found \"%.60s\"", count,
                                 text);
        if (n >= sizeof field)
            return tns_error_set(err, TNS_ERROR_FORMAT, "expected a number, found \"%.60s\"", at);
        memcpy(field, at, n);
        field[n] = '\0';
        if (!tns_text_number(field, &out[i], err))
            return false;
        at += n + 1;
    }
    return true;
}
