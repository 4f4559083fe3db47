/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strtod_l: a host application may have set another locale */
#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/text.h"

/* strtod as the C locale has it. */
static double number_at(const char *text, char **end)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!c) {
        *end = (char *)text;
        return 0;
    }
    double value = strtod_l(text, end, c);
    freelocale(c);
    return value;
}

static const char *skip_blanks(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return text;
}

bool tns_text_number(const char *text, double *out, tns_error *err)
{
    const char *start = skip_blanks(text);
    const char *digits = start + (*start == '-' || *start == '+');
    bool plain = isdigit((unsigned char)*digits) || *digits == '.';
    bool hexadecimal = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
    char *end = NULL;
    double value = plain && !hexadecimal ? number_at(start, &end) : 0;
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

bool tns_text_copy(char *out, size_t size, const char *text)
{
    size_t n = strlen(text);
    bool fits = n < size;
    if (fits)
        memcpy(out, text, n + 1);
    else if (size > 0)
        out[0] = '\0';
    return fits;
}

bool tns_text_ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

bool tns_text_same(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

void tns_text_time(int64_t seconds, char out[32])
{
    time_t t = (time_t)seconds;
    struct tm utc;
    if (!gmtime_r(&t, &utc) || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        out[0] = '\0';
}

/* The double nearest to `value` printed with n digits behind the point, plain or with an exponent.
 */
static double reread(double value, int n, bool exponent)
{
    locale_t c = isfinite(value) ? newlocale(LC_ALL_MASK, "C", (locale_t)0) : (locale_t)0;
    if (!c)
        return value;
    locale_t before = uselocale(c);
    char text[512];
    if (exponent)
        snprintf(text, sizeof text, "%.*e", n, value);
    else
        snprintf(text, sizeof text, "%.*f", n, value);
    double rounded = strtod(text, NULL);
    uselocale(before);
    freelocale(c);
    return rounded == 0 ? 0 : rounded; /* no -0.0 */
}

double tns_round_decimals(double value, int decimals)
{
    return reread(value, decimals, false);
}

double tns_round_digits(double value, int digits)
{
    return reread(value, digits - 1, true);
}

/* The bytes that the first one of a sequence announces. */
static size_t announced(unsigned char first)
{
    return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
}

/* The length of the well-formed UTF-8 sequence at s (up to n bytes), or 0. */
static size_t sequence(const unsigned char *s, size_t n)
{
    if (s[0] < 0x80)
        return s[0] != 0;
    size_t length = announced(s[0]);
    if (s[0] < 0xC2 || s[0] > 0xF4 || n < length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool beyond = (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF4 && s[1] > 0x8F);
    return overlong || beyond ? 0 : length;
}

bool tns_text_is_utf8(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t n = sequence((const unsigned char *)text + i, length - i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

/* The rest of the text is the beginning of a character and no more. */
static bool is_cut_short(const unsigned char *s, size_t n)
{
    if (s[0] < 0xC2 || s[0] > 0xF4 || n >= announced(s[0]))
        return false;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return false;
    return true;
}

void tns_text_mend(char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        unsigned char *s = (unsigned char *)text + i;
        size_t n = sequence(s, length - i);
        if (n == 0 && is_cut_short(s, length - i)) {
            *s = '\0';
            return;
        }
        if (n == 0)
            *s = '?';
        i += n ? n : 1;
    }
}

void tns_text_tidy(char *text)
{
    tns_text_mend(text);
    for (unsigned char *s = (unsigned char *)text; *s; s++) {
        bool high = s[0] == 0xC2 && s[1] < 0xA0; /* U+0080..U+009F, in two bytes */
        if (*s < 0x20 || *s == 0x7F || high)
            *s = ' ';
        if (high)
            s[1] = ' ';
    }
}
