/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One substance under its many names: Colour Index, generic name, CAS number, chemical name. */
#ifndef PIGMENT_SUBSTANCE_H
#define PIGMENT_SUBSTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/near.h"

enum { TNS_WORD_SIZE = 160 };

typedef enum tns_word_kind {
    TNS_WORD_NAME,
    TNS_WORD_INDEX,
    TNS_WORD_CAS,
    TNS_WORD_BROKEN_CAS, /* its check digit is wrong */
    TNS_WORD_DOUBTFUL,   /* has digits, yet is no number and no name that is known here */
} tns_word_kind;

/*
 * Small letters, plain hyphens and blanks, none before a bracket, no s of the plural, "iron oxide"
 * of "Iron Oxides"; what is too long is cut.
 */
void tns_word_fold(const char *text, char out[TNS_WORD_SIZE]);

/*
 * What a word is, and as it is written here: "C.I. No. 77266", "CI-77266" and "77266" are
 * "CI 77266", "CAS: 1333-86-4" is "1333-86-4"; any other is folded.
 */
tns_word_kind tns_word_read(const char *word, char out[TNS_WORD_SIZE]);

/* Both folded: the name as a whole word, or several, and not "NAME-free" or "NAME-frei". */
bool tns_word_is_part(const char *word, const char *name);

/*
 * A number that tns_word_read wrote, anywhere in a folded text, and not as part of a longer one:
 * broken by blanks, "CI 77 491", and in a range, "CI 77491-77499", too.
 */
bool tns_word_has_number(const char *text, const char *number);

/*
 * Whether a word and a text name one substance of those known here, or may, "iron oxides" that of
 * CI 77491; the word by any part of its name. Both may be as they were typed.
 */
bool tns_word_shares(const char *word, const char *text);

/* The substances known here that a word names, by whole names alone, a bit each. */
uint32_t tns_word_substances(const char *word);

/* Whether a text names one of those substances, by a whole name. */
bool tns_word_names(const char *text, uint32_t substances);

/* Whether a word is a substance of those known here, or part of its name. */
bool tns_word_is_known(const char *word);

/* Offers the names of those known here, without the stars of compounds. */
void tns_word_offer(const char *word, tns_near *near);

/* The CAS numbers that are known here, one by one; NULL behind the last. */
const char *tns_substance_cas(size_t index);

#endif
