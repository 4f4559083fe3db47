/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what is asked for can be: before anything is looked for in the image. */
#include <string.h>

#include "base/text.h"
#include "photo/chart/corners.h"
#include "photo/read/shape.h"
#include "photo/reader.h"

bool tns_reader_wants_no_chart(const tns_photo_options *options)
{
    return !options->own && tns_text_same(options->chart, "none");
}

bool tns_reader_wants_any_chart(const tns_photo_options *options)
{
    return !options->own && (options->chart[0] == '\0' || tns_text_same(options->chart, "auto"));
}

bool tns_reader_is_of_holder(const tns_region *region)
{
    return region->shape == TNS_SHAPE_PLACE && strncmp(region->place, "holder:", 7) == 0;
}

bool tns_reader_check_region(const tns_reader *r, tns_region *region)
{
    if (tns_reader_is_of_holder(region) && strcmp(region->place, "holder:scalp") != 0)
        return tns_error_set(r->err, TNS_ERROR_USAGE, "region %s: expected holder:scalp, found %s",
                             region->name, region->place);
    if (region->shape == TNS_SHAPE_PLACE && !tns_reader_is_of_holder(region) &&
        tns_reader_wants_no_chart(r->options))
        return tns_error_set(r->err, TNS_ERROR_USAGE,
                             "region %s: %s is a place of the chart, but no chart is asked for",
                             region->name, region->place);
    return tns_region_check(&r->out->image, region, r->err);
}

static bool check_regions(const tns_reader *r)
{
    for (size_t i = 0; i < r->options->region_count; i++) {
        r->regions[i] = r->options->regions[i];
        if (!tns_reader_check_region(r, &r->regions[i]))
            return false;
    }
    return true;
}

bool tns_reader_check_request(const tns_reader *r)
{
    if (!(r->options->mm_per_px >= 0 && r->options->mm_per_px < 1e3))
        return tns_error_set(r->err, TNS_ERROR_USAGE,
                             "mm per pixel: expected 0 (unknown) or more, found %g",
                             r->options->mm_per_px);
    if (!check_regions(r))
        return false;
    if (!r->options->has_corners)
        return true;
    if (tns_reader_wants_no_chart(r->options))
        return tns_error_set(r->err, TNS_ERROR_USAGE,
                             "corners are given, but no chart is asked for");
    return tns_corners_check(r->image, r->options->corners, r->err);
}

bool tns_reader_wants_sheet(const tns_reader *r)
{
    bool wants = r->options->holder;
    for (size_t i = 0; i < r->options->region_count; i++)
        wants |= tns_reader_is_of_holder(&r->options->regions[i]);
    return wants;
}
