/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the patches left out came from what they should be: a histogram. */
#include <math.h>

#include "report/photo_page.h"

enum { BINS_MAX = 12, WIDTH = 480, HEIGHT = 220, LEFT = 30, BOTTOM = 190, TOP = 22 };

typedef struct histogram {
    int bins, count[BINS_MAX], most;
    double step; /* dE00 a bin */
} histogram;

static bool counts(const tns_photo_patch *patch)
{
    return patch->used && patch->has_lab;
}

/* Bins of a half, one, two .. dE00, so that all errors fit. */
static histogram histogram_of(const tns_photo *photo)
{
    static const double steps[] = {0.5, 1, 2, 5, 10, 20, 50};
    histogram h = {.bins = BINS_MAX, .step = steps[0]};
    double largest = 0;
    for (size_t i = 0; i < photo->patch_count; i++)
        largest = fmax(largest, counts(&photo->patches[i]) ? photo->patches[i].de00 : 0);
    for (size_t i = 1; i < sizeof steps / sizeof *steps && largest >= h.step * BINS_MAX; i++)
        h.step = steps[i];
    for (size_t i = 0; i < photo->patch_count; i++) {
        if (!counts(&photo->patches[i]))
            continue;
        int bin = (int)fmin(photo->patches[i].de00 / h.step, BINS_MAX - 1);
        h.most = ++h.count[bin] > h.most ? h.count[bin] : h.most;
    }
    while (h.bins > 4 && h.count[h.bins - 1] == 0)
        h.bins--;
    return h;
}

static double x_of(const histogram *h, double de00)
{
    return LEFT + fmin(de00 / (h->step * h->bins), 1) * (WIDTH - LEFT - 10);
}

static void add_bar(tns_html *html, const histogram *h, int bin)
{
    double x = x_of(h, bin * h->step), width = x_of(h, (bin + 1) * h->step) - x - 3;
    double height = (BOTTOM - TOP - 14) * h->count[bin] / (double)h->most;
    if (h->count[bin] == 0)
        return;
    tns_html_add(html,
                 "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>"
                 "<text class=\"count\" x=\"%.1f\" y=\"%.1f\">%d</text>\n",
                 x + 1.5, BOTTOM - height, width, height, x + 1.5 + width / 2, BOTTOM - height - 5,
                 h->count[bin]);
}

static void add_axis(tns_html *html, const histogram *h)
{
    tns_html_add(html, "<path class=\"axis\" d=\"M%d %dH%d\"/>\n", LEFT, BOTTOM, WIDTH - 10);
    for (int i = 0; i <= h->bins; i += h->bins > 8 ? 2 : 1)
        tns_html_add(html, "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%g</text>\n",
                     x_of(h, i * h->step), BOTTOM + 17, i * h->step);
}

static void add_mark(tns_html *html, const histogram *h, double de00, const char *name, int y)
{
    double x = x_of(h, de00);
    bool right = x > WIDTH * 0.75;
    tns_html_add(html,
                 "<path class=\"mark\" d=\"M%.1f %dV%d\"/><text class=\"%s\" x=\"%.1f\" "
                 "y=\"%d\">%s %.1f</text>\n",
                 x, y - 8, BOTTOM, right ? "mark end" : "mark", x + (right ? -5 : 5), y, name,
                 de00);
}

void tns_report_errors(tns_html *html, const tns_photo *photo)
{
    histogram h = histogram_of(photo);
    if (!photo->has_fit || photo->chart.status == TNS_CHART_REFUSED || h.most == 0)
        return;
    tns_html_add(html,
                 "<figure><h3>Errors of the patches, each left out in turn</h3>\n"
                 "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>Histogram of errors</title>"
                 "<desc>Mean %.1f, 95 %% of them under %.1f, the largest %.1f dE00.</desc>\n",
                 WIDTH, HEIGHT, photo->fit.loo_mean, photo->fit.loo_p95, photo->fit.loo_max);
    for (int i = 0; i < h.bins; i++)
        add_bar(html, &h, i);
    add_axis(html, &h);
    add_mark(html, &h, photo->fit.loo_mean, "mean", 12);
    add_mark(html, &h, photo->fit.loo_p95, "95 %", 28);
    tns_html_add(
        html, "</svg>\n<figcaption>dE00 along, number of patches up. An error of about 1 is just "
              "seen side by side.</figcaption></figure>\n");
}
