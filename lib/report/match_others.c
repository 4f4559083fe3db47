/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other recipes, a row each. */
#include <string.h>

#include "report/match_page.h"

static void add_head(tns_html *html, bool odds)
{
    tns_html_add(html, "<table class=\"others\"><caption>Left the color that is wanted, right the "
                       "mix.</caption>\n<thead><tr><th scope=\"col\" class=\"n\">#</th>"
                       "<th scope=\"col\">Mix</th><th scope=\"col\" class=\"n\">dE00</th>");
    if (odds)
        tns_html_add(html, "<th scope=\"col\" class=\"n\">Within</th>"
                           "<th scope=\"col\" class=\"n\">19 in 20</th>"
                           "<th scope=\"col\" class=\"n\">Darker</th>");
    tns_html_add(html, "</tr></thead>\n<tbody>\n");
}

static void add_odds(tns_html *html, const tns_recipe_record *recipe)
{
    if (!recipe->has_odds) {
        tns_html_add(html, "<td colspan=\"3\" class=\"n\">not known</td>");
        return;
    }
    tns_html_add(html, "<td class=\"n\">");
    tns_html_chance(html, recipe->odds.p_within);
    tns_html_add(html, "</td><td class=\"n\">%.1f</td><td class=\"n\">", recipe->odds.de00_p95);
    tns_html_chance(html, recipe->odds.p_darker);
    tns_html_add(html, "</td>");
}

/* What was said of the first recipe need not be said again. */
static bool is_told(const tns_warnings *told, const char *note)
{
    for (size_t i = 0; i < told->count; i++)
        if (strcmp(told->text[i], note) == 0)
            return true;
    return false;
}

static bool has_detail(const tns_match_record *match, size_t i)
{
    const tns_warnings *notes = &match->recipes[i].warnings;
    bool any = tns_match_is_choice(match, i);
    for (size_t k = 0; k < notes->count; k++)
        any = any || !is_told(&match->recipes->warnings, notes->text[k]);
    return any;
}

static void add_detail(tns_html *html, const tns_match_record *match, size_t i, bool odds)
{
    const tns_recipe_record *recipe = &match->recipes[i];
    if (!has_detail(match, i))
        return;
    tns_html_add(html, "<tr class=\"detail\"><td></td><td colspan=\"%d\">", odds ? 5 : 2);
    tns_match_choices(html, match, i);
    for (size_t k = 0; k < recipe->warnings.count; k++)
        if (!is_told(&match->recipes->warnings, recipe->warnings.text[k]))
            tns_html_element(html, "p", "class=\"doubt\"", recipe->warnings.text[k]);
    tns_html_add(html, "</td></tr>\n");
}

static void add_other(tns_html *html, const tns_match_record *match, size_t i, bool odds)
{
    const tns_recipe_record *recipe = &match->recipes[i];
    tns_color wanted, mixed;
    tns_html_add(html, "<tr><td class=\"n\">%zu</td><th scope=\"row\">", i + 1);
    if (tns_match_wanted(match, 0, &wanted) && tns_match_predicted(recipe, 0, &mixed))
        tns_html_pair_of_colors(html, "swatch", &wanted, &mixed);
    tns_html_mixture(html, match, recipe);
    tns_html_add(html, "</th><td class=\"n\">");
    tns_html_number(html, recipe->de00[0], 1);
    tns_html_add(html, "</td>");
    if (odds)
        add_odds(html, recipe);
    tns_html_add(html, "</tr>\n");
    add_detail(html, match, i, odds);
}

/* How many were told. */
static size_t add_table(tns_html *html, const tns_match_record *match)
{
    bool odds = match->recipes[0].has_odds;
    size_t told = 0;
    for (size_t i = 1; i < match->recipe_count && told < TNS_OTHERS_MAX; i++) {
        if (!tns_match_is_shown(match, i))
            continue;
        if (told++ == 0)
            add_head(html, odds);
        add_other(html, match, i, odds);
    }
    if (told > 0)
        tns_html_add(html, "</tbody></table>\n");
    return told;
}

void tns_report_others(tns_html *html, const tns_match_record *match)
{
    if (match->recipe_count < 2)
        return;
    tns_html_add(html,
                 "<section aria-labelledby=\"others\"><h2 id=\"others\">Other recipes</h2>\n");
    size_t left = match->recipe_count - 1 - add_table(html, match);
    if (left > 0)
        tns_html_add(
            html,
            "<p class=\"how\">%zu more, of the pigments of one above and alike to the eye, "
            "%s in the record.</p>\n",
            left, left == 1 ? "is" : "are");
    tns_html_add(html, "</section>\n");
}
