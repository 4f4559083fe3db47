/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "report/page.h"

extern const char tns_report_style[];

/* Nothing may be fetched or run, whatever a browser makes of the page. */
void tns_html_page_begin(tns_html *html, const char *title, const char *kind)
{
    tns_html_add(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "img-src data:; style-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta name=\"color-scheme\" content=\"light dark\">\n"
                       "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    tns_html_text(html, title);
    tns_html_add(html, " &middot; %s</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", kind,
                 tns_report_style);
}

char *tns_html_page_finish(tns_html *html, tns_error *err)
{
    tns_html_add(html, "</main>\n</body>\n</html>\n");
    if (!html->failed)
        return html->text;
    free(html->text);
    tns_error_set(err, TNS_ERROR_MEMORY, "report: out of memory");
    return NULL;
}

void tns_html_time(tns_html *html, const char *word, int64_t seconds)
{
    char time[32];
    if (seconds == 0)
        return;
    tns_text_time(seconds, time);
    tns_html_add(html, " &middot; %s%.10s, %.5s UTC", word, time, time + 11);
}

void tns_html_pair(tns_html *html, const char *name, const char *value)
{
    tns_html_add(html, "<div><dt>%s</dt>", name);
    tns_html_element(html, "dd", "", value);
    tns_html_add(html, "</div>\n");
}

static void add_doubts(tns_html *html, const tns_warnings *doubts)
{
    for (size_t i = 0; doubts && i < doubts->count; i++)
        tns_html_element(html, "li", "", doubts->text[i]);
}

void tns_html_doubt_list(tns_html *html, const char *heading, const tns_warnings *doubts,
                         const tns_warnings *more)
{
    if (doubts->count == 0 && (!more || more->count == 0))
        return;
    tns_html_add(html,
                 "<section aria-labelledby=\"doubts\"><h2 id=\"doubts\">%s</h2>\n<ul "
                 "class=\"doubts\">\n",
                 heading);
    add_doubts(html, doubts);
    add_doubts(html, more);
    tns_html_add(html, "</ul></section>\n");
}

static tns_css_color css_of(tns_xyz xyz, tns_xyz white)
{
    tns_css_color out;
    double rgb[3];
    tns_srgb_from_xyz(xyz, white, rgb);
    snprintf(out.text, sizeof out.text, "#%02x%02x%02x", (unsigned)(rgb[0] * 255 + 0.5),
             (unsigned)(rgb[1] * 255 + 0.5), (unsigned)(rgb[2] * 255 + 0.5));
    return out;
}

tns_css_color tns_css_of_color(const tns_color *color)
{
    tns_viewing viewing;
    if (!tns_color_viewing(color, &viewing, NULL))
        return (tns_css_color){"#000000"};
    return css_of(tns_xyz_from_lab(color->lab, viewing.white), viewing.white);
}

tns_css_color tns_css_of_lab(tns_lab lab)
{
    const tns_color color = {lab, "D50", TNS_OBSERVER_2};
    return tns_css_of_color(&color);
}

void tns_html_number(tns_html *html, double value, int decimals)
{
    if (!isfinite(value)) {
        tns_html_add(html, "&ndash;");
        return;
    }
    double rounded = tns_round_decimals(value, decimals);
    tns_html_add(html, "%s%.*f", rounded < 0 ? "&minus;" : "", decimals, fabs(rounded));
}

void tns_html_split_swatch(tns_html *html, tns_lab read, tns_lab reference)
{
    tns_html_add(html,
                 "<span class=\"swatch\" aria-hidden=\"true\"><i style=\"background:%s\"></i>",
                 tns_css_of_lab(read).text);
    tns_html_add(html, "<i style=\"background:%s\"></i></span>", tns_css_of_lab(reference).text);
}

const char *tns_what_words(tns_what what)
{
    static const char *const words[] = {"", "a dot", "an area", "skin", "a strand of hair", "ink"};
    return words[what];
}
