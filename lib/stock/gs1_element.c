/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an element of a code says, by its identifier: known by name, or passed over. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "stock/gs1_parts.h"

static int two_digits(const char *text)
{
    return (int)tns_whole_number(text, 2);
}

/* Two digits of a year: within 49 years back and 50 ahead (General Specifications, 7.12). */
static int whole_year(int two, int this_year)
{
    int difference = two - this_year % 100;
    int century = this_year / 100 + (difference >= 51 ? -1 : difference <= -50 ? 1 : 0);
    return century * 100 + two;
}

static bool take_day(const char *digits, tns_day today, tns_day *out)
{
    char text[TNS_DAY_TEXT];
    int year, month = two_digits(digits + 2), day = two_digits(digits + 4);
    tns_day_write(today, text);
    if (sscanf(text, "%4d", &year) != 1 || month < 1 || month > 12)
        return false;
    year = whole_year(two_digits(digits), year);
    tns_text_format(text, sizeof text, "%04d-%02d-%02d", year, month, day ? day : 1);
    if (!tns_day_parse(text, out, NULL))
        return false;
    if (day == 0)
        *out = tns_day_add_months(*out, 1) - 1;
    return true;
}

typedef bool take_value(tns_scan_reader *r, const char *ai, const char *value, size_t length);

static bool wrong(tns_scan_reader *r, const char *ai, const char *value, size_t length,
                  const char *expected)
{
    char found[TNS_SCAN_SHOWN];
    return tns_error_set(r->err, TNS_ERROR_FORMAT, "(%s): expected %s, found \"%s\"", ai, expected,
                         tns_scan_shown(value, length, found));
}

/* Twice is once, where both say the same. */
static bool put_text(tns_scan_reader *r, const char *ai, const char *value, size_t length, char *to)
{
    if (to[0] && (strlen(to) != length || memcmp(to, value, length) != 0))
        return wrong(r, ai, value, length, "the same as before");
    memcpy(to, value, length);
    to[length] = '\0';
    return true;
}

static bool put_number(tns_scan_reader *r, const char *ai, const char *value, size_t length,
                       int64_t number, int64_t *to)
{
    if (*to != 0 && *to != number)
        return wrong(r, ai, value, length, "the same as before");
    *to = number;
    return true;
}

static bool take_article(tns_scan_reader *r, const char *ai, const char *value, size_t length)
{
    char gtin[TNS_GTIN_SIZE];
    if (!tns_are_digits(value, length))
        return wrong(r, ai, value, length, "14 digits");
    return (tns_gtin_take(value, length, gtin, r->err) || tns_error_prefix(r->err, "(%s)", ai)) &&
           put_text(r, ai, gtin, 14, r->out->gtin);
}

/* The 82 characters of ISO/IEC 646 that an element may hold. */
static bool may_be_in_text(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr("!\"%&'()*+,-./:;<=>?_", c) != NULL);
}

static bool take_text(tns_scan_reader *r, const char *ai, const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!may_be_in_text(value[i]))
            return wrong(r, ai, value, length, "letters, digits and signs of GS1's set");
    return put_text(r, ai, value, length, strcmp(ai, "10") == 0 ? r->out->lot : r->out->serial);
}

static bool take_date(tns_scan_reader *r, const char *ai, const char *value, size_t length)
{
    tns_day day, *to = strcmp(ai, "11") == 0   ? &r->out->produced
                       : strcmp(ai, "15") == 0 ? &r->out->best_before
                                               : &r->out->expires;
    if (!tns_are_digits(value, length) || !take_day(value, r->today, &day))
        return wrong(r, ai, value, length, "a day as YYMMDD");
    if (*to != TNS_NO_DAY && *to != day)
        return wrong(r, ai, value, length, "the same as before");
    *to = day;
    return true;
}

static bool take_count(tns_scan_reader *r, const char *ai, const char *value, size_t length)
{
    if (!tns_are_digits(value, length))
        return wrong(r, ai, value, length, "a number of up to 8 digits");
    return put_number(r, ai, value, length, tns_whole_number(value, length), &r->out->count);
}

/* (310n): six digits, of which n are decimals of a kilogram. */
static bool take_weight(tns_scan_reader *r, const char *ai, const char *value, size_t length)
{
    int decimals = ai[3] - '0';
    if (!tns_are_digits(value, length) || decimals > 5)
        return wrong(r, ai, value, length, "six digits, with up to 5 decimals");
    int64_t mg = tns_whole_number(value, length);
    for (int i = decimals; i < 6; i++)
        mg *= 10;
    return put_number(r, ai, value, length, mg, &r->out->net_weight_mg);
}

static bool pass_over(tns_scan_reader *r, const char *ai, const char *value, size_t length)
{
    (void)value;
    (void)length;
    if (r->out->other_count < TNS_SCAN_OTHERS)
        tns_text_copy(r->out->others[r->out->other_count], sizeof *r->out->others, ai);
    r->out->other_count++;
    return true;
}

/* Identifiers that mean something here, and how long their values are. */
static const struct known {
    const char *start; /* of the identifier */
    size_t digits;     /* of the whole identifier */
    size_t least, most;
    take_value *take;
} knowns[] = {
    {"01", 2, 14, 14, take_article}, {"10", 2, 1, 20, take_text},   {"11", 2, 6, 6, take_date},
    {"15", 2, 6, 6, take_date},      {"17", 2, 6, 6, take_date},    {"21", 2, 1, 20, take_text},
    {"30", 2, 1, 8, take_count},     {"310", 4, 6, 6, take_weight},
};

static const struct known *find_known(const char *ai, size_t length)
{
    for (size_t i = 0; i < sizeof knowns / sizeof *knowns; i++)
        if (length >= knowns[i].digits && tns_are_digits(ai, knowns[i].digits) &&
            strncmp(ai, knowns[i].start, strlen(knowns[i].start)) == 0)
            return &knowns[i];
    return NULL;
}

/* An identifier that nothing is made of, to call it by its name. */
static size_t digits_of_other(const char *element, size_t length)
{
    static const char *const three = " 23 24 25 40 41 42 71 ";
    static const char *const four = " 31 32 33 34 35 36 39 43 70 72 80 81 82 ";
    const char start[] = {' ', element[0], element[1], ' ', '\0'};
    size_t digits = strstr(four, start) ? 4 : strstr(three, start) ? 3 : 2;
    return length >= digits && tns_are_digits(element, digits) ? digits : 2;
}

size_t tns_element_digits(const char *element, size_t length)
{
    const struct known *known = find_known(element, length);
    return known ? known->digits : digits_of_other(element, length);
}

bool tns_element_take(tns_scan_reader *r, const char *element, size_t digits, size_t length)
{
    char ai[5];
    const struct known *known = find_known(element, digits);
    memcpy(ai, element, digits);
    ai[digits] = '\0';
    const char *value = element + digits;
    size_t size = length - digits;
    if (!known || known->digits != digits)
        return pass_over(r, ai, value, size);
    if (size < known->least || size > known->most)
        return wrong(r, ai, value, size,
                     known->least == known->most ? "a value of its fixed length"
                                                 : "a value that is not empty nor too long");
    return known->take(r, ai, value, size);
}
