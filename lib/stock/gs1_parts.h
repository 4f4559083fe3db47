/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read of a code: articles, elements, and what they share. */
#ifndef STOCK_GS1_PARTS_H
#define STOCK_GS1_PARTS_H

#include <tonsure/gs1.h>

typedef struct tns_scan_reader {
    tns_scan *out;
    tns_day today;
    tns_error *err;
} tns_scan_reader;

enum { TNS_SCAN_MAX = 400, TNS_SCAN_SHOWN = 64 }; /* characters of a code, and of an error's */

/* gs1_text.c: what was scanned, as much as an error may show of it. Gives `found`. */
const char *tns_scan_shown(const char *value, size_t length, char found[TNS_SCAN_SHOWN]);

bool tns_are_digits(const char *text, size_t length);

/* Of up to 18 digits. */
int64_t tns_whole_number(const char *digits, size_t length);

/* gs1_article.c: whether an article's number may have so many digits; of such, as 14 of them. */
bool tns_is_article(size_t length);
bool tns_gtin_take(const char *digits, size_t length, char out[TNS_GTIN_SIZE], tns_error *err);

/* gs1_element.c: how many digits the identifier has that an element begins with. */
size_t tns_element_digits(const char *element, size_t length);
/* One element, of which the identifier has `digits`, 2 to 4. */
bool tns_element_take(tns_scan_reader *r, const char *element, size_t digits, size_t length);

/* gs1_elements.c: all elements of a code, as scanned or, "(01)..", as printed. */
bool tns_elements_take(tns_scan_reader *r, const char *code, size_t length);

#endif
