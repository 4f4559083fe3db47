/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "records/follicles.h"
#include "records/parts.h"

enum { HAIRS_MOST = 1000000, SIDE_MOST = 200000000 };

static const double FAR = 1e9, DENSE = 1e9;

static void set_figure(tns_json *json, const char *key, double value, bool known)
{
    if (known)
        tns_json_set_number(json, key, tns_record_amount(value));
    else
        tns_json_set_null(json, key);
}

static tns_json *json_from_row(const double *value, size_t n)
{
    double rounded[6];
    for (size_t i = 0; i < n; i++)
        rounded[i] = tns_round_decimals(value[i], 1);
    return tns_json_numbers(rounded, n);
}

static tns_json *json_from_boxes(const tns_follicles *f)
{
    tns_json *boxes = tns_json_array();
    for (size_t i = 0; i < f->units; i++) {
        const tns_follicle_unit *u = &f->unit[i];
        double box[4] = {u->x, u->y, u->width, u->height};
        tns_json_append(boxes, json_from_row(box, 4));
    }
    return boxes;
}

static tns_json *json_from_hairs(const tns_follicles *f)
{
    tns_json *hairs = tns_json_array();
    for (size_t i = 0; i < f->count; i++) {
        const tns_follicle_hair *h = &f->hair[i];
        double row[6] = {h->end[0][0], h->end[0][1], h->end[1][0],
                         h->end[1][1], h->width_px,  (double)h->unit};
        tns_json_append(hairs, json_from_row(row, 6));
    }
    return hairs;
}

static void set_density(tns_json *json, const tns_follicles *f)
{
    bool known = f->mm_per_px > 0;
    if (known)
        tns_json_set_number(json, "mm_per_px", tns_record_color(f->mm_per_px));
    else
        tns_json_set_null(json, "mm_per_px");
    set_figure(json, "density_per_cm2", f->density_per_cm2, known);
    double interval[2] = {tns_record_amount(f->density_ci95[0]),
                          tns_record_amount(f->density_ci95[1])};
    if (known)
        tns_json_set(json, "density_ci95", tns_json_numbers(interval, 2));
    else
        tns_json_set_null(json, "density_ci95");
    set_figure(json, "hairs_per_cm2", f->hairs_per_cm2, known);
}

static void set_sizes(tns_json *json, const tns_follicles *f)
{
    bool found = f->count > 0, lies = f->length_px > 0, known = f->mm_per_px > 0;
    set_figure(json, "diameter_px", f->diameter_px, found);
    set_figure(json, "diameter_mm", f->diameter_px * f->mm_per_px, found && known);
    set_figure(json, "length_px", f->length_px, lies);
    set_figure(json, "length_mm", f->length_px * f->mm_per_px, lies && known);
    tns_json_set_number(json, "coverage", tns_record_color(f->coverage));
}

static void set_reading(tns_json *json, const char *key, const tns_reading *reading, bool known)
{
    if (known)
        tns_json_set(json, key, tns_json_from_reading(reading));
    else
        tns_json_set_null(json, key);
}

tns_json *tns_json_from_follicles(const tns_follicles *f)
{
    double region[4] = {f->x, f->y, f->width, f->height};
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "count", (int)f->count);
    tns_json_set_integer(json, "units", (int)f->units);
    tns_json_set_integer(json, "counted", (int)f->counted);
    set_density(json, f);
    set_sizes(json, f);
    tns_json_set_integer(json, "through", (int)f->through);
    tns_json_set(json, "region", tns_json_numbers(region, 4));
    tns_json_set_number(json, "area_px", tns_record_amount(f->area_px));
    tns_json_set(json, "boxes", json_from_boxes(f));
    tns_json_set(json, "hairs", json_from_hairs(f));
    set_reading(json, "dot", &f->dot, f->has_colors);
    set_reading(json, "skin", &f->skin, f->has_colors);
    tns_json_set(json, "warnings", tns_json_from_warnings(&f->warnings));
    return json;
}

static bool get_units(const tns_json_at *at, tns_follicles *out, tns_error *err)
{
    tns_json_at list;
    size_t count = 0;
    if (!tns_json_get_list(at, "boxes", HAIRS_MOST, &list, &count, err))
        return false;
    out->unit = tns_record_array(&list, count, sizeof *out->unit, err);
    double *row = tns_record_array(&list, count, 4 * sizeof *row, err);
    bool done =
        out->unit && row && (count == 0 || tns_json_get_rows(at, "boxes", FAR, count, 4, row, err));
    out->units = done ? count : 0;
    for (size_t i = 0; i < out->units; i++)
        out->unit[i] = (tns_follicle_unit){.x = row[4 * i],
                                           .y = row[4 * i + 1],
                                           .width = row[4 * i + 2],
                                           .height = row[4 * i + 3]};
    free(row);
    return done;
}

