/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads tonsure/photo/1. The limits are beyond what any photo gives, so that they catch slips. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/photo_records.h>

#include "records/follicles.h"
#include "records/parts.h"
#include "records/photo_parts.h"

enum { SIDE_MAX = 200000000, REGIONS_MAX = 10000 }; /* pixels: an image has 200 million at most */

enum { ROOTS = 10 }; /* beyond the matrix, of degree 3 */

static const double RGB_MAX = 1000, DE_MAX = 1000, FIT_MAX = 1e6, FAR_PX = 1e9, SCALE_MAX = 1e3;

static bool get_image(const tns_json_at *photo, tns_image_info *out, tns_error *err)
{
    static const char *const formats[] = {"jpeg", "png", "tiff", "heic", "raw"};
    int format = 0;
    tns_json_at at;
    bool done = tns_json_get_object(photo, "image", &at, err) &&
                tns_json_get_integer(&at, "width", 1, SIDE_MAX, &out->width, err) &&
                tns_json_get_integer(&at, "height", 1, SIDE_MAX, &out->height, err) &&
                tns_json_get_choice(&at, "format", formats, 5, &format, err) &&
                tns_json_opt_text(&at, "profile", out->profile, sizeof out->profile, err);
    snprintf(out->format, sizeof out->format, "%s", formats[format]);
    return done;
}

static bool get_four(const tns_json_at *at, const char *key, tns_point out[4], tns_error *err)
{
    double xy[4][2];
    if (!tns_json_get_rows(at, key, FAR_PX, 4, 2, xy[0], err))
        return false;
    for (int i = 0; i < 4; i++)
        out[i] = (tns_point){xy[i][0], xy[i][1]};
    return true;
}

static bool get_corners(const tns_json_at *chart, tns_photo_chart *out, tns_error *err)
{
    out->has_corners = tns_json_has(chart, "corners");
    return !out->has_corners || get_four(chart, "corners", out->corners, err);
}

static bool get_kind(const tns_json_at *chart, tns_photo_chart *out, tns_error *err)
{
    const char *editions[] = {tns_edition_name(TNS_EDITION_AUTO),
                              tns_edition_name(TNS_EDITION_BEFORE_2014),
                              tns_edition_name(TNS_EDITION_AFTER_2014)};
    int edition = TNS_EDITION_AUTO;
    bool done = tns_json_opt_text(chart, "kind", out->kind, sizeof out->kind, err) &&
                tns_json_opt_choice(chart, "edition", editions, 3, &edition, err);
    out->edition = (tns_edition)edition;
    return done;
}

static bool get_chart(const tns_json_at *photo, tns_photo_chart *out, tns_error *err)
{
    static const char *const statuses[] = {"none", "found", "given", "refused"};
    int status = TNS_CHART_NONE;
    tns_json_at at;
    if (!tns_json_get_object(photo, "chart", &at, err) ||
        !tns_json_get_choice(&at, "status", statuses, 4, &status, err))
        return false;
    out->status = (tns_chart_status)status;
    out->has_order_score = tns_json_has(&at, "order_score");
    return get_kind(&at, out, err) && get_corners(&at, out, err) &&
           tns_json_opt_number(&at, "order_score", -1, 1, &out->order_score, err) &&
           tns_json_opt_text(&at, "reason", out->reason, sizeof out->reason, err);
}

/* A chart's colors are D50 and 2 degrees, always. */
static bool get_chart_lab(const tns_json_at *patch, const char *key, tns_lab *out, tns_error *err)
{
    tns_color color;
    tns_json_at at = tns_json_member(patch, key);
    if (!tns_json_get_computed(patch, key, &color, err))
        return false;
    *out = color.lab;
    return (strcmp(color.illuminant, "D50") == 0 && color.observer == TNS_OBSERVER_2) ||
           tns_json_fail(&at, err, TNS_ERROR_FORMAT, "expected D50/2, found %s/%d",
                         color.illuminant, color.observer);
}

