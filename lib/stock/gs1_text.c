/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits and other text of a code, which no NUL ends. */
#include <string.h>

#include "base/text.h"
#include "stock/gs1_parts.h"

bool tns_are_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

int64_t tns_whole_number(const char *digits, size_t length)
{
    int64_t number = 0;
    for (size_t i = 0; i < length; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

/* What was scanned, as much as an error may show of it. */
const char *tns_scan_shown(const char *value, size_t length, char found[TNS_SCAN_SHOWN])
{
    size_t n = length < TNS_SCAN_SHOWN ? length : TNS_SCAN_SHOWN - 1;
    memcpy(found, value, n);
    found[n] = '\0';
    tns_text_tidy(found);
    return found;
}
