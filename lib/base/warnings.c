/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/warnings.h>

#include "base/text.h"

static void add(tns_warnings *warnings, const char *text)
{
    for (size_t i = 0; i < warnings->count; i++)
        if (strcmp(warnings->text[i], text) == 0)
            return;
    if (warnings->count < TNS_WARNINGS_MAX)
        snprintf(warnings->text[warnings->count++], TNS_WARNING_SIZE, "%s", text);
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
