/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide a text stands on a terminal: the columns of Unicode's East Asian Width, as libunistring
   knows them. */
#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

#include "cli.h"

/* CLI_KEEP, a control character, is drawn as a blank. */
static int columns_of(ucs4_t c)
{
    int columns = uc_width(c, "UTF-8");
    return columns < 0 ? 1 : columns;
}

/* The text is UTF-8, as all that the store keeps; a broken byte stands as a sign of its own. */
static const uint8_t *next_character(const uint8_t *at, ucs4_t *c)
{
    int bytes = u8_strmbtouc(c, at);
    if (bytes < 0)
        *c = 0xFFFD;
    return at + (bytes < 0 ? 1 : bytes);
}

int cli_columns(const char *text)
{
    int columns = 0;
    ucs4_t c;
    for (const uint8_t *at = (const uint8_t *)text; *at; columns += columns_of(c))
        at = next_character(at, &c);
    return columns;
}

size_t cli_fitting(const char *text, int columns)
{
    const uint8_t *start = (const uint8_t *)text, *at = start, *end = start;
    ucs4_t c;
    while (*end) {
        at = next_character(at, &c);
        if ((columns -= columns_of(c)) < 0)
            break;
        end = at;
    }
    return (size_t)(end - start);
}

int cli_field(int columns, const char *text)
{
    return columns + (int)strlen(text) - cli_columns(text);
}
