/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reports for people share: a page that holds all it needs, and pieces of it. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <stdint.h>

#include <tonsure/reading.h>

#include "report/html.h"

/* The page up to <main>, with a title such as "scalp.jpg" and what it is; and from </main> on: its
   text, or NULL when out of memory. */
void tns_html_page_begin(tns_html *html, const char *title, const char *kind);
char *tns_html_page_finish(tns_html *html, tns_error *err);

/* " · made 2026-11-23, 12:00 UTC", behind a word that may be ""; nothing for 0. */
void tns_html_time(tns_html *html, const char *word, int64_t seconds);

/* A name and a value, into <dl class="making">. */
void tns_html_pair(tns_html *html, const char *name, const char *value);

/* A section of sentences to be heeded, and of more of them (may be NULL); nothing where there are
   none. */
void tns_html_doubt_list(tns_html *html, const char *heading, const tns_warnings *doubts,
                         const tns_warnings *more);

/* A color as a page has it: "#c58c79", the nearest that sRGB holds. `lab` is under D50, 2 degrees.
 */
typedef struct tns_css_color {
    char text[8];
} tns_css_color;
tns_css_color tns_css_of_lab(tns_lab lab);

/* The same of a color under its own viewing; "#000000" where no one knows its lamp. */
tns_css_color tns_css_of_color(const tns_color *color);

/* A number with a real minus; a dash where there is none. */
void tns_html_number(tns_html *html, double value, int decimals);

/* A swatch in two halves, as read and as it should be. */
void tns_html_split_swatch(tns_html *html, tns_lab read, tns_lab reference);

/* "a dot", "skin"; "" = not known. */
const char *tns_what_words(tns_what what);

#endif
