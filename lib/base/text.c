/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <time.h>

#include "base/text.h"

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

/* Written out, for tolower() follows the locale: the Turkish I has another small letter. */
char tns_text_lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

char tns_text_upper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

bool tns_text_same(const char *a, const char *b)
{
    while (*a && tns_text_lower(*a) == tns_text_lower(*b)) {
        a++;
        b++;
    }
    return tns_text_lower(*a) == tns_text_lower(*b);
}

void tns_text_time(int64_t seconds, char out[32])
{
    time_t t = (time_t)seconds;
    struct tm utc;
    if (!gmtime_r(&t, &utc) || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        out[0] = '\0';
}
