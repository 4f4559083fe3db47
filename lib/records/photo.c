/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/photo_records.h>

#include "base/text.h"
#include "records/follicles.h"
#include "records/parts.h"
#include "records/photo_parts.h"

static tns_json *json_from_image(const tns_image_info *image)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "width", image->width);
    tns_json_set_integer(json, "height", image->height);
    tns_json_set_text(json, "format", image->format);
    if (image->profile[0])
        tns_json_set_text(json, "profile", image->profile);
    else
        tns_json_set_null(json, "profile");
    return json;
}

static tns_json *json_from_corners(const tns_point corners[4])
{
    tns_json *array = tns_json_array();
    for (int i = 0; i < 4; i++) {
        double xy[2] = {tns_round_decimals(corners[i].x, 2), tns_round_decimals(corners[i].y, 2)};
        tns_json_append(array, tns_json_numbers(xy, 2));
    }
    return array;
}

static tns_json *json_from_chart(const tns_photo_chart *chart)
{
    static const char *const statuses[] = {"none", "found", "given", "refused"};
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "status", statuses[chart->status]);
    if (chart->kind[0]) {
        tns_json_set_text(json, "kind", chart->kind);
        tns_json_set_text(json, "edition", tns_edition_name(chart->edition));
    }
    if (chart->has_corners)
        tns_json_set(json, "corners", json_from_corners(chart->corners));
    if (chart->has_order_score)
        tns_json_set_number(json, "order_score", tns_record_amount(chart->order_score));
    if (chart->reason[0])
        tns_json_set_text(json, "reason", chart->reason);
    else
        tns_json_set_null(json, "reason");
    return json;
}

static tns_json *json_from_rgb(const double rgb[3])
{
    double rounded[3];
    for (int i = 0; i < 3; i++)
        rounded[i] = tns_record_color(rgb[i]);
    return tns_json_numbers(rounded, 3);
}

static tns_json *json_from_chart_lab(tns_lab lab)
{
    tns_color color = {lab, "D50", TNS_OBSERVER_2};
    return tns_json_from_color(&color);
}

/* A refused chart is no reference: what its patches would be corrected to means nothing. */
static tns_json *json_from_patch(const tns_photo_patch *patch, bool trusted)
{
    bool has_lab = patch->has_lab && trusted;
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "name", patch->name);
    tns_json_set(json, "outline", json_from_corners(patch->outline));
    tns_json_set(json, "rgb", json_from_rgb(patch->rgb));
    if (has_lab)
        tns_json_set(json, "lab", json_from_chart_lab(patch->lab));
    tns_json_set(json, "reference", json_from_chart_lab(patch->reference));
    if (has_lab) {
        tns_json_set_number(json, "de00", tns_record_amount(patch->de00));
        if (patch->uncertainty.k > 0)
            tns_json_set(json, "uncertainty", tns_json_from_uncertainty(&patch->uncertainty));
    }
    tns_json_set_bool(json, "used", patch->used);
    if (patch->reason[0])
        tns_json_set_text(json, "reason", patch->reason);
    else
        tns_json_set_null(json, "reason");
    return json;
}

static tns_json *json_from_amounts(const double *amount, size_t count)
{
    double rounded[10];
    for (size_t i = 0; i < count; i++)
        rounded[i] = tns_record_color(amount[i]);
    return tns_json_numbers(rounded, count);
}

/* The terms beyond the matrix; none of degree 1. */
static void set_extra(tns_json *json, const tns_photo_fit *fit)
{
    tns_json *rows = tns_json_array();
    for (int i = 0; i < 3; i++)
        tns_json_append(rows, json_from_amounts(fit->extra[i], fit->degree == 2 ? 3 : 10));
    tns_json_set(json, "extra", rows);
}

/* None is known of records of before the mean. */
static void set_members(tns_json *json, const tns_photo_fit *fit)
{
    tns_json *list = tns_json_array();
    for (size_t i = 0; i < fit->member_count; i++) {
        tns_json *member = tns_json_object();
        tns_json_set_text(member, "model", fit->members[i].model);
        tns_json_set_number(member, "weight", tns_record_amount(fit->members[i].weight));
        tns_json_append(list, member);
    }
    tns_json_set(json, "members", list);
}

