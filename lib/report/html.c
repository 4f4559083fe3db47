/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/html.h"

/* Room for `more` bytes and the closing NUL. */
static bool grow(tns_html *html, size_t more)
{
    size_t wanted = html->length + more + 1;
    if (html->failed || wanted <= html->room)
        return !html->failed;
    size_t room = html->room ? html->room : 16384;
    while (room < wanted)
        room *= 2;
    char *text = realloc(html->text, room);
    html->failed = text == NULL;
    if (html->failed)
        return false;
    html->text = text;
    html->room = room;
    return true;
}

static void append(tns_html *html, const char *text, size_t length)
{
    if (!grow(html, length))
        return;
    memcpy(html->text + html->length, text, length);
    html->length += length;
    html->text[html->length] = '\0';
}

void tns_html_add(tns_html *html, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = tns_text_vformat(NULL, 0, format, args);
    if (length > 0 && grow(html, (size_t)length)) {
        tns_text_vformat(html->text + html->length, (size_t)length + 1, format, again);
        html->length += (size_t)length;
    }
    va_end(again);
    va_end(args);
}

static const char *reference_of(char letter)
{
    return letter == '&'    ? "&amp;"
           : letter == '<'  ? "&lt;"
           : letter == '>'  ? "&gt;"
           : letter == '"'  ? "&quot;"
           : letter == '\'' ? "&#39;"
                            : NULL;
}

static void append_escaped(tns_html *html, const char *text)
{
    for (const char *from = text; *text; from = text) {
        while (*text && !reference_of(*text))
            text++;
        append(html, from, (size_t)(text - from));
        if (*text) {
            const char *reference = reference_of(*text++);
            append(html, reference, strlen(reference));
        }
    }
}

void tns_html_text(tns_html *html, const char *text)
{
    size_t size = strlen(text) + 1;
    char *tidy = malloc(size);
    html->failed = html->failed || !tidy;
    if (!tidy)
        return;
    memcpy(tidy, text, size);
    tns_text_tidy(tidy);
    append_escaped(html, tidy);
    free(tidy);
}

void tns_html_element(tns_html *html, const char *name, const char *attributes, const char *text)
{
    tns_html_add(html, "<%s%s%s>", name, attributes[0] ? " " : "", attributes);
    tns_html_text(html, text);
    tns_html_add(html, "</%s>", name);
}

void tns_html_base64(tns_html *html, const unsigned char *bytes, size_t length)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (!grow(html, (length + 2) / 3 * 4))
        return;
    char *to = html->text + html->length;
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        unsigned long three = (unsigned long)bytes[i] << 16;
        three |= left > 1 ? (unsigned long)bytes[i + 1] << 8 : 0;
        three |= left > 2 ? bytes[i + 2] : 0;
        *to++ = digit[three >> 18];
        *to++ = digit[three >> 12 & 63];
        *to++ = left > 1 ? digit[three >> 6 & 63] : '=';
        *to++ = left > 2 ? digit[three & 63] : '=';
    }
    *to = '\0';
    html->length = (size_t)(to - html->text);
}
