/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide a text stands on a terminal. */
#include <stdint.h>
#include <string.h>

#include "cli.h"

/* The characters that terminals draw over the one before: Unicode's combining marks, joiners and
   variation selectors, as far as names have them. */
static const uint32_t narrow[][2] = {
    {0x0300, 0x036f}, {0x200b, 0x200f}, {0x20d0, 0x20f0}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};
/* Those of two columns: East Asian Width W and F (Unicode Standard Annex 11), in large blocks. */
static const uint32_t wide[][2] = {{0x1100, 0x115f},   {0x2e80, 0xa4cf},   {0xac00, 0xd7a3},
                                   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
                                   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
                                   {0x1f900, 0x1faff}, {0x20000, 0x3fffd}};

static bool is_within(const uint32_t (*ranges)[2], size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return false;
}

/* The text is UTF-8, as all that the store keeps. */
static uint32_t next_character(const unsigned char **at)
{
    uint32_t c = *(*at)++;
    c = c < 0xc0 ? c : c < 0xe0 ? c & 0x1f : c < 0xf0 ? c & 0x0f : c & 0x07;
    while ((**at & 0xc0) == 0x80)
        c = c << 6 | (*(*at)++ & 0x3f);
    return c;
}

static int columns_of(uint32_t c)
{
    if (is_within(narrow, sizeof narrow / sizeof *narrow, c))
        return 0;
    return 1 + is_within(wide, sizeof wide / sizeof *wide, c);
}

int cli_columns(const char *text)
{
    int columns = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at;)
        columns += columns_of(next_character(&at));
    return columns;
}

size_t cli_fitting(const char *text, int columns)
{
    const unsigned char *start = (const unsigned char *)text, *at = start, *end = start;
    while (*end && (columns -= columns_of(next_character(&at))) >= 0)
        end = at;
    return (size_t)(end - start);
}

int cli_field(int columns, const char *text)
{
    return columns + (int)strlen(text) - cli_columns(text);
}
