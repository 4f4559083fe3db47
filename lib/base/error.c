/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/error.h>

#include "base/text.h"

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
    {"wrong-ink", 4},
    {"out-of-reach", 4},
    {"no-instrument", 3},
    {"no-permission", 3},
    {"busy", 3},
    {"not-calibrated", 3},
    {"setup", 3},
    {"timeout", 3},
    {"short-reply", 3},
    {"bad-checksum", 3},
    {"bad-reply", 3},
    {"stall", 3},
    {"gone", 3},
    {"instrument", 3},
    {"implausible", 3},
    {"expired", 5},
    {"quarantined", 5},
    {"recalled", 5},
    {"not-sterile", 5},
    {"not-enough", 5},
    {"conflict", 5},
    {"tampered", 1},
    {"allergen", 5},
    {"no-such", 2},
};

const char *tns_code_name(tns_code code)
{
    return (size_t)code < sizeof codes / sizeof *codes ? codes[code].name : "unknown";
}

int tns_code_exit_status(tns_code code)
{
    return (size_t)code < sizeof codes / sizeof *codes ? codes[code].exit_status : 1;
}

bool tns_error_set(tns_error *err, tns_code code, const char *format, ...)
{
    if (!err)
        return false;
    err->code = code;
    va_list args;
    va_start(args, format);
    tns_text_vformat(err->text, sizeof err->text, format, args);
    va_end(args);
    tns_text_tidy(err->text); /* what was found may hold anything */
    return false;
}

bool tns_error_prefix(tns_error *err, const char *format, ...)
{
    if (!err)
        return false;
    char where[sizeof err->text];
    va_list args;
    va_start(args, format);
    tns_text_vformat(where, sizeof where, format, args);
    va_end(args);

    char tail[sizeof err->text];
    memcpy(tail, err->text, sizeof tail);
    size_t n = strlen(where);
    if (n > sizeof err->text - 3)
        n = sizeof err->text - 3;
    memcpy(err->text, where, n);
    memcpy(err->text + n, ": ", 3);
    strncat(err->text, tail, sizeof err->text - n - 3);
    tns_text_tidy(err->text);
    return false;
}
