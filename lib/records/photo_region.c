/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A region of tonsure/photo/1: where it lies, what its pixels are like, its reading. */
#include <math.h>

#include <tonsure/skintone.h>

#include "records/parts.h"
#include "records/photo_parts.h"

enum { SIDE_MAX = 200000000 }; /* pixels: an image has no more */

static const double RGB_MAX = 1000, LAB_MAX = 1000;

/* ---- Writing ---- */

static tns_json *json_from_box(const tns_box *box)
{
    double sides[4] = {box->x, box->y, box->width, box->height};
    return tns_json_numbers(sides, 4);
}

static tns_json *json_from_points(const tns_region *region)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < region->point_count; i++) {
        double xy[2] = {tns_record_amount(region->points[i].x),
                        tns_record_amount(region->points[i].y)};
        tns_json_append(array, tns_json_numbers(xy, 2));
    }
    return array;
}

static tns_json *json_from_mixture(const tns_mixture *m)
{
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "dark_share", tns_record_amount(m->dark_share));
    tns_json_set_number(json, "dark_L", tns_record_amount(m->dark_L));
    tns_json_set_number(json, "light_L", tns_record_amount(m->light_L));
    return json;
}

static void set_colors(tns_json *json, const tns_region_statistics *s)
{
    tns_color median = {s->median, "D50", TNS_OBSERVER_2};
    double mad[3];
    for (int i = 0; i < 3; i++)
        mad[i] = tns_record_amount(s->mad[i]);
    tns_json_set(json, "median", tns_json_from_color(&median));
    tns_json_set(json, "mad", tns_json_numbers(mad, 3));
    if (s->mixture.dark_share > 0)
        tns_json_set(json, "mixture", json_from_mixture(&s->mixture));
    else
        tns_json_set_null(json, "mixture");
}

static tns_json *json_from_statistics(const tns_region_statistics *s, bool has_color)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "pixels", (long long)s->pixels);
    tns_json_set_number(json, "trim", tns_record_amount(s->trim));
    if (has_color)
        set_colors(json, s);
    return json;
}

static tns_json *json_from_ita(const tns_photo_region *region)
{
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "degrees", tns_record_amount(region->ita));
    tns_json_set_number(json, "uncertainty", tns_record_amount(region->ita_u));
    tns_json_set_text(json, "class", tns_ita_class(region->ita));
    return json;
}

tns_json *tns_json_from_region(const tns_photo_region *region)
{
    bool has_color = region->reading.has_color;
    double rgb[3];
    for (int i = 0; i < 3; i++)
        rgb[i] = tns_record_color(region->rgb[i]);
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "name", region->region.name);
    tns_json_set_text_if(json, "place", region->region.place);
    tns_json_set(json, "box", json_from_box(&region->region.box));
    if (region->region.shape == TNS_SHAPE_POLYGON)
        tns_json_set(json, "polygon", json_from_points(&region->region));
    tns_json_set(json, "rgb", tns_json_numbers(rgb, 3));
    tns_json_set_number(json, "clipped", tns_record_amount(region->clipped));
    tns_json_set_number(json, "specular", tns_record_amount(region->specular));
    tns_json_set(json, "statistics", json_from_statistics(&region->statistics, has_color));
    if (region->has_ita)
        tns_json_set(json, "ita", json_from_ita(region));
    if (has_color)
        tns_json_set(json, "reading", tns_json_from_reading(&region->reading));
    else
        tns_json_set_null(json, "reading");
    return json;
}

/* ---- Reading ---- */

static bool get_box(const tns_json_at *region, tns_box *out, tns_error *err)
{
    double side[4];
    tns_json_at at = tns_json_member(region, "box");
    if (!tns_json_get_numbers(region, "box", 0, SIDE_MAX, side, 4, err))
        return false;
    for (int i = 0; i < 4; i++)
        if (side[i] != floor(side[i]) || (i >= 2 && side[i] < 1))
            return tns_json_fail(&at, err, TNS_ERROR_FORMAT,
                                 "expected whole pixels, width and height from 1, found %g",
                                 side[i]);
    out->x = (int)side[0];
    out->y = (int)side[1];
    out->width = (int)side[2];
    out->height = (int)side[3];
    return true;
}

