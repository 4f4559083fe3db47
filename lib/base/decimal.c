/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers read and printed as the C locale does it. A host program may have called setlocale(), and
 * what the C library prints and reads follows that: nothing else in the library prints or reads a
 * real number.
 */
#define _POSIX_C_SOURCE 200809L /* newlocale, uselocale: of this thread alone */
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

/* glibc has the C locale at hand always; one that has not leaves the host's in force. */
typedef struct c_locale {
    locale_t c, before;
} c_locale;

static c_locale enter_c(void)
{
    c_locale p = {.c = newlocale(LC_ALL_MASK, "C", (locale_t)0)};
    if (p.c)
        p.before = uselocale(p.c);
    return p;
}

static void leave_c(c_locale p)
{
    if (!p.c)
        return;
    uselocale(p.before);
    freelocale(p.c);
}

int tns_text_vformat(char *out, size_t size, const char *format, va_list args)
{
    c_locale p = enter_c();
    int length = vsnprintf(out, size, format, args);
    leave_c(p);
    return length;
}

int tns_text_format(char *out, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = tns_text_vformat(out, size, format, args);
    va_end(args);
    return length;
}

double tns_text_strtod(const char *text, char **end)
{
    c_locale p = enter_c();
    double value = strtod(text, end);
    leave_c(p);
    return value;
}

/* The double nearest to `value` printed with n digits behind the point, plain or with an exponent.
 */
static double reread(double value, int n, bool exponent)
{
    if (!isfinite(value))
        return value;
    char text[512];
    c_locale p = enter_c();
    if (exponent)
        snprintf(text, sizeof text, "%.*e", n, value);
    else
        snprintf(text, sizeof text, "%.*f", n, value);
    double rounded = strtod(text, NULL);
    leave_c(p);
    return rounded == 0 ? 0 : rounded; /* no -0.0 */
}

/* Powers of ten that a double holds exactly. */
static const double POWER[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                               1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { POWERS = sizeof POWER / sizeof *POWER };

/*
 * The whole number nearest to value 10^decimals, from halfway the even one, as printf rounds. The
 * product's rounding cannot cross a half below 2^52, only hide on which side of it the truth lies;
 * what fma() gives is exactly what was lost.
 */
static double scaled(double value, int decimals)
{
    double product = value * POWER[decimals], whole = rint(product);
    if (fabs(product - whole) != 0.5)
        return whole;
    double lost = fma(value, POWER[decimals], -product);
    return lost > 0 ? ceil(product) : lost < 0 ? floor(product) : whole;
}

/* Both terms of the quotient are exact, so that it is the nearest double, as strtod() gives it. */
double tns_round_decimals(double value, int decimals)
{
    if (decimals < 0 || decimals >= POWERS || !(fabs(value) * POWER[decimals] < 0x1p52))
        return reread(value, decimals, false);
    double rounded = scaled(value, decimals) / POWER[decimals];
    return rounded == 0 ? 0 : rounded; /* no -0.0 */
}

double tns_round_digits(double value, int digits)
{
    return reread(value, digits - 1, true);
}

/* Digits of a number that has so many decimals when its last digit counts as one. */
static size_t put_decimal(char *out, bool minus, uint64_t digits, int decimals)
{
    char reversed[TNS_DECIMAL_TEXT];
    size_t n = 0, length = 0;
    for (int place = 0; digits || place <= decimals; place++, digits /= 10) {
        if (place == decimals && decimals > 0)
            reversed[n++] = '.';
        reversed[n++] = (char)('0' + digits % 10);
    }
    if (minus)
        out[length++] = '-';
    while (n)
        out[length++] = reversed[--n];
    out[length] = '\0';
    return length;
}

size_t tns_text_integer(int64_t value, char out[TNS_DECIMAL_TEXT])
{
    uint64_t size = (uint64_t)value;
    return put_decimal(out, value < 0, value < 0 ? 0 - size : size, 0);
}

const char *tns_text_cents(int64_t cents, char out[32])
{
    uint64_t size = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
    put_decimal(out, cents < 0, size, 2);
    return out;
}

size_t tns_text_real(double value, char out[TNS_DECIMAL_TEXT])
{
    double size = fabs(value);
    if (!(size >= 1e-4 && size < 1e13))
        return 0;
    int decimals = 14;
    while (scaled(size, decimals) >= 1e15)
        decimals--;
    while (scaled(size, decimals) < 1e14)
        decimals++;
    uint64_t digits = (uint64_t)scaled(size, decimals);
    for (; decimals > 1 && digits % 10 == 0; decimals--)
        digits /= 10;
    return put_decimal(out, value < 0, digits, decimals);
}
