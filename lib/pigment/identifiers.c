/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pigment/identifiers.h"

/* Written out, for isalnum() follows the locale. */
static const char DIGITS[] = "0123456789";
static const char ID_LETTERS[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

bool tns_is_pigment_id(const char *text)
{
    return text[0] && text[strspn(text, ID_LETTERS)] == '\0';
}

bool tns_is_color_index(const char *text)
{
    if (strncmp(text, "CI ", 3) != 0)
        return false;
    const char *number = text + 3;
    size_t digits = strspn(number, DIGITS);
    const char *rest = number + digits;
    if (rest[0] == ':')
        rest += 1 + (strspn(rest + 1, DIGITS) == 1);
    return (digits == 5 || digits == 6) && rest[0] == '\0' && rest[-1] != ':';
}

bool tns_is_cas(const char *text)
{
    size_t head = strspn(text, DIGITS);
    const char *tail = text + head;
    if (head < 2 || head > 7 || strlen(tail) != 5 || tail[0] != '-' || tail[3] != '-' ||
        strspn(tail + 1, DIGITS) != 2 || strspn(tail + 4, DIGITS) != 1)
        return false;
    int sum = (tail[2] - '0') + 2 * (tail[1] - '0');
    for (size_t i = 0; i < head; i++)
        sum += (int)(head - i + 2) * (text[i] - '0');
    return sum % 10 == tail[4] - '0';
}
