/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the light falls over the picture, as the chart tells it. */
#include <math.h>

#include "report/photo_page.h"

enum { ACROSS = 24 };

/* Chart widths: beyond, the slope is held; and so is the bend beyond the chart's edge. */
static const double REACH = 1.5, BEND_REACH = 0.55;
static const double FULL = 0.5; /* relative change that is drawn in full color */

typedef struct light_map {
    const tns_photo *photo;
    tns_chart_frame frame;
} light_map;

static double within(double value, double limit)
{
    return fmin(fmax(value, -limit), limit);
}

/* Light at a pixel over that in the chart's middle, as tns_photo_fit has it. */
static double light_at(const light_map *m, double x, double y)
{
    double u = (x - m->frame.middle.x) / m->frame.width_px;
    double v = (y - m->frame.middle.y) / m->frame.width_px;
    double far = hypot(u, v), held = far > REACH ? REACH / far : 1;
    double p = within(held * u, BEND_REACH), q = within(held * v, BEND_REACH);
    const tns_photo_fit *fit = &m->photo->fit;
    return exp(held * (fit->slope[0] * u + fit->slope[1] * v) + fit->bend[0] * p * p +
               fit->bend[1] * p * q + fit->bend[2] * q * q);
}

static void add_cells(tns_html *html, const light_map *m)
{
    int width = m->photo->image.width, height = m->photo->image.height;
    double side = width / (double)ACROSS;
    for (double y = 0; y < height; y += side)
        for (double x = 0; x < width; x += side) {
            double tall = fmin(side, height - y);
            double change = light_at(m, x + side / 2, y + tall / 2) - 1;
            tns_html_add(html,
                         "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                         "height=\"%.1f\" fill-opacity=\"%.2f\"/>",
                         change > 0 ? "more" : "less", x, y, side, tall,
                         fmin(fabs(change) / FULL, 1));
        }
    tns_html_add(html, "\n");
}

static void add_change(tns_html *html, const light_map *m, double x, double y, bool end)
{
    double unit = fmax(m->photo->image.width, m->photo->image.height) / 1000.0;
    double change = 100 * (light_at(m, x, y) - 1);
    tns_html_add(html, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s%.0f&#8239;%%</text>\n",
                 end ? "end" : "", x + (end ? -14 : 14) * unit,
                 y > 0 ? y - 16 * unit : y + 40 * unit, change < 0 ? "&minus;" : "+", fabs(change));
}

static void add_places(tns_html *html, const light_map *m)
{
    tns_point outline[4];
    tns_chart_outline(m->photo, outline);
    tns_html_add(html, "<polygon class=\"chart\" points=\"");
    tns_html_points(html, outline, 4);
    tns_html_add(html, "\"/><circle class=\"reach\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n",
                 m->frame.middle.x, m->frame.middle.y, REACH * m->frame.width_px);
    for (size_t i = 0; i < m->photo->region_count; i++) {
        const tns_box *box = &m->photo->regions[i].region.box;
        tns_html_add(html,
                     "<rect class=\"region\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
                     box->x, box->y, box->width, box->height);
    }
}

void tns_report_light(tns_html *html, const tns_photo *photo)
{
    if (!photo->has_fit || photo->chart.status == TNS_CHART_REFUSED || !photo->chart.has_corners)
        return;
    light_map m = {photo, tns_chart_frame_of(photo)};
    int width = photo->image.width, height = photo->image.height;
    if (!(m.frame.width_px > 0))
        return;
    tns_html_add(html,
                 "<figure><h3>The light over the picture</h3>\n"
                 "<svg class=\"light\" viewBox=\"0 0 %d %d\" role=\"img\" "
                 "style=\"--unit:%.3fpx;--shape:%.4f\">"
                 "<title>Map of the light</title><desc>Change of the light from the chart's "
                 "middle to the corners of the picture.</desc>\n",
                 width, height, fmax(width, height) / 1000.0, width / (double)height);
    add_cells(html, &m);
    add_places(html, &m);
    add_change(html, &m, 0, 0, false);
    add_change(html, &m, width, 0, true);
    add_change(html, &m, 0, height, false);
    add_change(html, &m, width, height, true);
    tns_html_add(
        html,
        "</svg>\n<figcaption>Against the chart&rsquo;s middle, as the chart&rsquo;s greys and "
        "colors tell it; taken out of the colors. Beyond the circle it is not known, and "
        "held.</figcaption></figure>\n");
}
