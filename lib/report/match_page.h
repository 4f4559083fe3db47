/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a match's report, each in a file of its own, and what they share. */
#ifndef REPORT_MATCH_PAGE_H
#define REPORT_MATCH_PAGE_H

#include <tonsure/report.h>

#include "report/page.h"

enum { TNS_OTHERS_MAX = 9 }; /* recipes behind the first that a page has room for */

/* The color that is wanted under a recipe's lamp, and that a recipe is predicted to have; false
   where nobody knows the lamp or the spectrum. */
bool tns_match_wanted(const tns_match_record *match, size_t lamp, tns_color *out);
bool tns_match_predicted(const tns_recipe_record *recipe, size_t lamp, tns_color *out);

/* Whether a recipe stands for something of its own, as in the command's list. */
bool tns_match_is_shown(const tns_match_record *match, size_t i);

/* Whether it is best of the list by something. */
bool tns_match_is_choice(const tns_match_record *match, size_t i);

/* "closest, surest": what of the list a recipe is best by; nothing where it is by nothing. */
void tns_match_choices(tns_html *html, const tns_match_record *match, size_t i);

/* "88 %", and never a certainty that nobody has. */
void tns_html_chance(tns_html *html, double p);

/* "22 carbon-black + 7 titanium-dioxide + 38.28 ml sterile-water" */
void tns_html_mixture(tns_html *html, const tns_match_record *match,
                      const tns_recipe_record *recipe);

/* "38.2, 3.1, 6.0" in three cells of a table. */
void tns_html_lab_cells(tns_html *html, const tns_lab *lab);

/* Two colors side by side, as large as they have room; and small, in a line. */
void tns_html_pair_of_colors(tns_html *html, const char *classes, const tns_color *wanted,
                             const tns_color *mixed);

/* ---- sections; each adds nothing where it has nothing to tell ---- */

void tns_report_recipe(tns_html *html, const tns_match_record *match);
void tns_report_lamps(tns_html *html, const tns_match_record *match);
void tns_report_others(tns_html *html, const tns_match_record *match);
void tns_report_curves(tns_html *html, const tns_match_record *match);
void tns_report_place(tns_html *html, const tns_match_record *match);

#endif
