/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short list of sentences a person should read, kept by value beside the result they qualify. */
#ifndef TONSURE_WARNINGS_H
#define TONSURE_WARNINGS_H

#include <stddef.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

enum { TNS_WARNINGS_MAX = 12, TNS_WARNING_SIZE = 200 };

typedef struct tns_warnings {
    size_t count;
    char text[TNS_WARNINGS_MAX][TNS_WARNING_SIZE];
} tns_warnings;

/* Adds a sentence; one that is there already, or that no longer fits in the list, is left out. */
TNS_API void tns_warn(tns_warnings *warnings, const char *format, ...) TNS_PRINTF(2, 3);

/* Adds each sentence of `more`. */
TNS_API void tns_warn_all(tns_warnings *warnings, const tns_warnings *more);

TNS_END_DECLS

#endif
