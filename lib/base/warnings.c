/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/warnings.h>

#include "base/text.h"

/* What the last line of a list that is full tells: "and 5 more"; 0 = it is any other sentence. */
static size_t told_more(const char *text)
{
    size_t more = 0;
    int used = 0;
    bool told = sscanf(text, "and %8zu more%n", &more, &used) == 1 && used > 0 && !text[used];
    return told ? more : 0;
}

static void add(tns_warnings *warnings, const char *text)
{
    size_t more = told_more(text);
    for (size_t i = 0; i < warnings->count && more == 0; i++)
        if (strcmp(warnings->text[i], text) == 0)
            return;
    if (more == 0 && warnings->left_out == 0 && warnings->count < TNS_WARNINGS_MAX) {
        snprintf(warnings->text[warnings->count++], TNS_WARNING_SIZE, "%s", text);
        return;
    }
    warnings->count += warnings->left_out == 0;
    warnings->left_out += more ? more : 1;
    snprintf(warnings->text[warnings->count - 1], TNS_WARNING_SIZE, "and %zu more",
             warnings->left_out);
}

void tns_warn(tns_warnings *warnings, const char *format, ...)
{
    char text[TNS_WARNING_SIZE];
    va_list args;
    va_start(args, format);
    tns_text_vformat(text, sizeof text, format, args);
    va_end(args);
    tns_text_tidy(text);
    add(warnings, text);
}

void tns_warn_all(tns_warnings *warnings, const tns_warnings *more)
{
    for (size_t i = 0; i < more->count; i++)
        add(warnings, more->text[i]);
}
