/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings of instruments that talk to nobody but their own app: typed off, or exported. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/exchange.h>
#include <tonsure/service.h>

#include "base/file.h"
#include "base/text.h"

enum { PATH_SIZE = 4096, PASTED_LIMIT = 16 << 20, TYPED_SIZE = 128 };

/* Whether numbers stand between blanks or semicolons, so that a comma is one of a decimal. */
static bool has_decimal_commas(const char *text)
{
    size_t commas = 0, others = 0;
    for (const char *c = text + strspn(text, " "); *c; c++) {
        commas += *c == ',' && c[1] != ' ' ? 1 : 0;
        others += *c == ';' || (*c == ' ' && c[1] != ' ' && c[1] != '\0' && c[1] != ';') ? 1 : 0;
    }
    return others >= 2 && commas > 0;
}

/* "L,a,b", whatever stood between them. */
static bool put_commas(const char *text, char out[TYPED_SIZE])
{
    bool decimal = has_decimal_commas(text);
    bool between = true;
    size_t n = 0;
    for (; *text && n + 2 < TYPED_SIZE; text++) {
        bool separates =
            *text == ' ' || *text == ';' || *text == '\t' || (*text == ',' && !decimal);
        if (separates && !between)
            out[n++] = ',';
        if (!separates)
            out[n++] = *text == ',' ? '.' : *text;
        between = separates;
    }
    if (n > 0 && between)
        n--;
    out[n] = '\0';
    return *text == '\0';
}

bool tns_service_typed(const char *text, const char *viewing, tns_reading *out, tns_error *err)
{
    char numbers[TYPED_SIZE], target[TYPED_SIZE + 64];
    tns_error why;
    if (!put_commas(text, numbers))
        return tns_error_set(err, TNS_ERROR_USAGE, "typed: expected L a b, found \"%.60s\"..",
                             text);
    int n = snprintf(target, sizeof target, "lab:%s@%s", numbers, viewing ? viewing : "D65/10");
    if (n >= (int)sizeof target)
        return tns_error_set(err, TNS_ERROR_USAGE, "typed: unknown viewing \"%.60s\"", viewing);
    return tns_target_load(target, out, &why) ||
           tns_error_set(err, why.code, "typed \"%.60s\": %s", text, why.text);
}

/* What stands before and behind the last '#', unless a file has that very name. */
static const char *split(const char *target, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%s", target);
    char *hash = access(target, F_OK) == 0 ? NULL : strrchr(path, '#');
    if (!hash)
        return NULL;
    *hash = '\0';
    return hash + 1;
}

bool tns_service_pasted(const char *target, const char *viewing, tns_reading *out, tns_error *err)
{
    char path[PATH_SIZE];
    size_t length;
    tns_viewing asked;
    if (viewing && !tns_viewing_parse(viewing, &asked, err))
        return false;
    const char *sample = split(target, path);
    char *text = tns_file_read(path, PASTED_LIMIT, &length, err);
    bool done = text && tns_exchange_parse_app(text, length, path, sample, viewing ? &asked : NULL,
                                               out, err);
    free(text);
    return done;
}
