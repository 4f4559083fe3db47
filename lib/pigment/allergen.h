/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a word says of what is in a bottle: a name, a Colour Index, a CAS number. */
#ifndef PIGMENT_ALLERGEN_H
#define PIGMENT_ALLERGEN_H

#include <stddef.h>

#include <tonsure/palette.h>

/*
 * The index, or the ingredient, that has just that index, name (whatever its case) or CAS number,
 * however the numbers are written (pigment/substance.h); NULL = none.
 */
const char *tns_index_named(const char (*indices)[16], size_t count, const char *word);
const tns_ingredient *tns_ingredient_named(const tns_ingredient *ingredients, size_t count,
                                           const char *word);

/* The label of a bottle; a name, or what is in it, may be "" and 0. */
typedef struct tns_contents {
    const char *name;
    size_t index_count, ingredient_count;
    const char (*indices)[16];
    const tns_ingredient *ingredients;
} tns_contents;

/*
 * Whether somebody who says to be allergic to a word must not have it: as above, but a word that is
 * part of a name counts too, "nickel" of "nickel sulfate", and so does another name of the same
 * substance, "carbon black" of "CI 77266", for a needless refusal is the lesser harm. `why`:
 * "contains nickel sulfate, CAS 7786-81-4".
 */
bool tns_contents_hold(const tns_contents *contents, const char *word, char *why, size_t size);

#endif
