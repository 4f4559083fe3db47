/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wanted beside mixed, under each lamp. */
#include <string.h>

#include "report/match_page.h"

/* A lamp of a recipe as a viewing, for the observer of its prediction. */
static bool viewing_of(const tns_recipe_record *recipe, size_t lamp, tns_viewing *out)
{
    tns_color named = recipe->predicted.color;
    memcpy(named.illuminant, recipe->illuminant[lamp], sizeof named.illuminant);
    return tns_color_viewing(&named, out, NULL);
}

/* What was stated under the first lamp holds as it was stated. */
bool tns_match_wanted(const tns_match_record *match, size_t lamp, tns_color *out)
{
    tns_viewing viewing;
    const tns_recipe_record *recipe = match->recipes;
    if (match->recipe_count == 0 || lamp >= recipe->viewing_count ||
        !viewing_of(recipe, lamp, &viewing))
        return false;
    if (lamp == 0 && match->target.has_color && tns_viewing_is(&viewing, &match->target.color)) {
        *out = match->target.color;
        return true;
    }
    if (!match->has_wanted || !match->wanted.has_spectrum)
        return false;
    *out = tns_color_from_spectrum(&match->wanted.spectrum, &viewing);
    return true;
}

bool tns_match_predicted(const tns_recipe_record *recipe, size_t lamp, tns_color *out)
{
    tns_viewing viewing;
    if (lamp == 0 && recipe->predicted.has_color) {
        *out = recipe->predicted.color;
        return true;
    }
    if (!recipe->predicted.has_spectrum || !viewing_of(recipe, lamp, &viewing))
        return false;
    *out = tns_color_from_spectrum(&recipe->predicted.spectrum, &viewing);
    return true;
}

void tns_html_pair_of_colors(tns_html *html, const char *classes, const tns_color *wanted,
                             const tns_color *mixed)
{
    tns_html_add(html, "<span class=\"%s\" aria-hidden=\"true\">", classes);
    tns_html_add(html, "<i style=\"background:%s\"></i>", tns_css_of_color(wanted).text);
    tns_html_add(html, "<i style=\"background:%s\"></i></span>", tns_css_of_color(mixed).text);
}

void tns_html_lab_cells(tns_html *html, const tns_lab *lab)
{
    const double value[3] = {lab->L, lab->a, lab->b};
    for (int i = 0; i < 3; i++) {
        tns_html_add(html, "<td class=\"n\">");
        tns_html_number(html, value[i], 1);
        tns_html_add(html, "</td>");
    }
}

/* What a lamp is, for who has never heard of D65. */
static const char *lamp_words(const char *illuminant)
{
    static const char *const words[][2] = {{"D65", "daylight"},
                                           {"D50", "warm daylight"},
                                           {"D55", "midday daylight"},
                                           {"A", "a light bulb"},
                                           {"F2", "a cool white tube"},
                                           {"F7", "a daylight tube"},
                                           {"F11", "a shop\xe2\x80\x99s tube"},
                                           {"C", "daylight, of old"},
                                           {"E", "even light"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], illuminant) == 0)
            return words[i][1];
    return "";
}

static void add_lamp(tns_html *html, const tns_match_record *match, size_t lamp)
{
    const tns_recipe_record *recipe = match->recipes;
    tns_color wanted, mixed;
    bool known =
        tns_match_wanted(match, lamp, &wanted) && tns_match_predicted(recipe, lamp, &mixed);
    tns_html_add(html, "<tr><th scope=\"row\">");
    if (known)
        tns_html_pair_of_colors(html, "swatch wide", &wanted, &mixed);
    tns_html_text(html, recipe->illuminant[lamp]);
    tns_html_add(html, " <small>%s</small></th>", lamp_words(recipe->illuminant[lamp]));
    if (known) {
        tns_html_lab_cells(html, &wanted.lab);
        tns_html_lab_cells(html, &mixed.lab);
    } else {
        tns_html_add(html,
                     "<td colspan=\"6\">not to be drawn: its light is not in the record</td>");
    }
    tns_html_add(html, "<td class=\"n\">");
    tns_html_number(html, recipe->de00[lamp], 1);
    tns_html_add(html, "</td></tr>\n");
}

static bool is_estimated(const tns_match_record *match)
{
    return match->has_wanted && match->wanted.spectrum.reconstructed;
}

void tns_report_lamps(tns_html *html, const tns_match_record *match)
{
    if (match->recipe_count == 0)
        return;
    tns_html_add(html,
                 "<section aria-labelledby=\"lamps\"><h2 id=\"lamps\">Under each lamp</h2>\n"
                 "<table class=\"lamps\"><caption>Left the color that is wanted, right this "
                 "mix, for an eye used to the lamp. CIE L*a*b*, %d&deg;.</caption>\n",
                 (int)match->recipes->predicted.color.observer);
    tns_html_add(html, "<thead><tr><th scope=\"col\" rowspan=\"2\">Lamp</th>"
                       "<th scope=\"colgroup\" colspan=\"3\" class=\"g\">Wanted</th>"
                       "<th scope=\"colgroup\" colspan=\"3\" class=\"g\">This mix</th>"
                       "<th scope=\"col\" rowspan=\"2\" class=\"n\">dE00</th></tr>\n<tr>");
    for (int i = 0; i < 6; i++)
        tns_html_add(html, "<th scope=\"col\" class=\"n\">%c*</th>", "Lab"[i % 3]);
    tns_html_add(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < match->recipes->viewing_count; i++)
        add_lamp(html, match, i);
    tns_html_add(html, "</tbody></table>\n");
    if (is_estimated(match) && match->recipes->viewing_count > 1)
        tns_html_add(html,
                     "<p class=\"how\">Of the target only a color is known, not its spectrum: "
                     "how it looks under the other lamps is an estimate.</p>\n");
    tns_html_add(html, "</section>\n");
}
