/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read of a record and written again is the same, byte for byte. */
#ifndef RECORDS_SAME_H
#define RECORDS_SAME_H

#include "records/again.h"

/* A record as a writer would have it. */
typedef struct written {
    const char *label;
    rewriter *rewrite;
    const char *text;
} written;

void same_again(const char *label, const char *text, rewriter *rewrite);
void all_same_again(const written *rows, size_t count);

/* The example of that name below docs/schema/examples. */
void example_same_again(const char *example, rewriter *rewrite);
void examples_same_again(const rewritten *rows, size_t count);

#endif
