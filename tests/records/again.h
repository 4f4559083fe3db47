/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that is read and written again. */
#ifndef RECORDS_AGAIN_H
#define RECORDS_AGAIN_H

#include <stddef.h>

#include <tonsure/error.h>

/* Gives the text of what it read, or NULL and why; what was read is freed in every case. */
typedef char *rewriter(const char *text, size_t length, tns_error *err);

typedef struct rewritten {
    const char *example, *schema; /* the example's name below docs/schema/examples */
    rewriter *rewrite;
} rewritten;

#endif