static bool get_hair(const tns_json_at *at, const double row[6], tns_follicles *out, tns_error *err)
{
    if (!(row[5] >= 0 && row[5] < (double)out->units && row[5] == floor(row[5])))
        return tns_json_fail(at, err, TNS_ERROR_FORMAT, "expected the index of a box, found %g",
                             row[5]);
    tns_follicle_hair *hair = &out->hair[out->count++];
    hair->end[0][0] = row[0];
    hair->end[0][1] = row[1];
    hair->end[1][0] = row[2];
    hair->end[1][1] = row[3];
    hair->width_px = row[4];
    hair->length_px = row[4] + hypot(row[2] - row[0], row[3] - row[1]);
    hair->unit = (size_t)row[5];
    out->unit[hair->unit].hairs++;
    return true;
}

static bool get_hairs(const tns_json_at *at, tns_follicles *out, tns_error *err)
{
    tns_json_at list;
    size_t count = 0;
    if (!tns_json_get_list(at, "hairs", HAIRS_MOST, &list, &count, err))
        return false;
    out->hair = tns_record_array(&list, count, sizeof *out->hair, err);
    double *row = tns_record_array(&list, count, 6 * sizeof *row, err);
    bool done =
        out->hair && row && (count == 0 || tns_json_get_rows(at, "hairs", FAR, count, 6, row, err));
    while (done && out->count < count) {
        tns_json_at item = tns_json_item(&list, out->count);
        done = get_hair(&item, row + 6 * out->count, out, err);
    }
    free(row);
    return done;
}

static bool get_density(const tns_json_at *at, tns_follicles *out, tns_error *err)
{
    int counted = 0;
    out->density_per_cm2 = out->hairs_per_cm2 = out->density_ci95[0] = out->density_ci95[1] = NAN;
    bool done = tns_json_get_integer(at, "counted", 0, HAIRS_MOST, &counted, err) &&
                tns_json_opt_number(at, "mm_per_px", 0, 1e3, &out->mm_per_px, err);
    out->counted = (size_t)counted;
    return done &&
           (out->mm_per_px == 0 ||
            (tns_json_get_number(at, "density_per_cm2", 0, DENSE, &out->density_per_cm2, err) &&
             tns_json_get_numbers(at, "density_ci95", 0, DENSE, out->density_ci95, 2, err) &&
             tns_json_get_number(at, "hairs_per_cm2", 0, DENSE, &out->hairs_per_cm2, err)));
}

static bool get_region(const tns_json_at *at, tns_follicles *out, tns_error *err)
{
    double side[4];
    if (!tns_json_get_numbers(at, "region", 0, SIDE_MOST, side, 4, err))
        return false;
    out->x = (int)side[0];
    out->y = (int)side[1];
    out->width = (int)side[2];
    out->height = (int)side[3];
    return tns_json_get_number(at, "area_px", 0, SIDE_MOST, &out->area_px, err);
}

static bool get_sizes(const tns_json_at *at, tns_follicles *out, tns_error *err)
{
    int through = 0;
    bool done = tns_json_opt_number(at, "diameter_px", 0, FAR, &out->diameter_px, err) &&
                tns_json_opt_number(at, "length_px", 0, FAR, &out->length_px, err) &&
                tns_json_get_number(at, "coverage", 0, 1, &out->coverage, err) &&
                tns_json_get_integer(at, "through", 0, HAIRS_MOST, &through, err);
    out->through = (size_t)through;
    return done;
}

static bool get_colors(const tns_json_at *at, tns_follicles *out, tns_error *err)
{
    tns_json_at dot = tns_json_member(at, "dot"), skin = tns_json_member(at, "skin");
    out->has_colors = dot.node != NULL;
    return !out->has_colors ||
           (tns_json_reading(&dot, &out->dot, err) && tns_json_reading(&skin, &out->skin, err));
}

bool tns_json_get_follicles(const tns_json_at *at, tns_follicles *out, tns_error *err)
{
    return tns_json_expect_object(at, err) && get_density(at, out, err) &&
           get_sizes(at, out, err) && get_region(at, out, err) && get_units(at, out, err) &&
           get_hairs(at, out, err) && get_colors(at, out, err) &&
           tns_json_opt_warnings(at, &out->warnings, err);
}
