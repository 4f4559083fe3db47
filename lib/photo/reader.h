/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One photo being measured, and the parts of the work in their order: the request is looked at
 * (request.c), the chart placed (place.c), the correction made and proved (calibrate.c), regions
 * read (regions.c) and hairs counted (stubble.c). photo.c calls them.
 */
#ifndef PHOTO_READER_H
#define PHOTO_READER_H

#include <tonsure/photo.h>

#include "photo/correct/calibration.h"
#include "photo/correct/flat.h"
#include "photo/read/hull.h"
#include "photo/tags/window.h"

/* One call's state. */
typedef struct tns_reader {
    const tns_image *image;
    tns_flat *flat;
    tns_light light; /* of it, through the blank frame if there is one */
    const tns_photo_options *options;
    const tns_context *context;
    tns_photo *out;
    tns_chart chart;
    tns_placement placement;
    tns_sheet sheet; /* the printed holder */
    bool has_sheet, looked_for_sheet;
    tns_patch_sample samples[TNS_CHART_PATCHES_MAX];
    tns_calibration calibration;
    tns_warnings doubts; /* of the chart, which every region shares */
    tns_region *regions; /* as asked for, then as they lie */
    tns_error *err;
} tns_reader;

/* ---- The request ---- */

bool tns_reader_wants_no_chart(const tns_photo_options *options);
bool tns_reader_wants_any_chart(const tns_photo_options *options);
bool tns_reader_wants_sheet(const tns_reader *reader);
bool tns_reader_is_of_holder(const tns_region *region);

/* What contradicts itself or the image is an error of usage. Fills `regions`. */
bool tns_reader_check_request(const tns_reader *reader);
bool tns_reader_check_region(const tns_reader *reader, tns_region *region);

/* ---- The chart ---- */

/* Says why in the result and in the error; returns false. */
bool tns_reader_refuse(tns_reader *reader, const char *reason);

/* The holder's tags, once. `asked`: a build that knows no tags is an error. */
bool tns_reader_look_for_sheet(tns_reader *reader, bool asked);

/* Chooses the chart, places it where it was found or given, and samples its patches. */
bool tns_reader_place(tns_reader *reader);

/* The correction from the samples, with its gates. */
bool tns_reader_calibrate(tns_reader *reader);

/* What the patches used enclose. */
tns_hull tns_reader_hull(const tns_reader *reader);

/* ---- What is read ---- */

/* Millimetres to the pixel, of the holder or of the chart. */
void tns_reader_set_scale(tns_reader *reader, bool has_chart);

/* Regions named after the chart's or the holder's parts get the pixels these cover. */
bool tns_reader_place_regions(const tns_reader *reader);
bool tns_reader_read_regions(tns_reader *reader, const tns_calibration *calibration);
bool tns_reader_read_follicles(tns_reader *reader, bool has_chart);

/* Zeroed, to be freed; of none one. NULL without memory. */
void *tns_reader_allocate(size_t count, size_t size, tns_error *err);

#endif
