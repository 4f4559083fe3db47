/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short list of sentences a person should read, kept by value beside the result they qualify. */
#ifndef TONSURE_WARNINGS_H
#define TONSURE_WARNINGS_H

#include <stddef.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

enum { TNS_WARNINGS_MAX = 12, TNS_WARNING_SIZE = 200 };

typedef struct tns_warnings {
    size_t count;    /* of sentences, and the line that tells of others */
    size_t left_out; /* that did not fit: if any, the last line is "and 5 more" */
    char text[TNS_WARNINGS_MAX + 1][TNS_WARNING_SIZE];
} tns_warnings;

/* Adds a sentence, but for one that is there already. One that no longer fits is counted. */
TNS_API void tns_warn(tns_warnings *warnings, const char *format, ...) TNS_PRINTF(2, 3);

/* Adds each sentence of `more`. */
TNS_API void tns_warn_all(tns_warnings *warnings, const tns_warnings *more);

TNS_END_DECLS

#endif
