/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that somebody may have meant who typed another. */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

enum { TNS_NEAR_MAX = 4, TNS_NEAR_WORD = 80, TNS_NEAR_TEXT = 4 * (TNS_NEAR_WORD + 2) + 16 };

/* Begun as {0}. */
typedef struct tns_near {
    size_t count;
    char name[TNS_NEAR_MAX + 1][TNS_NEAR_WORD + 1]; /* nearest first; one more than is kept */
    size_t apart[TNS_NEAR_MAX + 1];
} tns_near;

/* Keeps a name that the word is part of, or that a third of its letters, changed, would give. */
void tns_near_offer(tns_near *near, const char *word, const char *name);

/* "; near it: a, b", or "" where none is. */
void tns_near_write(const tns_near *near, char *text, size_t size);

#endif
