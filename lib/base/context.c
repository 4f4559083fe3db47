/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include <tonsure/context.h>

#include "base/text.h"

bool tns_context_cancelled(const tns_context *context)
{
    return context && context->cancelled && context->cancelled(context->user);
}

void tns_context_progress(const tns_context *context, double fraction, const char *stage)
{
    if (context && context->progress)
        context->progress(context->user, fraction, stage);
}

int64_t tns_context_now(const tns_context *context)
{
    return context && context->clock ? context->clock(context->user) : (int64_t)time(NULL);
}

void tns_context_log(const tns_context *context, tns_log_level level, const char *format, ...)
{
    if (!context || !context->log)
        return;
    char text[512];
    va_list args;
    va_start(args, format);
    tns_text_vformat(text, sizeof text, format, args);
    va_end(args);
    tns_text_tidy(text);
    context->log(context->user, level, text);
}
