/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters in UTF-8, as libunistring reads them. */
#include <string.h>
#include <unistr.h>

#include "base/text.h"

bool tns_text_is_utf8(const char *text, size_t length)
{
    return !u8_check((const uint8_t *)text, length) && !memchr(text, 0, length);
}

size_t tns_text_next(const char *at, uint32_t *character)
{
    int bytes = u8_strmbtouc(character, (const uint8_t *)at);
    if (bytes < 0)
        *character = TNS_TEXT_BROKEN;
    return bytes < 0 ? 1 : (size_t)bytes;
}

size_t tns_text_letters(const char *text, size_t length)
{
    return u8_mbsnlen((const uint8_t *)text, length);
}

size_t tns_text_bytes(const char *text, size_t letters)
{
    size_t length = 0;
    for (uint32_t c; letters > 0; letters--)
        length += tns_text_next(text + length, &c);
    return length;
}

void tns_text_mend(char *text)
{
    enum { CUT_SHORT = -2 };
    uint8_t *s = (uint8_t *)text, *end = s + strlen(text);
    for (ucs4_t c; s < end;) {
        int bytes = u8_mbtoucr(&c, s, (size_t)(end - s));
        if (bytes == CUT_SHORT) {
            *s = '\0';
            return;
        }
        if (bytes < 0)
            *s = '?';
        s += bytes < 0 ? 1 : bytes;
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
