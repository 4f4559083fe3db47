/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/skin_records.h>

#include "records/parts.h"

#define SCHEMA "tonsure/zone/1"

/* Beyond what a hand or a hair can do, many times over. */
static const double DENSITY_MAX = 1e12, DIAMETER_MAX = 1e6, DE_MAX = 1000;

static const char *const soughts[] = {"density", "diameter"};
static const char *const orders[] = {"random", "grid"};

static bool get_sought(const tns_json_at *at, tns_zone_record *out, tns_error *err)
{
    int sought = -1, order = TNS_DOTS_RANDOM;
    bool done = tns_json_opt_choice(at, "sought", soughts, 2, &sought, err) &&
                tns_json_get_choice(at, "arrangement", orders, 2, &order, err);
    out->sought = (tns_zone_sought)(sought + 1);
    out->order = (tns_dots_order)order;
    return done;
}

static bool get_reach(const tns_json_at *at, tns_zone *out, tns_error *err)
{
    const char *names[TNS_ZONE_PALE + 1];
    int reach = TNS_ZONE_GIVEN;
    for (int i = 0; i <= TNS_ZONE_PALE; i++)
        names[i] = tns_zone_reach_name((tns_zone_reach)i);
    bool done = tns_json_get_choice(at, "reach", names, TNS_ZONE_PALE + 1, &reach, err) &&
                tns_json_get_bool(at, "within_doubt", &out->within_doubt, err);
    out->reach = (tns_zone_reach)reach;
    return done;
}

/* null: without bound. */
static bool get_figure(const tns_json_at *at, const char *key, double most, double *out,
                       tns_error *err)
{
    *out = INFINITY;
    return tns_json_opt_number(at, key, 0, most, out, err);
}

static bool get_dots(const tns_json_at *at, bool has_target, tns_zone_dots *out, tns_error *err)
{
    return get_figure(at, "density_per_cm2", DENSITY_MAX, &out->per_cm2, err) &&
           get_figure(at, "diameter_mm", DIAMETER_MAX, &out->diameter_mm, err) &&
           tns_json_get_number(at, "coverage", 0, 1, &out->coverage, err) &&
           tns_json_get_number(at, "de00_to_skin", 0, DE_MAX, &out->de00_to_skin, err) &&
           (!has_target ||
            tns_json_get_number(at, "de00_to_target", 0, DE_MAX, &out->de00_to_target, err));
}

static bool get_more_dots(const tns_json_at *at, bool has_target, tns_zone_dots *out,
                          tns_error *err)
{
    tns_color area;
    if (!tns_json_expect_object(at, err) || !get_dots(at, has_target, out, err) ||
        !tns_json_get_number(at, "n", 1, 10, &out->n, err) ||
        !tns_json_get_computed(at, "lab", &area, err))
        return false;
    out->area = area.lab;
    return true;
}

static bool get_range(const tns_json_at *at, const char *key, double most, tns_zone_range *out,
                      tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, key, 2, &list, &count, err))
        return false;
    if (count != 2)
        return tns_json_fail(&list, err, TNS_ERROR_FORMAT, "expected 2 numbers, found %zu", count);
    double *ends[2] = {&out->least, &out->most};
    for (size_t i = 0; i < 2; i++) {
        tns_json_at end = tns_json_item(&list, i);
        *ends[i] = INFINITY;
        if (end.node && !tns_json_number(&end, 0, most, ends[i], err))
            return false;
    }
    return true;
}

static bool get_answer(const tns_json_at *at, tns_zone_record *out, tns_error *err)
{
    tns_zone *z = &out->zone;
    return tns_json_get_text(at, "answer", out->sentence, sizeof out->sentence, err) &&
           get_sought(at, out, err) && get_reach(at, z, err) &&
           get_dots(at, out->has_target, &z->dots, err) &&
           get_range(at, "density_ci95", DENSITY_MAX, &z->per_cm2, err) &&
           get_range(at, "diameter_ci95", DIAMETER_MAX, &z->diameter_mm, err) &&
           get_range(at, "coverage_ci95", 1, &z->coverage, err);
}

static bool get_scatter(const tns_json_at *record, tns_zone_record *out, tns_error *err)
{
    tns_json_at at;
    double range[2];
    if (!tns_json_get_object(record, "yule_nielsen", &at, err) ||
        !tns_json_get_number(&at, "n", 1, 10, &out->n, err) ||
        !tns_json_get_numbers(&at, "range", 1, 10, range, 2, err) ||
        !tns_json_get_bool(&at, "calibrated", &out->n_is_own, err))
        return false;
    out->n_least = range[0];
    out->n_most = range[1];
    out->zone.dots.n = out->n;
    return true;
}

static bool get_by_n(const tns_json_at *at, tns_zone_record *out, tns_error *err)
{
    tns_json_at list, fresh;
    size_t count;
    if (!tns_json_get_list(at, "by_n", 2, &list, &count, err))
        return false;
    if (count != 2)
        return tns_json_fail(&list, err, TNS_ERROR_FORMAT, "expected 2 items, found %zu", count);
    tns_json_at least = tns_json_item(&list, 0), most = tns_json_item(&list, 1);
    return get_more_dots(&least, out->has_target, &out->zone.by_n[0], err) &&
           get_more_dots(&most, out->has_target, &out->zone.by_n[1], err) &&
           tns_json_get_object(at, "fresh", &fresh, err) &&
           get_more_dots(&fresh, out->has_target, &out->zone.fresh, err);
}

static bool get_area(const tns_json_at *record, tns_zone_record *out, tns_error *err)
{
    tns_json_at area = tns_json_member(record, "area");
    if (!tns_json_reading(&area, &out->zone.area, err) ||
        !tns_json_get_number(record, "diameter_spread", 0, 10, &out->diameter_spread, err) ||
        !tns_json_opt_number(record, "area_cm2", 0, DENSITY_MAX, &out->area_cm2, err))
        return false;
    out->zone.dots.area = out->zone.area.color.lab;
    return !(out->area_cm2 > 0) || get_figure(record, "dots", DENSITY_MAX, &out->dots, err);
}

static bool get_readings(const tns_json_at *record, tns_zone_record *out, tns_error *err)
{
    tns_json_at dot = tns_json_member(record, "dot"), skin = tns_json_member(record, "skin");
    tns_json_at target = tns_json_member(record, "target");
    out->has_target = tns_json_has(record, "target");
    return tns_json_reading(&dot, &out->dot, err) && tns_json_reading(&skin, &out->skin, err) &&
           (!out->has_target || tns_json_reading(&target, &out->target, err));
}

static bool get_zone(const tns_json_at *root, void *record, tns_error *err)
{
    tns_zone_record *out = record;
    return tns_record_expect(root, SCHEMA, err) && get_readings(root, out, err) &&
           get_answer(root, out, err) && get_scatter(root, out, err) && get_by_n(root, out, err) &&
           get_area(root, out, err) && tns_json_opt_warnings(root, &out->warnings, err) &&
           tns_json_opt_error(root, &out->failure, err);
}

bool tns_zone_record_parse(const char *text, size_t length, const char *name, tns_zone_record *out,
                           tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_zone, out, err);
}
