/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette_records.h>

#include "records/parts.h"

#define SCHEMA "tonsure/gamut/1"

enum { SLICES_MAX = 1000, LOOPS_MAX = 10000, PIGMENTS_MAX = 1000 };

static const double LAB_MAX = 1e4;

/* ---- Writing ---- */

static tns_json *json_from_lab(tns_lab lab)
{
    const tns_color color = {.lab = lab, .illuminant = "D65", .observer = TNS_OBSERVER_10};
    return tns_json_from_color(&color);
}

static tns_json *json_from_loop(const tns_gamut_loop *loop)
{
    tns_json *points = tns_json_array();
    for (size_t i = 0; i < loop->count; i++)
        tns_json_append(points, tns_json_numbers(loop->point[i], 2));
    return points;
}

static tns_json *json_from_slice(const tns_gamut_slice *slice)
{
    tns_json *json = tns_json_object(), *loops = tns_json_array();
    for (size_t i = 0; i < slice->loop_count; i++)
        tns_json_append(loops, json_from_loop(&slice->loops[i]));
    tns_json_set_number(json, "L", slice->L);
    tns_json_set(json, "loops", loops);
    return json;
}

static tns_json *json_from_parts(const tns_gamut_record *r)
{
    tns_json *parts = tns_json_array();
    for (size_t i = 0; i < r->target.part_count; i++) {
        tns_json *part = tns_json_object();
        tns_json_set_text(part, "pigment", r->part[i]);
        tns_json_set_number(part, "fraction", tns_record_color(r->target.fraction[i]));
        tns_json_append(parts, part);
    }
    return parts;
}

static tns_json *json_from_target(const tns_gamut_record *r)
{
    const tns_gamut_distance *d = &r->target;
    tns_json *json = tns_json_object(), *missing = tns_json_object();
    tns_json_set(json, "lab", json_from_lab(d->target));
    tns_json_set_bool(json, "inside", d->inside);
    tns_json_set_number(json, "de00", tns_record_color(d->de00));
    tns_json_set(json, "nearest", json_from_lab(d->nearest));
    tns_json_set_number(missing, "dL", tns_record_color(d->missing.dL));
    tns_json_set_number(missing, "da", tns_record_color(d->missing.da));
    tns_json_set_number(missing, "db", tns_record_color(d->missing.db));
    tns_json_set_number(missing, "dC", tns_record_color(d->missing.dC));
    tns_json_set_number(missing, "dH", tns_record_color(d->missing.dH));
    tns_json_set(json, "missing", missing);
    tns_json_set(json, "parts", json_from_parts(r));
    return json;
}

char *tns_gamut_record_write(const tns_gamut_record *r)
{
    tns_json *record = tns_record(SCHEMA), *slices = tns_json_array(), *box = tns_json_object();
    const double L[2] = {r->least.L, r->most.L}, a[2] = {r->least.a, r->most.a};
    const double b[2] = {r->least.b, r->most.b};
    for (size_t i = 0; i < r->slice_count; i++)
        tns_json_append(slices, json_from_slice(&r->slices[i]));
    tns_json_set(box, "L", tns_json_numbers(L, 2));
    tns_json_set(box, "a", tns_json_numbers(a, 2));
    tns_json_set(box, "b", tns_json_numbers(b, 2));
    tns_json_set_text(record, "palette", r->palette);
    tns_json_set_text(record, "surface", r->surface);
    tns_json_set_integer(record, "pigments", (long long)r->pigments);
    tns_json_set_text(record, "illuminant", "D65");
    tns_json_set_text(record, "observer", "10");
    tns_json_set_number(record, "cell", r->cell);
    tns_json_set_number(record, "volume", tns_record_amount(r->volume));
    tns_json_set(record, "box", box);
    if (r->has_target)
        tns_json_set(record, "target", json_from_target(r));
    tns_json_set(record, "slices", slices);
    tns_json_set_text_if(record, "path", r->path);
    tns_json_set_bool(record, "written", r->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&r->warnings));
    return tns_record_finish(record);
}

/* ---- Reading ---- */

static bool get_loop(const tns_json_at *at, tns_gamut_loop *out, tns_error *err)
{
    if (!tns_json_expect_array(at, err))
        return false;
    size_t count = tns_json_size(at);
    out->point = tns_record_array(at, count, sizeof *out->point, err);
    for (size_t i = 0; out->point && i < count; i++) {
        tns_json_at point = tns_json_item(at, i);
        if (!tns_json_each_number(&point, -LAB_MAX, LAB_MAX, out->point[i], 2, err))
            return false;
        out->count++;
    }
    return out->point != NULL;
}

static bool get_slice(const tns_json_at *at, tns_gamut_slice *out, tns_error *err)
{
    tns_json_at loops;
    size_t count;
    if (!tns_json_expect_object(at, err) || !tns_json_get_number(at, "L", 0, 100, &out->L, err) ||
        !tns_json_get_list(at, "loops", LOOPS_MAX, &loops, &count, err) ||
        !(out->loops = tns_record_array(&loops, count, sizeof *out->loops, err)))
        return false;
    for (; out->loop_count < count; out->loop_count++) {
        tns_json_at loop = tns_json_item(&loops, out->loop_count);
        if (!get_loop(&loop, &out->loops[out->loop_count], err)) {
            free(out->loops[out->loop_count].point);
            return false;
        }
    }
    return true;
}

