/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart's patches, as read and as they should be. */
#include <math.h>

#include "report/photo_page.h"

static bool is_trusted(const tns_photo *photo)
{
    return photo->chart.status != TNS_CHART_REFUSED;
}

static void add_card(tns_html *html, const tns_photo *photo)
{
    tns_html_add(html, "<ol class=\"card\" style=\"--columns:%zu\" aria-hidden=\"true\">\n",
                 tns_chart_columns(photo));
    for (size_t i = 0; i < photo->patch_count; i++) {
        const tns_photo_patch *p = &photo->patches[i];
        tns_html_add(html, "<li%s>", p->used ? "" : " class=\"dropped\"");
        tns_html_split_swatch(html, p->has_lab ? p->lab : p->reference, p->reference);
        tns_html_add(html, "<b>");
        tns_html_number(html, p->has_lab ? p->de00 : NAN, 1);
        tns_html_add(html, "</b></li>\n");
    }
    tns_html_add(html, "</ol>\n");
}

static void add_lab(tns_html *html, tns_lab lab, bool known)
{
    const double value[3] = {lab.L, lab.a, lab.b};
    for (int i = 0; i < 3; i++) {
        tns_html_add(html, "<td class=\"n\">");
        tns_html_number(html, known ? value[i] : NAN, 1);
        tns_html_add(html, "</td>");
    }
}

static void add_row(tns_html *html, const tns_photo_patch *p, bool trusted)
{
    bool known = trusted && p->has_lab;
    tns_html_add(html, "<tr%s><th scope=\"row\">", p->used ? "" : " class=\"dropped\"");
    tns_html_split_swatch(html, known ? p->lab : p->reference, p->reference);
    tns_html_text(html, p->name);
    tns_html_add(html, "</th>");
    add_lab(html, p->lab, known);
    add_lab(html, p->reference, true);
    tns_html_add(html, "<td class=\"n\">");
    tns_html_number(html, known ? p->de00 : NAN, 1);
    tns_html_add(html, "</td>");
    tns_html_element(html, "td", "", p->used ? "used" : p->reason[0] ? p->reason : "not used");
    tns_html_add(html, "</tr>\n");
}

static void add_table(tns_html *html, const tns_photo *photo)
{
    tns_html_add(
        html, "<table class=\"patches\"><caption>Each patch as read by a correction made without "
              "it, and as it should be: CIE L*a*b* under D50, 2&deg;.</caption>\n"
              "<thead><tr><th scope=\"col\" rowspan=\"2\">Patch</th>"
              "<th scope=\"colgroup\" colspan=\"3\" class=\"g\">As read</th>"
              "<th scope=\"colgroup\" colspan=\"3\" class=\"g\">As it should be</th>"
              "<th scope=\"col\" rowspan=\"2\" class=\"n\">dE00</th>"
              "<th scope=\"col\" rowspan=\"2\">In the fit</th></tr>\n<tr>");
    for (int i = 0; i < 6; i++)
        tns_html_add(html, "<th scope=\"col\" class=\"n\">%c*</th>", "Lab"[i % 3]);
    tns_html_add(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < photo->patch_count; i++)
        add_row(html, &photo->patches[i], is_trusted(photo));
    tns_html_add(html, "</tbody></table>\n");
}

void tns_report_patches(tns_html *html, const tns_photo *photo)
{
    if (photo->patch_count == 0)
        return;
    tns_html_add(html,
                 "<section aria-labelledby=\"patches\"><h2 id=\"patches\">The chart, patch by "
                 "patch</h2>\n");
    if (is_trusted(photo) && photo->has_fit)
        add_card(html, photo);
    add_table(html, photo);
    tns_html_add(html, "</section>\n");
}