static tns_json *json_from_fit(const tns_photo_fit *fit)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "model", fit->model);
    if (fit->member_count > 0)
        set_members(json, fit);
    tns_json *loo = tns_json_object();
    tns_json_set_number(loo, "mean", tns_record_amount(fit->loo_mean));
    tns_json_set_number(loo, "p95", tns_record_amount(fit->loo_p95));
    tns_json_set_number(loo, "max", tns_record_amount(fit->loo_max));
    tns_json_set(json, "loo_de00", loo);
    tns_json_set_number(json, "skin_de00", tns_record_amount(fit->skin_de00));
    tns_json *plain = tns_json_object();
    tns_json_set_number(plain, "mean", tns_record_amount(fit->plain_mean));
    tns_json_set_number(plain, "skin", tns_record_amount(fit->plain_skin));
    tns_json_set(json, "plain_3x3_loo", plain);
    tns_json_set_number(json, "tone", tns_record_amount(fit->tone));
    tns_json_set_number(json, "shoulder", tns_record_color(fit->shoulder));
    tns_json_set(json, "lean", json_from_amounts(fit->lean, 2));
    double slope[2] = {tns_record_amount(fit->slope[0]), tns_record_amount(fit->slope[1])};
    tns_json_set(json, "slope", tns_json_numbers(slope, 2));
    tns_json_set(json, "bend", json_from_amounts(fit->bend, 3));
    tns_json_set_number(json, "offset", tns_record_color(fit->offset));
    tns_json *matrix = tns_json_array();
    for (int i = 0; i < 3; i++)
        tns_json_append(matrix, json_from_rgb(fit->matrix[i]));
    tns_json_set(json, "matrix", matrix);
    if (fit->degree > 1)
        set_extra(json, fit);
    return json;
}

static tns_json *json_from_scale(const tns_photo_scale *scale)
{
    tns_json *json = tns_json_object();
    double at[2] = {tns_round_decimals(scale->at.x, 2), tns_round_decimals(scale->at.y, 2)};
    tns_json_set_number(json, "mm_per_px", tns_record_color(scale->mm_per_px));
    tns_json_set_number(json, "uncertainty", tns_record_color(scale->uncertainty));
    tns_json_set_text(json, "source", scale->source == TNS_SCALE_HOLDER ? "holder" : "chart");
    tns_json_set(json, "at", tns_json_numbers(at, 2));
    tns_json_set_number(json, "tilt_degrees", tns_record_amount(scale->tilt));
    return json;
}

char *tns_photo_write(const tns_photo *photo, const tns_error *failure)
{
    tns_json *record = tns_record("tonsure/photo/1");
    bool trusted = photo->chart.status != TNS_CHART_REFUSED;
    tns_json_set(record, "image", json_from_image(&photo->image));
    tns_json_set(record, "chart", json_from_chart(&photo->chart));
    if (photo->scale.source != TNS_SCALE_NONE)
        tns_json_set(record, "scale", json_from_scale(&photo->scale));
    else
        tns_json_set_null(record, "scale");
    tns_json *patches = tns_json_array();
    for (size_t i = 0; i < photo->patch_count; i++)
        tns_json_append(patches, json_from_patch(&photo->patches[i], trusted));
    tns_json_set(record, "patches", patches);
    if (photo->has_fit && trusted)
        tns_json_set(record, "fit", json_from_fit(&photo->fit));
    tns_json *regions = tns_json_array();
    for (size_t i = 0; i < photo->region_count; i++)
        tns_json_append(regions, tns_json_from_region(&photo->regions[i]));
    tns_json_set(record, "regions", regions);
    if (photo->has_follicles)
        tns_json_set(record, "follicles", tns_json_from_follicles(&photo->follicles));
    tns_json_set(record, "warnings", tns_json_from_warnings(&photo->warnings));
    if (failure)
        tns_json_set(record, "error", tns_json_from_error(failure));
    return tns_record_finish(record);
}