static bool get_slices(const tns_json_at *at, tns_gamut_record *out, tns_error *err)
{
    tns_json_at slices;
    size_t count;
    if (!tns_json_get_list(at, "slices", SLICES_MAX, &slices, &count, err) ||
        !(out->slices = tns_record_array(&slices, count, sizeof *out->slices, err)))
        return false;
    for (size_t i = 0; i < count; i++) {
        tns_json_at slice = tns_json_item(&slices, i);
        out->slice_count++;
        if (!get_slice(&slice, &out->slices[i], err))
            return false;
    }
    return true;
}

static bool get_missing(const tns_json_at *at, tns_difference *out, tns_error *err)
{
    tns_json_at missing;
    return tns_json_get_object(at, "missing", &missing, err) &&
           tns_json_get_number(&missing, "dL", -LAB_MAX, LAB_MAX, &out->dL, err) &&
           tns_json_get_number(&missing, "da", -LAB_MAX, LAB_MAX, &out->da, err) &&
           tns_json_get_number(&missing, "db", -LAB_MAX, LAB_MAX, &out->db, err) &&
           tns_json_get_number(&missing, "dC", -LAB_MAX, LAB_MAX, &out->dC, err) &&
           tns_json_get_number(&missing, "dH", -LAB_MAX, LAB_MAX, &out->dH, err);
}

static bool get_parts(const tns_json_at *at, tns_gamut_record *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "parts", TNS_PARTS_MAX, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        tns_json_at part = tns_json_item(&list, i);
        out->target.pigment[i] = -1;
        if (!tns_json_expect_object(&part, err) ||
            !tns_json_get_text(&part, "pigment", out->part[i], sizeof out->part[i], err) ||
            !tns_json_get_number(&part, "fraction", 0, 1, &out->target.fraction[i], err))
            return false;
    }
    out->target.part_count = count;
    return true;
}

static bool get_target(const tns_json_at *at, tns_gamut_record *out, tns_error *err)
{
    tns_json_at target;
    tns_color lab, nearest;
    out->has_target = tns_json_has(at, "target");
    if (!out->has_target)
        return true;
    if (!tns_json_get_object(at, "target", &target, err) ||
        !tns_json_get_computed(&target, "lab", &lab, err) ||
        !tns_json_get_bool(&target, "inside", &out->target.inside, err) ||
        !tns_json_get_number(&target, "de00", 0, 1000, &out->target.de00, err) ||
        !tns_json_get_computed(&target, "nearest", &nearest, err) ||
        !get_missing(&target, &out->target.missing, err) || !get_parts(&target, out, err))
        return false;
    out->target.target = lab.lab;
    out->target.nearest = nearest.lab;
    return true;
}

static bool get_box(const tns_json_at *at, tns_gamut_record *out, tns_error *err)
{
    tns_json_at box;
    double L[2], a[2], b[2];
    if (!tns_json_get_object(at, "box", &box, err) ||
        !tns_json_get_numbers(&box, "L", -LAB_MAX, LAB_MAX, L, 2, err) ||
        !tns_json_get_numbers(&box, "a", -LAB_MAX, LAB_MAX, a, 2, err) ||
        !tns_json_get_numbers(&box, "b", -LAB_MAX, LAB_MAX, b, 2, err))
        return false;
    out->least = (tns_lab){L[0], a[0], b[0]};
    out->most = (tns_lab){L[1], a[1], b[1]};
    return true;
}

static bool get_record(const tns_json_at *at, void *record, tns_error *err)
{
    tns_gamut_record *out = record;
    int pigments = 0;
    if (!tns_record_expect(at, SCHEMA, err) ||
        !tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) ||
        !tns_json_get_text(at, "surface", out->surface, sizeof out->surface, err) ||
        !tns_json_get_integer(at, "pigments", 1, PIGMENTS_MAX, &pigments, err) ||
        !tns_json_get_number(at, "cell", 0.1, 100, &out->cell, err) ||
        !tns_json_get_number(at, "volume", 0, 1e9, &out->volume, err) || !get_box(at, out, err))
        return false;
    out->pigments = (size_t)pigments;
    return get_target(at, out, err) && get_slices(at, out, err) &&
           tns_json_opt_text(at, "path", out->path, sizeof out->path, err) &&
           tns_json_get_bool(at, "written", &out->written, err) &&
           tns_json_opt_warnings(at, &out->warnings, err);
}

tns_gamut_record *tns_gamut_record_parse(const char *text, size_t length, const char *name,
                                         tns_error *err)
{
    tns_gamut_record *out = tns_record_new(sizeof *out, name, err);
    if (out && tns_record_parse(text, length, name, get_record, out, err))
        return out;
    tns_gamut_record_destroy(out);
    return NULL;
}

void tns_gamut_record_destroy(tns_gamut_record *record)
{
    if (!record)
        return;
    for (size_t i = 0; i < record->slice_count; i++)
        tns_gamut_loops_destroy(record->slices[i].loops, record->slices[i].loop_count);
    free(record->slices);
    free(record);
}