static bool get_patch(const tns_json_at *at, tns_photo_patch *out, tns_error *err)
{
    if (!tns_json_expect_object(at, err))
        return false;
    bool stated = false;
    out->has_lab = tns_json_has(at, "lab");
    return tns_json_get_text(at, "name", out->name, sizeof out->name, err) &&
           (!tns_json_has(at, "outline") || get_four(at, "outline", out->outline, err)) &&
           tns_json_get_numbers(at, "rgb", -RGB_MAX, RGB_MAX, out->rgb, 3, err) &&
           (!out->has_lab ||
            (get_chart_lab(at, "lab", &out->lab, err) &&
             tns_json_get_number(at, "de00", 0, DE_MAX, &out->de00, err) &&
             tns_json_opt_uncertainty(at, "uncertainty", &stated, &out->uncertainty, err))) &&
           get_chart_lab(at, "reference", &out->reference, err) &&
           tns_json_get_bool(at, "used", &out->used, err) &&
           tns_json_opt_text(at, "reason", out->reason, sizeof out->reason, err);
}

static bool get_patches(const tns_json_at *photo, tns_photo *out, tns_error *err)
{
    tns_json_at list;
    size_t count = 0;
    if (!tns_json_get_list(photo, "patches", TNS_CHART_PATCHES_MAX, &list, &count, err))
        return false;
    out->patches = tns_record_array(&list, count, sizeof *out->patches, err);
    while (out->patches && out->patch_count < count) {
        tns_json_at item = tns_json_item(&list, out->patch_count);
        if (!get_patch(&item, &out->patches[out->patch_count++], err))
            return false;
    }
    return out->patches != NULL;
}

static bool get_loo(const tns_json_at *fit, tns_photo_fit *out, tns_error *err)
{
    tns_json_at at;
    out->skin_de00 = NAN;
    return tns_json_get_object(fit, "loo_de00", &at, err) &&
           tns_json_get_number(&at, "mean", 0, DE_MAX, &out->loo_mean, err) &&
           tns_json_get_number(&at, "p95", 0, DE_MAX, &out->loo_p95, err) &&
           tns_json_get_number(&at, "max", 0, DE_MAX, &out->loo_max, err) &&
           tns_json_opt_number(fit, "skin_de00", 0, DE_MAX, &out->skin_de00, err);
}

static bool get_plain(const tns_json_at *fit, tns_photo_fit *out, tns_error *err)
{
    tns_json_at at;
    out->plain_mean = out->plain_skin = NAN;
    return !tns_json_has(fit, "plain_3x3_loo") ||
           (tns_json_get_object(fit, "plain_3x3_loo", &at, err) &&
            tns_json_opt_number(&at, "mean", 0, DE_MAX, &out->plain_mean, err) &&
            tns_json_opt_number(&at, "skin", 0, DE_MAX, &out->plain_skin, err));
}

/* The roots beyond the matrix: 3 of degree 2, 10 of degree 3. */
static bool get_extra(const tns_json_at *fit, tns_photo_fit *out, tns_error *err)
{
    tns_json_at rows = tns_json_member(fit, "extra"), row = tns_json_item(&rows, 0);
    double extra[3][ROOTS];
    out->degree = 1;
    if (!rows.node)
        return true;
    size_t count = tns_json_size(&row) == 3 ? 3 : ROOTS;
    if (!tns_json_get_rows(fit, "extra", FIT_MAX, 3, count, &extra[0][0], err))
        return false;
    for (size_t i = 0; i < 3; i++)
        memcpy(out->extra[i], &extra[0][0] + i * count, count * sizeof(double));
    out->degree = count == 3 ? 2 : 3;
    return true;
}

static bool opt_members(const tns_json_at *fit, tns_photo_fit *out, tns_error *err)
{
    tns_json_at list;
    size_t count = 0;
    if (!tns_json_has(fit, "members"))
        return true;
    if (!tns_json_get_list(fit, "members", TNS_PHOTO_MEMBERS, &list, &count, err))
        return false;
    while (out->member_count < count) {
        tns_json_at item = tns_json_item(&list, out->member_count);
        tns_photo_member *member = &out->members[out->member_count++];
        if (!tns_json_get_text(&item, "model", member->model, sizeof member->model, err) ||
            !tns_json_get_number(&item, "weight", 0, 1, &member->weight, err))
            return false;
    }
    return true;
}

