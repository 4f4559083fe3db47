/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/tags/ruler.h"

/*
 * One standard deviation, of the scale. A sheet that passed the check of its 100 mm line is right
 * to half a per cent; skin that lies 5 mm behind it at 40 cm looks 1.2 per cent smaller. A chart
 * lies beside the place, by twice that.
 */
static const double PRINT = 0.005, SHEET_HEIGHT = 0.0125, CHART_HEIGHT = 0.025;

/* Over about so many mm the tags' places tell the scale. */
static const double SHEET_SPAN_MM = 100;

tns_photo_scale tns_ruler_of_sheet(const tns_sheet *sheet)
{
    tns_point corner[4], middle = {0, 0};
    tns_photo_scale out = {.source = TNS_SCALE_HOLDER, .tilt = tns_sheet_tilt(sheet)};
    tns_sheet_window(sheet, &sheet->holder.scalp, corner);
    for (int i = 0; i < 4; i++) {
        middle.x += corner[i].x / 4;
        middle.y += corner[i].y / 4;
    }
    out.at = middle;
    out.mm_per_px = tns_sheet_mm_per_px(sheet, middle);
    double seen = sheet->residual_mm / SHEET_SPAN_MM;
    out.uncertainty =
        2 * out.mm_per_px * sqrt(PRINT * PRINT + SHEET_HEIGHT * SHEET_HEIGHT + seen * seen);
    return out;
}

tns_photo_scale tns_ruler_of_chart(const tns_chart *chart, const tns_placement *placement)
{
    const tns_chart_patch *last = &chart->patch[chart->count - 1];
    tns_point middle = {last->x / 2, last->y / 2};
    double relative = sqrt(PRINT * PRINT + CHART_HEIGHT * CHART_HEIGHT);
    tns_photo_scale out = {.source = TNS_SCALE_CHART, .tilt = NAN};
    out.at = tns_placement_apply(placement, middle);
    out.mm_per_px = chart->pitch_mm / tns_placement_pitch(placement, middle);
    out.uncertainty = 2 * out.mm_per_px * relative;
    return out;
}
