/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/version.h>

#include "base/text.h"
#include "report/photo_page.h"

enum { PICTURE_SIDE = 1600 }; /* pixels: enough to see a patch of 17, and half a megabyte */

static const char *last_of_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static void add_name(tns_html *html, const tns_photo_report *report)
{
    const tns_image_info *image = &report->photo->image;
    tns_html_add(html, "<header>\n<p class=\"over\">Photo report</p>\n");
    tns_html_element(html, "h1", "", last_of_path(report->name));
    tns_html_add(html, "<p class=\"under\">%d &times; %d pixels, ", image->width, image->height);
    tns_html_text(html, image->format);
    tns_html_add(html, ", ");
    tns_html_text(html, image->profile[0] ? image->profile : "no color profile");
    tns_html_time(html, "", report->seconds);
    tns_html_add(html, "</p>\n");
}

static size_t used_patches(const tns_photo *photo)
{
    size_t used = 0;
    for (size_t i = 0; i < photo->patch_count; i++)
        used += photo->patches[i].used;
    return used;
}

static void add_kind(tns_html *html, const tns_photo_chart *chart)
{
    tns_chart known;
    bool is_known = tns_chart_find(chart->kind, TNS_EDITION_AUTO, &known, NULL);
    tns_html_text(html, is_known ? known.title : chart->kind);
    if (chart->edition != TNS_EDITION_AUTO)
        tns_html_add(html, chart->edition == TNS_EDITION_AFTER_2014
                               ? ", made since November 2014"
                               : ", made before November 2014");
}

static void add_refusal(tns_html *html, const tns_photo_report *report)
{
    const tns_photo_chart *chart = &report->photo->chart;
    const char *reason = chart->reason[0]  ? chart->reason
                         : report->failure ? report->failure->text
                                           : "no chart that could be trusted was found";
    tns_html_add(
        html,
        "<div class=\"verdict refused\"><p class=\"word\">The chart was refused.</p><p>Why: ");
    tns_html_text(html, reason);
    tns_html_add(html,
                 ".</p>\n<p>No color was read: a color from a chart that is not certain would be "
                 "wrong without showing it.</p></div>\n");
}

static void add_no_chart(tns_html *html)
{
    tns_html_add(
        html, "<div class=\"verdict\"><p class=\"word\">No chart was asked for.</p><p>Without one "
              "the photo holds light, and no color that could be compared.</p></div>\n");
}

/* The word for a leave-one-out mean: 3 is what a phone in even light reaches, above 5 something is
   wrong (uneven or mixed light, glare, another edition). */
static const char *grade(double loo_mean)
{
    return loo_mean <= 3 ? "good" : loo_mean <= 5 ? "fair" : "doubtful";
}

static void add_found(tns_html *html, const tns_photo *photo)
{
    tns_html_add(html, "<div class=\"verdict\"><p class=\"word\">");
    add_kind(html, &photo->chart);
    tns_html_add(html, ".</p><p>%s%s</p></div>\n",
                 photo->chart.status == TNS_CHART_GIVEN ? "At the corners given. "
                                                        : "Found in the photo. ",
                 photo->has_fit ? "" : "No correction came about.");
}

static void add_figure(tns_html *html, const char *name, double value, const char *meaning)
{
    tns_html_add(html, "<div><dt>%s</dt><dd><b>", name);
    tns_html_number(html, value, 1);
    tns_html_add(html, "</b> %s</dd></div>\n", meaning);
}

static void add_figures(tns_html *html, const tns_photo *photo)
{
    const tns_photo_fit *fit = &photo->fit;
    tns_html_add(html, "<dl class=\"figures\">\n");
    tns_html_add(html, "<div><dt>Accuracy</dt><dd><b>%.1f</b> dE00 in the mean: %s</dd></div>\n",
                 fit->loo_mean, grade(fit->loo_mean));
    add_figure(html, "Skin", fit->skin_de00, "on the chart&rsquo;s skin patches");
    add_figure(html, "95&thinsp;%", fit->loo_p95, "or less for 19 patches in 20");
    tns_html_add(html, "<div><dt>Patches</dt><dd><b>%zu</b> of %zu used</dd></div>\n</dl>\n",
                 used_patches(photo), photo->patch_count);
    tns_html_add(html,
                 "<p class=\"how\">Each patch is predicted by a correction made without it, so "
                 "these are errors of colors the correction has not seen.</p>\n");
}

static void add_verdict(tns_html *html, const tns_photo_report *report)
{
    const tns_photo *photo = report->photo;
    if (photo->chart.status == TNS_CHART_REFUSED) {
        add_refusal(html, report);
    } else if (photo->chart.status == TNS_CHART_NONE) {
        add_no_chart(html);
    } else {
        add_found(html, photo);
        if (photo->has_fit)
            add_figures(html, photo);
    }
    tns_html_add(html, "</header>\n");
}

static void add_making(tns_html *html, const tns_photo *photo)
{
    char libraries[200], score[32];
    tns_version_libraries(libraries, sizeof libraries);
    tns_text_format(score, sizeof score, "%.2f of 1", photo->chart.order_score);
    tns_html_add(html,
                 "<section aria-labelledby=\"making\"><h2 id=\"making\">How it was made</h2>\n<dl "
                 "class=\"making\">\n");
    if (photo->chart.kind[0])
        tns_html_pair(html, "Chart", photo->chart.kind);
    if (photo->chart.kind[0])
        tns_html_pair(html, "Edition", tns_edition_name(photo->chart.edition));
    if (photo->chart.has_order_score)
        tns_html_pair(html, "Order of colors", score);
    if (photo->has_fit)
        tns_html_pair(html, "Model", photo->fit.model);
    tns_html_pair(html, "Tonsure", tns_version());
    tns_html_pair(html, "Libraries", libraries);
    tns_html_add(html, "</dl></section>\n");
}

static void add_plots(tns_html *html, const tns_photo *photo)
{
    if (!photo->has_fit || photo->chart.status == TNS_CHART_REFUSED)
        return;
    tns_html_add(html, "<section class=\"plots\" aria-label=\"Errors and light\">\n");
    tns_report_errors(html, photo);
    tns_report_light(html, photo);
    tns_html_add(html, "</section>\n");
}

static bool add_picture(tns_html *html, const tns_photo_report *report, tns_error *err)
{
    tns_preview preview;
    if (!report->image)
        return true;
    if (!tns_image_preview(report->image, PICTURE_SIDE, &preview, err))
        return false;
    tns_report_picture(html, report, &preview);
    tns_preview_finish(&preview);
    return true;
}

char *tns_photo_report_write(const tns_photo_report *report, tns_error *err)
{
    tns_html html = {0};
    tns_html_page_begin(&html, last_of_path(report->name), "photo report");
    add_name(&html, report);
    add_verdict(&html, report);
    if (!add_picture(&html, report, err)) {
        free(html.text);
        return NULL;
    }
    tns_report_regions(&html, report->photo);
    tns_report_follicles(&html, report);
    tns_html_doubt_list(&html, "What is doubtful, and what was left out", &report->photo->warnings,
                        NULL);
    add_plots(&html, report->photo);
    tns_report_patches(&html, report->photo);
    add_making(&html, report->photo);
    return tns_html_page_finish(&html, err);
}
