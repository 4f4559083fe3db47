/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/error.h>

/* In the order of tns_code. */
static const struct {
    const char *name;
    int exit_status;
} codes[] = {
    {"ok", 0},
    {"usage", 2},
    {"not-found", 1},
    {"io", 1},
    {"format", 1},
    {"unsupported", 1},
    {"range", 1},
    {"memory", 1},
    {"numeric", 1},
    {"cancelled", 1},
    {"chart-refused", 4},
    {"no-recipe", 4},
    {"not-within-tolerance", 4},
};

const char *tns_code_name(tns_code code)
{
    return (size_t)code < sizeof codes / sizeof *codes ? codes[code].name : "unknown";
}

int tns_code_exit_status(tns_code code)
{
    return (size_t)code < sizeof codes / sizeof *codes ? codes[code].exit_status : 1;
}

/* A text that was cut in the middle of a UTF-8 sequence ends before it. */
static void drop_cut_character(char *text)
{
    size_t n = strlen(text);
    size_t tail = n;
    while (tail > 0 && ((unsigned char)text[tail - 1] & 0xC0) == 0x80)
        tail--;
    if (tail == 0)
        return;
    unsigned char lead = (unsigned char)text[tail - 1];
    size_t wanted = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (n - tail < wanted)
        text[tail - 1] = '\0';
}

/* What was found may hold anything; an error is one line. */
static void keep_to_one_line(char *text)
{
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    drop_cut_character(text);
}

bool tns_error_set(tns_error *err, tns_code code, const char *format, ...)
{
    if (!err)
        return false;
    err->code = code;
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    keep_to_one_line(err->text);
    return false;
}

bool tns_error_prefix(tns_error *err, const char *format, ...)
{
    if (!err)
        return false;
    char where[sizeof err->text];
    va_list args;
    va_start(args, format);
    vsnprintf(where, sizeof where, format, args);
    va_end(args);

    char tail[sizeof err->text];
    memcpy(tail, err->text, sizeof tail);
    size_t n = strlen(where);
    if (n > sizeof err->text - 3)
        n = sizeof err->text - 3;
    memcpy(err->text, where, n);
    memcpy(err->text + n, ": ", 3);
    strncat(err->text, tail, sizeof err->text - n - 3);
    keep_to_one_line(err->text);
    return false;
}
