/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions find their pixels, and become readings. */
#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "photo/read/name.h"
#include "photo/read/region.h"
#include "photo/read/shape.h"
#include "photo/reader.h"
#include "photo/tags/ruler.h"

tns_hull tns_reader_hull(const tns_reader *r)
{
    tns_point points[TNS_CHART_PATCHES_MAX];
    size_t n = 0;
    for (int i = 0; i < r->chart.count; i++)
        if (r->calibration.is_used[i])
            points[n++] = tns_log_chromaticity(r->samples[i].rgb);
    return tns_hull_make(points, n);
}

/* The scalp's window, a little drawn in: its edge is paper. */
static bool place_scalp(const tns_reader *r, tns_region *region)
{
    const tns_holder_window *w = &r->sheet.holder.scalp;
    const double inset = 0.05 * fmin(w->width, w->height);
    const tns_holder_window inner = {w->x + inset, w->y + inset, w->width - 2 * inset,
                                     w->height - 2 * inset};
    if (!r->has_sheet)
        return tns_error_set(r->err, TNS_ERROR_USAGE,
                             "region %s: no printed holder is seen in the photo", region->name);
    region->shape = TNS_SHAPE_POLYGON;
    region->point_count = 4;
    tns_sheet_window(&r->sheet, &inner, region->points);
    return true;
}

bool tns_reader_place_regions(const tns_reader *r)
{
    for (size_t i = 0; i < r->options->region_count; i++) {
        tns_region *region = &r->regions[i];
        if (region->shape != TNS_SHAPE_PLACE)
            continue;
        bool placed = tns_reader_is_of_holder(region)
                          ? place_scalp(r, region)
                          : tns_region_place(region, &r->chart, &r->placement, r->err);
        if (!placed || !tns_reader_check_region(r, region))
            return false;
    }
    return true;
}

/* A holder tells millimetres better than a chart beside it. */
void tns_reader_set_scale(tns_reader *r, bool has_chart)
{
    if (r->has_sheet)
        r->out->scale = tns_ruler_of_sheet(&r->sheet);
    else if (has_chart && r->chart.pitch_mm > 0)
        r->out->scale = tns_ruler_of_chart(&r->chart, &r->placement);
    if (r->options->holder && !r->has_sheet)
        tns_warn(&r->out->warnings, "no printed holder: two of its tags at least must be seen "
                                    "whole and sharp");
}

bool tns_reader_read_regions(tns_reader *r, const tns_calibration *calibration)
{
    tns_photo *out = r->out;
    size_t n = r->options->region_count;
    tns_hull hull = {.count = 0};
    if (calibration)
        hull = tns_reader_hull(r);
    tns_region_reader with = {.light = &r->light,
                              .calibration = calibration,
                              .hull = &hull,
                              .has_kind = r->options->has_kind,
                              .kind = r->options->kind};
    out->regions = tns_reader_allocate(n, sizeof *out->regions, r->err);
    if (!out->regions)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (tns_context_cancelled(r->context))
            return tns_error_set(r->err, TNS_ERROR_CANCELLED, "photo: cancelled");
        uint64_t seed = (r->context ? r->context->seed : 0) + i;
        if (!tns_region_read(&with, &r->regions[i], seed, &out->regions[i], r->err))
            return false;
        tns_reading *reading = &out->regions[i].reading;
        snprintf(reading->id, sizeof reading->id, "%s", r->regions[i].name);
        tns_text_time(tns_context_now(r->context), reading->time);
        tns_warn_all(&reading->warnings, &r->doubts);
        out->region_count++;
        tns_context_progress(r->context, 0.9 + 0.1 * (double)(i + 1) / (double)n, "regions");
    }
    return true;
}
