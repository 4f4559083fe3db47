/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hairs and follicular units, counted and drawn. */
#include <math.h>

#include "report/photo_page.h"

static void add_figure(tns_html *html, const char *name, double value, int decimals,
                       const char *meaning)
{
    tns_html_add(html, "<div><dt>%s</dt><dd><b>", name);
    tns_html_number(html, value, decimals);
    tns_html_add(html, "</b> %s</dd></div>\n", meaning);
}

static void add_density(tns_html *html, const tns_follicles *f)
{
    if (!(f->mm_per_px > 0)) {
        add_figure(html, "Density", NAN, 0, "not known without a scale");
        return;
    }
    tns_html_add(html,
                 "<div><dt>Density</dt><dd><b>%.0f</b> units a cm&sup2;; 95&thinsp;%%: %.0f to "
                 "%.0f</dd></div>\n",
                 f->density_per_cm2, f->density_ci95[0], f->density_ci95[1]);
}

static void add_thickness(tns_html *html, const tns_follicles *f)
{
    if (f->count == 0)
        return;
    if (f->mm_per_px > 0)
        add_figure(html, "Thickness", f->diameter_px * f->mm_per_px, 2,
                   "mm across, the middle one");
    else
        add_figure(html, "Thickness", f->diameter_px, 1, "pixels across, the middle one");
}

static void add_figures(tns_html *html, const tns_follicles *f)
{
    tns_html_add(html, "<dl class=\"figures\">\n");
    add_figure(html, "Hairs", (double)f->count, 0, "hairs and dots seen");
    add_figure(html, "Units", (double)f->units, 0, "follicular units");
    add_density(html, f);
    add_thickness(html, f);
    tns_html_add(html, "</dl>\n<p class=\"how\">%.1f&thinsp;%% of the skin is covered.",
                 100 * f->coverage);
    if (f->through > 0)
        tns_html_add(html, " %zu of the hairs are roots seen through the skin.", f->through);
    tns_html_add(html, "</p>\n");
}

/* One path each, for there may be thousands. */
static void add_marks(tns_html *html, const tns_follicles *f)
{
    tns_html_add(html, "<path class=\"units\" d=\"");
    for (size_t i = 0; i < f->units; i++)
        tns_html_add(html, "M%.1f %.1fh%.1fv%.1fh%.1fz", f->unit[i].x, f->unit[i].y,
                     f->unit[i].width, f->unit[i].height, -f->unit[i].width);
    tns_html_add(html, "\"/>\n<path class=\"hairs\" d=\"");
    for (size_t i = 0; i < f->count; i++)
        tns_html_add(html, "M%.1f %.1fL%.1f %.1f", f->hair[i].end[0][0], f->hair[i].end[0][1],
                     f->hair[i].end[1][0], f->hair[i].end[1][1]);
    tns_html_add(html, "\"/>\n");
}

static void add_drawing(tns_html *html, const tns_follicles *f)
{
    tns_html_add(html,
                 "<figure class=\"picture\">\n<svg viewBox=\"%d %d %d %d\" role=\"img\" "
                 "style=\"--shape:%.4f\"><title>Hairs as counted</title><desc>%zu hairs in %zu "
                 "units are marked.</desc><use href=\"#scene\"/>\n",
                 f->x, f->y, f->width, f->height, f->width / (double)f->height, f->count, f->units);
    add_marks(html, f);
    tns_html_add(html,
                 "</svg>\n<figcaption>Each line is a hair that was counted, each box a follicular "
                 "unit.</figcaption></figure>\n");
}

static void add_colors(tns_html *html, const tns_follicles *f)
{
    if (!f->has_colors)
        return;
    tns_html_readings_begin(html);
    tns_html_reading(html, "hair", &f->dot);
    tns_html_reading(html, "skin", &f->skin);
    tns_html_add(html,
                 "</tbody></table>\n<p class=\"how\">Hair and skin by themselves: the blur that "
                 "mixes them is taken out.</p>\n");
}

void tns_report_follicles(tns_html *html, const tns_photo_report *report)
{
    const tns_follicles *f = &report->photo->follicles;
    if (!report->photo->has_follicles)
        return;
    tns_html_add(html, "<section aria-labelledby=\"hairs\"><h2 id=\"hairs\">Hairs and follicular "
                       "units</h2>\n");
    add_figures(html, f);
    if (report->image && f->count > 0 && f->width > 0 && f->height > 0)
        add_drawing(html, f);
    add_colors(html, f);
    tns_html_doubts(html, &f->warnings);
    tns_html_add(html, "</section>\n");
}
