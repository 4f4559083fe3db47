/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read, and how sure it is. */
#include <string.h>

#include <tonsure/skintone.h>

#include "report/photo_page.h"

static void add_name(tns_html *html, const char *name, const tns_reading *reading)
{
    tns_html_add(html, "<th scope=\"row\">");
    if (reading->has_color)
        tns_html_add(html,
                     "<span class=\"swatch whole\" aria-hidden=\"true\"><i "
                     "style=\"background:%s\"></i></span>",
                     tns_css_of_lab(reading->color.lab).text);
    tns_html_text(html, name);
    if (reading->what != TNS_WHAT_UNKNOWN && strcmp(tns_what_words(reading->what), name) != 0)
        tns_html_add(html, " <small>%s</small>", tns_what_words(reading->what));
    tns_html_add(html, "</th>");
}

static void add_bars(tns_html *html, const tns_uncertainty *u)
{
    const double bar[3] = {u->L, u->a, u->b};
    tns_html_add(html, "<td class=\"n\">");
    for (int i = 0; i < 3; i++) {
        tns_html_add(html, i ? "&ensp;" : "&plusmn;&thinsp;");
        tns_html_number(html, bar[i], 1);
    }
    tns_html_add(html, "</td>");
}

static void add_color(tns_html *html, const tns_reading *reading)
{
    const double lab[3] = {reading->color.lab.L, reading->color.lab.a, reading->color.lab.b};
    for (int i = 0; i < 3; i++) {
        tns_html_add(html, "<td class=\"n lab\">");
        tns_html_number(html, lab[i], 1);
        tns_html_add(html, "</td>");
    }
    add_bars(html, &reading->uncertainty);
    add_bars(html, &reading->between_visits);
}

static void add_light(tns_html *html, const tns_photo_region *region)
{
    tns_html_add(html, "<tr>");
    add_name(html, region->region.name, &region->reading);
    tns_html_add(html, "<td colspan=\"5\">no color without a chart; linear light");
    for (int i = 0; i < 3; i++)
        tns_html_add(html, " %.4f", region->rgb[i]);
    tns_html_add(html, "</td></tr>\n");
}

/* "42 892 pixels; left out 2 % clipped, 1 % mirrored; ITA 37.0 +- 5.2 (intermediate)" */
static void add_detail(tns_html *html, const tns_photo_region *region)
{
    const tns_region_statistics *s = &region->statistics;
    tns_html_add(html, "<tr class=\"detail\"><td colspan=\"6\"><p>%zu pixels", s->pixels);
    if (region->clipped >= 0.0005)
        tns_html_add(html, "; %.1f&thinsp;%% left out as clipped", 100 * region->clipped);
    if (region->specular >= 0.0005)
        tns_html_add(html, "; %.1f&thinsp;%% left out as gleam", 100 * region->specular);
    if (region->reading.has_color)
        tns_html_add(html, "; half of them within &plusmn;&thinsp;%.1f in L*", s->mad[0]);
    if (region->has_ita)
        tns_html_add(html, "; ITA %.1f&deg; &plusmn;&thinsp;%.1f&deg;, %s", region->ita,
                     region->ita_u, tns_ita_class(region->ita));
    tns_html_add(html, "</p>");
    tns_html_doubts(html, &region->reading.warnings);
    tns_html_add(html, "</td></tr>\n");
}

void tns_html_readings_begin(tns_html *html)
{
    tns_html_add(
        html, "<table class=\"regions\"><caption>CIE L*a*b* under D50, 2&deg;. Behind &plusmn; are "
              "half widths at k&nbsp;=&nbsp;2, in the order L*, a*, b*.</caption>\n"
              "<thead><tr><th scope=\"col\">Region</th><th scope=\"col\" class=\"n\">L*</th>"
              "<th scope=\"col\" class=\"n\">a*</th><th scope=\"col\" class=\"n\">b*</th>"
              "<th scope=\"col\" class=\"n\">Against the truth</th>"
              "<th scope=\"col\" class=\"n\">Visit to visit</th></tr></thead>\n<tbody>\n");
}

void tns_html_reading(tns_html *html, const char *name, const tns_reading *reading)
{
    tns_html_add(html, "<tr>");
    add_name(html, name, reading);
    add_color(html, reading);
    tns_html_add(html, "</tr>\n");
}

void tns_html_doubts(tns_html *html, const tns_warnings *warnings)
{
    for (size_t i = 0; i < warnings->count; i++)
        tns_html_element(html, "p", "class=\"doubt\"", warnings->text[i]);
}

static void add_explanation(tns_html *html)
{
    tns_html_add(
        html,
        "<dl class=\"plain\"><div><dt>Against the truth</dt><dd>What an instrument on the same "
        "place would say lies that near nineteen times in twenty. It is what counts "
        "for a recipe.</dd></div>\n"
        "<div><dt>Visit to visit</dt><dd>The same place, photographed the same way next "
        "time, lies that near. These are narrower, for what is wrong with the camera and "
        "the chart is wrong alike each time. It is what counts for a change over "
        "time.</dd></div></dl>\n");
}

void tns_report_regions(tns_html *html, const tns_photo *photo)
{
    bool has_color = false;
    if (photo->region_count == 0)
        return;
    tns_html_add(html,
                 "<section aria-labelledby=\"regions\"><h2 id=\"regions\">What was read</h2>\n");
    tns_html_readings_begin(html);
    for (size_t i = 0; i < photo->region_count; i++) {
        const tns_photo_region *region = &photo->regions[i];
        if (region->reading.has_color)
            tns_html_reading(html, region->region.name, &region->reading);
        else
            add_light(html, region);
        add_detail(html, region);
        has_color = has_color || region->reading.has_color;
    }
    tns_html_add(html, "</tbody></table>\n");
    if (has_color)
        add_explanation(html);
    tns_html_add(html, "</section>\n");
}