static bool get_fit(const tns_json_at *photo, tns_photo *out, tns_error *err)
{
    tns_json_at at;
    tns_photo_fit *fit = &out->fit;
    out->has_fit = tns_json_has(photo, "fit");
    return !out->has_fit ||
           (tns_json_get_object(photo, "fit", &at, err) &&
            tns_json_get_text(&at, "model", fit->model, sizeof fit->model, err) &&
            opt_members(&at, fit, err) && get_loo(&at, fit, err) && get_plain(&at, fit, err) &&
            get_extra(&at, fit, err) && tns_json_opt_number(&at, "tone", 0, 100, &fit->tone, err) &&
            tns_json_opt_number(&at, "shoulder", -FIT_MAX, FIT_MAX, &fit->shoulder, err) &&
            (!tns_json_has(&at, "slope") ||
             tns_json_get_numbers(&at, "slope", -FIT_MAX, FIT_MAX, fit->slope, 2, err)) &&
            (!tns_json_has(&at, "lean") ||
             tns_json_get_numbers(&at, "lean", -FIT_MAX, FIT_MAX, fit->lean, 2, err)) &&
            (!tns_json_has(&at, "bend") ||
             tns_json_get_numbers(&at, "bend", -FIT_MAX, FIT_MAX, fit->bend, 3, err)) &&
            tns_json_opt_number(&at, "offset", -FIT_MAX, FIT_MAX, &fit->offset, err) &&
            (!tns_json_has(&at, "matrix") ||
             tns_json_get_rows(&at, "matrix", FIT_MAX, 3, 3, fit->matrix[0], err)));
}

static bool get_regions(const tns_json_at *photo, tns_photo *out, tns_error *err)
{
    tns_json_at list;
    size_t count = 0;
    if (!tns_json_get_list(photo, "regions", REGIONS_MAX, &list, &count, err))
        return false;
    out->regions = tns_record_array(&list, count, sizeof *out->regions, err);
    while (out->regions && out->region_count < count) {
        tns_json_at item = tns_json_item(&list, out->region_count);
        if (!tns_json_region(&item, &out->regions[out->region_count++], err))
            return false;
    }
    return out->regions != NULL;
}

static bool opt_follicles(const tns_json_at *photo, tns_photo *out, tns_error *err)
{
    tns_json_at at = tns_json_member(photo, "follicles");
    out->has_follicles = at.node != NULL;
    return !out->has_follicles || tns_json_get_follicles(&at, &out->follicles, err);
}

static bool get_scale(const tns_json_at *photo, tns_photo_scale *out, tns_error *err)
{
    static const char *const sources[] = {"holder", "chart"};
    tns_json_at at;
    int source = 0;
    double xy[2];
    if (!tns_json_has(photo, "scale"))
        return true;
    out->tilt = NAN;
    bool done = tns_json_get_object(photo, "scale", &at, err) &&
                tns_json_get_number(&at, "mm_per_px", 1e-9, SCALE_MAX, &out->mm_per_px, err) &&
                tns_json_get_number(&at, "uncertainty", 0, SCALE_MAX, &out->uncertainty, err) &&
                tns_json_get_choice(&at, "source", sources, 2, &source, err) &&
                tns_json_get_numbers(&at, "at", -FAR_PX, FAR_PX, xy, 2, err) &&
                tns_json_opt_number(&at, "tilt_degrees", 0, 90, &out->tilt, err);
    if (!done)
        return false;
    out->source = source == 0 ? TNS_SCALE_HOLDER : TNS_SCALE_CHART;
    out->at = (tns_point){xy[0], xy[1]};
    return true;
}

typedef struct photo_record {
    tns_photo *photo;
    tns_error *failure;
} photo_record;

static bool get_photo(const tns_json_at *at, void *record, tns_error *err)
{
    const photo_record *of = record;
    tns_photo *out = of->photo;
    return tns_record_expect(at, "tonsure/photo/1", err) && get_image(at, &out->image, err) &&
           get_chart(at, &out->chart, err) && get_scale(at, &out->scale, err) &&
           get_patches(at, out, err) && get_fit(at, out, err) && get_regions(at, out, err) &&
           opt_follicles(at, out, err) && tns_json_opt_warnings(at, &out->warnings, err) &&
           tns_json_opt_error(at, of->failure, err);
}

bool tns_photo_parse(const char *text, size_t length, const char *name, tns_photo *out,
                     tns_error *failure, tns_error *err)
{
    tns_error unwanted;
    photo_record record = {out, failure ? failure : &unwanted};
    memset(out, 0, sizeof *out);
    memset(record.failure, 0, sizeof *record.failure);
    if (tns_record_parse(text, length, name, get_photo, &record, err))
        return true;
    tns_photo_finish(out);
    return false;
}
