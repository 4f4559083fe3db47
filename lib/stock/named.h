/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of clients in texts that stay: a reason is in the ledger for good, and a name is to go with
 * the card.
 */
#ifndef STOCK_NAMED_H
#define STOCK_NAMED_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether each word of the name, of three letters or more, stands in the text, whatever the case of
 * its letters, with or without their marks, or with the letters that some write for them: MULLER
 * and Mueller are Müller. "Schmidts" has "Schmidt". False of a name that has no such word.
 */
bool tns_text_names(const char *text, const char *name);

/* The text with `number` in place of any such word, once for those side by side; cut to `size`. */
void tns_text_unname(const char *text, const char *name, const char *number, char *out,
                     size_t size);

#endif
