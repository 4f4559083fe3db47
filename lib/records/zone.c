/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/skin_records.h>

#include "records/parts.h"

#define SCHEMA "tonsure/zone/1"

static tns_json *json_from_lab(tns_lab lab)
{
    const tns_color color = {.lab = lab, .illuminant = "D65", .observer = TNS_OBSERVER_10};
    return tns_json_from_color(&color);
}

/* What has no bound is null. */
static void set_figure(tns_json *json, const char *key, double value)
{
    tns_json_set_number(json, key, isfinite(value) ? tns_record_color(value) : NAN);
}

static void set_range(tns_json *json, const char *key, const tns_zone_range *range)
{
    const double ends[2] = {isfinite(range->least) ? tns_record_color(range->least) : NAN,
                            isfinite(range->most) ? tns_record_color(range->most) : NAN};
    tns_json_set(json, key, tns_json_numbers(ends, 2));
}

static void set_dots(tns_json *json, const tns_zone_record *r, const tns_zone_dots *dots)
{
    set_figure(json, "density_per_cm2", dots->per_cm2);
    set_figure(json, "diameter_mm", dots->diameter_mm);
    set_figure(json, "coverage", dots->coverage);
    tns_json_set_number(json, "de00_to_skin", tns_record_color(dots->de00_to_skin));
    if (r->has_target)
        tns_json_set_number(json, "de00_to_target", tns_record_color(dots->de00_to_target));
}

static tns_json *json_from_dots(const tns_zone_record *r, const tns_zone_dots *dots)
{
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "n", dots->n);
    set_dots(json, r, dots);
    tns_json_set(json, "lab", json_from_lab(dots->area));
    return json;
}

static tns_json *json_from_scatter(const tns_zone_record *r)
{
    const double range[2] = {r->n_least, r->n_most};
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "n", r->n);
    tns_json_set(json, "range", tns_json_numbers(range, 2));
    tns_json_set_bool(json, "calibrated", r->n_is_own);
    return json;
}

static tns_json *json_from_natural(void)
{
    const double hairs[2] = {TNS_HAIRS_LEAST, TNS_HAIRS_MOST};
    const double units[2] = {TNS_UNITS_LEAST, TNS_UNITS_MOST};
    tns_json *json = tns_json_object();
    tns_json_set(json, "hairs_per_cm2", tns_json_numbers(hairs, 2));
    tns_json_set(json, "units_per_cm2", tns_json_numbers(units, 2));
    return json;
}

static void set_answer(tns_json *json, const tns_zone_record *r)
{
    static const char *const sought[] = {NULL, "density", "diameter"};
    const tns_zone *z = &r->zone;
    if (r->sought == TNS_SOUGHT_NOTHING)
        tns_json_set_null(json, "sought");
    else
        tns_json_set_text(json, "sought", sought[r->sought]);
    tns_json_set_text(json, "reach", tns_zone_reach_name(z->reach));
    tns_json_set_bool(json, "within_doubt", z->within_doubt);
    tns_json_set_text(json, "arrangement", tns_dots_order_name(r->order));
    set_dots(json, r, &z->dots);
    set_range(json, "density_ci95", &z->per_cm2);
    set_range(json, "diameter_ci95", &z->diameter_mm);
    set_range(json, "coverage_ci95", &z->coverage);
}

static void set_forecast(tns_json *json, const tns_zone_record *r)
{
    tns_json *by_n = tns_json_array();
    tns_json_append(by_n, json_from_dots(r, &r->zone.by_n[0]));
    tns_json_append(by_n, json_from_dots(r, &r->zone.by_n[1]));
    tns_json_set(json, "area", tns_json_from_reading(&r->zone.area));
    tns_json_set(json, "by_n", by_n);
    tns_json_set(json, "fresh", json_from_dots(r, &r->zone.fresh));
    tns_json_set(json, "yule_nielsen", json_from_scatter(r));
    tns_json_set_number(json, "diameter_spread", r->diameter_spread);
    if (r->area_cm2 > 0) {
        tns_json_set_number(json, "area_cm2", r->area_cm2);
        set_figure(json, "dots", r->dots);
    }
}

char *tns_zone_record_write(const tns_zone_record *r)
{
    tns_json *json = tns_record(SCHEMA);
    tns_json_set_text(json, "answer", r->sentence);
    tns_json_set(json, "dot", tns_json_from_reading(&r->dot));
    tns_json_set(json, "skin", tns_json_from_reading(&r->skin));
    if (r->has_target)
        tns_json_set(json, "target", tns_json_from_reading(&r->target));
    set_answer(json, r);
    set_forecast(json, r);
    tns_json_set(json, "natural", json_from_natural());
    tns_json_set(json, "warnings", tns_json_from_warnings(&r->warnings));
    if (r->failure.code != TNS_OK)
        tns_json_set(json, "error", tns_json_from_error(&r->failure));
    return tns_record_finish(json);
}
