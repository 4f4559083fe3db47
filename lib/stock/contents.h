/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a product: what its label says, and what a palette knows of its pigment. */
#ifndef STOCK_CONTENTS_H
#define STOCK_CONTENTS_H

#include <tonsure/stock.h>
#include <tonsure/warnings.h>

/* tns_contents_hold() of the label, else of what is known (NULL = nothing). */
bool tns_product_holds(const tns_product *product, const tns_pigment *known, const char *word,
                       char *why, size_t size);

/* The ingredient on the label that may be a word's, spelled otherwise: "nickle sulfate" of
 * "nickel"; NULL where none is, and of a number, or of two substances that are known to be others.
 */
const char *tns_product_near(const tns_product *product, const char *word);

/* Says of an ink that its label lacks the statement of tns_label_states, where that was entered; of
   water it is not asked. */
void tns_product_doubt_label(const tns_product *product, tns_warnings *warnings);

/* How a warning begins that nobody entered what is in a product. */
#define TNS_NOBODY_TOLD "nobody told what is in"

#endif
