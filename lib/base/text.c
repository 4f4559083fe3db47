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
