/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photo, and drawn on it what was found and read. */
#include <math.h>

#include "report/photo_page.h"

/* Letters and strokes are sized by the picture, which may be shown at any width. */
static double unit_of(const tns_image_info *image)
{
    return fmax(image->width, image->height) / 1000.0;
}

static tns_point middle_of(tns_point a, tns_point b)
{
    return (tns_point){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

/* The square that was sampled: left as read, right as it should be. */
static void add_halves(tns_html *html, const tns_photo_patch *patch)
{
    const tns_point *k = patch->outline;
    tns_point top = middle_of(k[0], k[1]), bottom = middle_of(k[3], k[2]);
    const tns_point left[4] = {k[0], top, bottom, k[3]}, right[4] = {top, k[1], k[2], bottom};
    tns_html_add(html, "<polygon fill=\"%s\" points=\"", tns_css_of_lab(patch->lab).text);
    tns_html_points(html, left, 4);
    tns_html_add(html, "\"/><polygon fill=\"%s\" points=\"", tns_css_of_lab(patch->reference).text);
    tns_html_points(html, right, 4);
    tns_html_add(html, "\"/>");
}

static void add_patch(tns_html *html, const tns_photo_patch *patch, bool trusted)
{
    tns_html_add(html, "<g><title>");
    tns_html_text(html, patch->name);
    tns_html_add(html, "</title>");
    if (trusted && patch->has_lab)
        add_halves(html, patch);
    tns_html_add(html, "<polygon class=\"%s\" points=\"", patch->used ? "patch" : "patch dropped");
    tns_html_points(html, patch->outline, 4);
    tns_html_add(html, "\"/>");
    if (!patch->used)
        tns_html_add(
            html, "<path class=\"patch dropped\" d=\"M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f\"/>",
            patch->outline[0].x, patch->outline[0].y, patch->outline[2].x, patch->outline[2].y,
            patch->outline[1].x, patch->outline[1].y, patch->outline[3].x, patch->outline[3].y);
    tns_html_add(html, "</g>\n");
}

static void add_chart(tns_html *html, const tns_photo *photo)
{
    bool refused = photo->chart.status == TNS_CHART_REFUSED;
    tns_point outline[4];
    if (!photo->chart.has_corners)
        return;
    tns_chart_outline(photo, outline);
    tns_html_add(html, "<polygon class=\"%s\" points=\"", refused ? "chart refused" : "chart");
    tns_html_points(html, outline, 4);
    tns_html_add(html, "\"/>\n");
    for (size_t i = 0; i < photo->patch_count; i++)
        add_patch(html, &photo->patches[i], !refused);
}

static void add_region(tns_html *html, const tns_photo_region *region, double unit)
{
    const tns_box *box = &region->region.box;
    if (region->region.shape == TNS_SHAPE_POLYGON) {
        tns_html_add(html, "<polygon class=\"region\" points=\"");
        tns_html_points(html, region->region.points, region->region.point_count);
        tns_html_add(html, "\"/>");
    } else {
        tns_html_add(html, "<rect class=\"region\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                     box->x, box->y, box->width, box->height);
    }
    bool above = box->y > 26 * unit; /* else the name stands inside */
    tns_html_add(html, "<text x=\"%.1f\" y=\"%.1f\">", box->x + (above ? 0 : 6 * unit),
                 above ? box->y - 7 * unit : box->y + 24 * unit);
    tns_html_text(html, region->region.name);
    tns_html_add(html, "</text>\n");
}

static void add_image(tns_html *html, const tns_image_info *info, const tns_preview *preview)
{
    tns_html_add(html,
                 "<image width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\" "
                 "href=\"data:image/jpeg;base64,",
                 info->width, info->height);
    tns_html_base64(html, preview->bytes, preview->length);
    tns_html_add(html, "\"/>\n");
}

static void add_description(tns_html *html, const tns_photo *photo)
{
    bool refused = photo->chart.status == TNS_CHART_REFUSED;
    tns_html_add(html, "<title>The photo</title><desc>%s, %zu region%s outlined.</desc>\n",
                 !photo->chart.has_corners ? "No chart is marked"
                 : refused                 ? "Where a chart was looked for is outlined"
                                           : "The chart and its patches are outlined",
                 photo->region_count, photo->region_count == 1 ? "" : "s");
}

static void add_legend(tns_html *html, const tns_photo *photo)
{
    bool refused = photo->chart.status == TNS_CHART_REFUSED;
    tns_html_add(html, "<figcaption>");
    if (photo->chart.has_corners && refused)
        tns_html_add(html, "Dashed: where a chart was looked for. ");
    else if (photo->chart.has_corners)
        tns_html_add(html,
                     "Each patch of the chart: around, as the camera has it; inside on the left as "
                     "corrected, on the right as it should be; crossed out, not used. ");
    if (photo->region_count > 0)
        tns_html_add(html, "Outlined with a name: the regions read. ");
    tns_html_add(
        html, "The picture is reduced and holds none of the photo&rsquo;s metadata.</figcaption>");
}

/* The box around the chart and as much again as half a patch. */
static void chart_box(const tns_photo *photo, tns_point *low, tns_point *high)
{
    tns_point outline[4];
    tns_chart_outline(photo, outline);
    *low = *high = outline[0];
    for (int i = 1; i < 4; i++) {
        low->x = fmin(low->x, outline[i].x);
        low->y = fmin(low->y, outline[i].y);
        high->x = fmax(high->x, outline[i].x);
        high->y = fmax(high->y, outline[i].y);
    }
    double margin = 0.06 * fmax(high->x - low->x, high->y - low->y);
    *low = (tns_point){low->x - margin, low->y - margin};
    *high = (tns_point){high->x + margin, high->y + margin};
}

/* A small chart once more, so that one sees whether it was placed well. */
static void add_enlarged(tns_html *html, const tns_photo *photo)
{
    const double small = 0.3;
    tns_point low, high;
    if (!photo->chart.has_corners)
        return;
    chart_box(photo, &low, &high);
    double width = high.x - low.x, height = high.y - low.y;
    if (width > small * photo->image.width || height > small * photo->image.height || !(height > 0))
        return;
    tns_html_add(
        html,
        "<figure class=\"picture enlarged\">\n<svg viewBox=\"%.1f %.1f %.1f %.1f\" "
        "role=\"img\" style=\"--shape:%.4f\"><title>The chart, enlarged</title>"
        "<use href=\"#scene\"/></svg>\n<figcaption>The chart, enlarged.</figcaption></figure>\n",
        low.x, low.y, width, height, width / height);
}

void tns_report_picture(tns_html *html, const tns_photo_report *report, const tns_preview *preview)
{
    const tns_photo *photo = report->photo;
    const tns_image_info *info = &photo->image;
    double unit = unit_of(info);
    tns_html_add(html,
                 "<figure class=\"picture\">\n<svg viewBox=\"0 0 %d %d\" role=\"img\" "
                 "style=\"--unit:%.3fpx;--shape:%.4f\">",
                 info->width, info->height, unit, info->width / (double)info->height);
    add_description(html, photo);
    tns_html_add(html, "<g id=\"scene\">\n");
    add_image(html, info, preview);
    add_chart(html, photo);
    tns_html_add(html, "</g>\n");
    for (size_t i = 0; i < photo->region_count; i++)
        add_region(html, &photo->regions[i], unit);
    tns_html_add(html, "</svg>\n");
    add_legend(html, photo);
    tns_html_add(html, "</figure>\n");
    add_enlarged(html, photo);
}
