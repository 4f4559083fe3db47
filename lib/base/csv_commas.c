/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables as spreadsheets write them where the comma is in numbers: fields stand between semicolons
 * there, and 2.5 is "2,5".
 */
#include <ctype.h>
#include <string.h>

#include "base/csv_commas.h"

static bool is_blank_or_comment(const char *line, size_t length)
{
    size_t n = 0;
    while (n < length && (line[n] == ' ' || line[n] == '\t'))
        n++;
    return n == length || line[n] == '#';
}

static bool is_in_number(const char *line, size_t length, size_t at)
{
    return at > 0 && at + 1 < length && isdigit((unsigned char)line[at - 1]) &&
           isdigit((unsigned char)line[at + 1]);
}

/* Between semicolons, or tabs, commas are in numbers alone: "380;0,25". */
static char delimiter_of_line(const char *line, size_t length)
{
    bool quoted = false;
    char found = ',';
    for (size_t i = 0; i < length; i++) {
        quoted ^= line[i] == '"';
        if (!quoted && line[i] == ',' && !is_in_number(line, length, i))
            return ',';
        if (!quoted && (line[i] == ';' || (line[i] == '\t' && found == ',')))
            found = line[i];
    }
    return found;
}

char tns_csv_delimiter(const char *text, size_t length)
{
    while (length > 0) {
        size_t n = 0;
        while (n < length && text[n] != '\n' && text[n] != '\r')
            n++;
        if (!is_blank_or_comment(text, n))
            return delimiter_of_line(text, n);
        n += n < length;
        text += n;
        length -= n;
    }
    return ',';
}

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* A number with that between its whole part and the rest, and at most a unit behind it: "2,5",
   "-0,25", "1,5e-3", "2,5 ml". NULL = it is none. */
static char *decimal_mark(char *text, char mark)
{
    char *at = text + (*text == '-' || *text == '+');
    at += digits(at);
    if (at == text || !isdigit((unsigned char)at[-1]) || *at != mark || !digits(at + 1))
        return NULL;
    const char *rest = at + 1 + digits(at + 1);
    enum { UNIT = 4 };
    return strpbrk(rest, ".,=;:/") || strlen(rest) > UNIT ? NULL : at;
}

/* Whoever writes 2.5 does not write 2,5: there a comma would be of thousands. */
static bool has_points(const tns_csv *csv)
{
    for (size_t i = 0; i < csv->count; i++)
        for (size_t k = 0; k < csv->rows[i].count; k++)
            if (decimal_mark(csv->rows[i].field[k], '.'))
                return true;
    return false;
}

void tns_csv_point_commas(tns_csv *csv)
{
    if (csv->delimiter == ',' || has_points(csv))
        return;
    for (size_t i = 0; i < csv->count; i++)
        for (size_t k = 0; k < csv->rows[i].count; k++) {
            char *mark = decimal_mark(csv->rows[i].field[k], ',');
            if (mark)
                *mark = '.';
        }
}
