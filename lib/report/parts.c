/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a chart lies in its photo. */
#include <math.h>
#include <string.h>

#include "report/photo_page.h"

void tns_html_points(tns_html *html, const tns_point *points, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tns_html_add(html, "%s%.1f,%.1f", i ? " " : "", points[i].x, points[i].y);
}

static tns_point center_of(const tns_photo_patch *patch)
{
    const tns_point *k = patch->outline;
    return (tns_point){(k[0].x + k[1].x + k[2].x + k[3].x) / 4,
                       (k[0].y + k[1].y + k[2].y + k[3].y) / 4};
}

/* A row ends where the next patch is no neighbor of the last; a gap in the middle is half a pitch.
 */
size_t tns_chart_columns(const tns_photo *photo)
{
    double pitch = 0;
    size_t n = 1;
    for (; n < photo->patch_count; n++) {
        tns_point last = center_of(&photo->patches[n - 1]), next = center_of(&photo->patches[n]);
        double step = hypot(next.x - last.x, next.y - last.y);
        pitch = n == 1 ? step : pitch;
        if (step > 2.2 * pitch)
            break;
    }
    return n < photo->patch_count ? n : photo->patch_count;
}

/* Half a pitch and a little beyond the centers of the corner patches, along both sides. */
void tns_chart_outline(const tns_photo *photo, tns_point outline[4])
{
    const double beyond = 0.55;
    const tns_point *k = photo->chart.corners;
    size_t columns = tns_chart_columns(photo);
    memcpy(outline, k, 4 * sizeof *outline);
    if (columns < 2 || photo->patch_count / columns < 2)
        return;
    double row = beyond / (double)(columns - 1);
    double column = beyond / (double)(photo->patch_count / columns - 1);
    for (int i = 0; i < 4; i++) {
        tns_point along = k[i ^ 1], down = k[3 - i]; /* the other ends of its row and its column */
        outline[i].x += row * (k[i].x - along.x) + column * (k[i].x - down.x);
        outline[i].y += row * (k[i].y - along.y) + column * (k[i].y - down.y);
    }
}

/* As the correction takes positions: from the mean of the corners, in widths of the whole chart. */
tns_chart_frame tns_chart_frame_of(const tns_photo *photo)
{
    const tns_point *k = photo->chart.corners;
    double columns = (double)tns_chart_columns(photo);
    double top = hypot(k[1].x - k[0].x, k[1].y - k[0].y);
    double bottom = hypot(k[2].x - k[3].x, k[2].y - k[3].y);
    tns_chart_frame out = {.width_px = (top + bottom) / 2};
    if (columns > 1)
        out.width_px *= columns / (columns - 1);
    for (int i = 0; i < 4; i++) {
        out.middle.x += k[i].x / 4;
        out.middle.y += k[i].y / 4;
    }
    return out;
}