static bool get_points(const tns_json_at *region, tns_region *out, tns_error *err)
{
    double xy[TNS_REGION_POINTS_MAX][2];
    tns_json_at at;
    if (!tns_json_has(region, "polygon"))
        return true;
    if (!tns_json_get_list(region, "polygon", TNS_REGION_POINTS_MAX, &at, &out->point_count, err))
        return false;
    if (out->point_count < 3)
        return tns_json_fail(&at, err, TNS_ERROR_FORMAT, "expected 3 points or more, found %zu",
                             out->point_count);
    if (!tns_json_get_rows(region, "polygon", SIDE_MAX, out->point_count, 2, xy[0], err))
        return false;
    out->shape = TNS_SHAPE_POLYGON;
    for (size_t i = 0; i < out->point_count; i++)
        out->points[i] = (tns_point){xy[i][0], xy[i][1]};
    return true;
}

static bool get_shape(const tns_json_at *region, tns_region *out, tns_error *err)
{
    return tns_json_get_text(region, "name", out->name, sizeof out->name, err) &&
           tns_json_opt_text(region, "place", out->place, sizeof out->place, err) &&
           get_box(region, &out->box, err) && get_points(region, out, err);
}

static bool get_mixture(const tns_json_at *statistics, tns_mixture *out, tns_error *err)
{
    tns_json_at at;
    return !tns_json_has(statistics, "mixture") ||
           (tns_json_get_object(statistics, "mixture", &at, err) &&
            tns_json_get_number(&at, "dark_share", 0, 1, &out->dark_share, err) &&
            tns_json_get_number(&at, "dark_L", 0, 100, &out->dark_L, err) &&
            tns_json_get_number(&at, "light_L", 0, 100, &out->light_L, err));
}

static bool get_median(const tns_json_at *statistics, tns_region_statistics *out, tns_error *err)
{
    tns_color median;
    if (!tns_json_has(statistics, "median"))
        return true;
    if (!tns_json_get_computed(statistics, "median", &median, err))
        return false;
    out->median = median.lab;
    return tns_json_get_numbers(statistics, "mad", 0, LAB_MAX, out->mad, 3, err);
}

static bool get_statistics(const tns_json_at *region, tns_region_statistics *out, tns_error *err)
{
    tns_json_at at;
    int pixels = 0;
    if (!tns_json_has(region, "statistics"))
        return true;
    bool done = tns_json_get_object(region, "statistics", &at, err) &&
                tns_json_get_integer(&at, "pixels", 0, SIDE_MAX, &pixels, err) &&
                tns_json_get_number(&at, "trim", 0, 0.5, &out->trim, err) &&
                get_median(&at, out, err) && get_mixture(&at, &out->mixture, err);
    out->pixels = (size_t)pixels;
    return done;
}

static bool get_ita(const tns_json_at *region, tns_photo_region *out, tns_error *err)
{
    tns_json_at at;
    out->has_ita = tns_json_has(region, "ita");
    return !out->has_ita || (tns_json_get_object(region, "ita", &at, err) &&
                             tns_json_get_number(&at, "degrees", -180, 180, &out->ita, err) &&
                             tns_json_get_number(&at, "uncertainty", 0, 180, &out->ita_u, err));
}

bool tns_json_region(const tns_json_at *at, tns_photo_region *out, tns_error *err)
{
    if (!tns_json_expect_object(at, err))
        return false;
    tns_json_at reading = tns_json_member(at, "reading");
    return get_shape(at, &out->region, err) &&
           tns_json_get_numbers(at, "rgb", -RGB_MAX, RGB_MAX, out->rgb, 3, err) &&
           tns_json_get_number(at, "clipped", 0, 1, &out->clipped, err) &&
           tns_json_get_number(at, "specular", 0, 1, &out->specular, err) &&
           get_statistics(at, &out->statistics, err) && get_ita(at, out, err) &&
           (!reading.node || tns_json_reading(&reading, &out->reading, err));
}
