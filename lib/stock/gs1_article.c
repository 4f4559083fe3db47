/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles by their digits. */
#include <string.h>

#include "stock/gs1_parts.h"

/* Weights 3 and 1 from the right, the check digit itself left out. */
static char check_digit(const char *digits, size_t length)
{
    int sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += (digits[length - 1 - i] - '0') * (i % 2 ? 1 : 3);
    return (char)('0' + (10 - sum % 10) % 10);
}

bool tns_gtin_take(const char *digits, size_t length, char out[TNS_GTIN_SIZE], tns_error *err)
{
    char right = check_digit(digits, length - 1);
    if (digits[length - 1] != right)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "\"%.*s\": the check digit is %c, expected %c: a slip in a digit",
                             (int)length, digits, digits[length - 1], right);
    memset(out, '0', 14 - length);
    memcpy(out + 14 - length, digits, length);
    out[14] = '\0';
    return true;
}

bool tns_is_article(size_t length)
{
    return length == 8 || length == 12 || length == 13 || length == 14;
}

bool tns_gtin_parse(const char *text, char out[TNS_GTIN_SIZE], tns_error *err)
{
    size_t length = strlen(text);
    if (!tns_is_article(length) || !tns_are_digits(text, length))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "expected the 8, 12, 13 or 14 digits of an article, found \"%.40s\"",
                             text);
    if (tns_gtin_take(text, length, out, err))
        return true;
    if (err)
        err->code = TNS_ERROR_USAGE;
    return false;
}
