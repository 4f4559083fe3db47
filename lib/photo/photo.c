/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo from its file or its pixels to the record: the order of the work, and who frees what. */
#include <stdlib.h>
#include <string.h>

#include "photo/reader.h"

static bool measure(tns_reader *r)
{
    if (!tns_reader_check_request(r))
        return false;
    if (tns_reader_wants_sheet(r) && !tns_reader_look_for_sheet(r, true))
        return false;
    if (tns_reader_wants_no_chart(r->options)) {
        tns_reader_set_scale(r, false);
        return tns_reader_place_regions(r) && tns_reader_read_regions(r, NULL) &&
               tns_reader_read_follicles(r, false);
    }
    if (!tns_reader_place(r))
        return false;
    tns_reader_set_scale(r, true);
    if (!tns_reader_place_regions(r) || !tns_reader_calibrate(r))
        return false;
    tns_warn_all(&r->out->warnings, &r->doubts);
    return tns_reader_read_regions(r, &r->calibration) && tns_reader_read_follicles(r, true);
}

/* The frame's pixels are needed no longer than their smooth course. */
static bool open_flat(tns_reader *r)
{
    if (!r->options->flat)
        return true;
    tns_image *blank = tns_image_load(r->options->flat, r->err);
    r->flat = blank ? tns_flat_make(blank, r->image, r->err) : NULL;
    r->light.flat = r->flat;
    tns_image_destroy(blank);
    return r->flat != NULL;
}

bool tns_photo_measure(const tns_image *image, const tns_photo_options *options,
                       const tns_context *context, tns_photo *out, tns_error *err)
{
    static const tns_photo_options usual;
    tns_error unseen = {TNS_OK, ""};
    tns_reader *r = calloc(1, sizeof *r);
    memset(out, 0, sizeof *out);
    if (!r)
        return tns_error_set(err, TNS_ERROR_MEMORY, "photo: out of memory");
    r->image = image;
    r->light = (tns_light){.image = image};
    r->options = options ? options : &usual;
    r->context = context;
    r->out = out;
    r->err = err ? err : &unseen;
    out->image = *tns_image_describe(image);
    tns_warn_all(&out->warnings, &out->image.warnings);
    r->regions = tns_reader_allocate(r->options->region_count, sizeof *r->regions, r->err);
    bool done = r->regions && open_flat(r) && measure(r);
    if (!done && r->err->code != TNS_ERROR_CHART_REFUSED)
        tns_photo_finish(out);
    tns_flat_destroy(r->flat);
    free(r->regions);
    free(r);
    return done;
}

bool tns_photo_read(const char *path, const tns_photo_options *options, const tns_context *context,
                    tns_photo *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    tns_context_progress(context, 0, "decoding");
    tns_image *image = tns_image_load(path, err);
    if (!image)
        return false;
    tns_context_progress(context, 0.3, "chart");
    bool done = tns_photo_measure(image, options, context, out, err);
    tns_image_destroy(image);
    return done || tns_error_prefix(err, "%s", path);
}

void tns_photo_finish(tns_photo *photo)
{
    free(photo->patches);
    free(photo->regions);
    tns_follicles_finish(&photo->follicles);
    memset(photo, 0, sizeof *photo);
}
