/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tonsure/calibration/1: what is kept of an instrument, as text and back. */
#include <stdio.h>
#include <string.h>

#include <tonsure/instrument.h>

#include "base/json.h"

#define SCHEMA "tonsure/calibration/1"

/* ---- write ---- */

static void set_time(tns_json *json, const char *key, int64_t seconds)
{
    if (seconds > 0)
        tns_json_set_time(json, key, seconds);
}

static tns_json *json_from_reference(const tns_kept_calibration *kept)
{
    tns_json *json = tns_json_object(), *lab = tns_json_object();
    char observer[8];
    snprintf(observer, sizeof observer, "%d", (int)kept->reference.observer);
    tns_json_set_number(lab, "L", kept->reference.lab.L);
    tns_json_set_number(lab, "a", kept->reference.lab.a);
    tns_json_set_number(lab, "b", kept->reference.lab.b);
    tns_json_set_text(lab, "illuminant", kept->reference.illuminant);
    tns_json_set_text(lab, "observer", observer);
    set_time(json, "time", kept->reference_time);
    tns_json_set(json, "lab", lab);
    return json;
}

char *tns_calibration_write(const tns_kept_calibration *kept)
{
    const tns_calibration *c = &kept->calibration;
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "schema", SCHEMA);
    tns_json_set_text(json, "driver", kept->driver);
    tns_json_set_text(json, "serial", kept->serial);
    tns_json_set_text_if(json, "model", kept->model);
    set_time(json, "white_time", c->white_time);
    set_time(json, "dark_time", c->dark_time);
    tns_json_set_text_if(json, "tile", c->tile);
    tns_json_set_text_if(json, "doubt", kept->doubt);
    if (c->has_constant)
        tns_json_set(json, "constant", tns_json_numbers(c->constant, TNS_BANDS));
    tns_json_set(json, "values", tns_json_numbers(c->value, c->count));
    if (kept->reference_time > 0)
        tns_json_set(json, "reference", json_from_reference(kept));
    char *text = tns_json_write(json);
    tns_json_destroy(json);
    return text;
}

/* ---- parse ---- */

static bool get_values(const tns_json_at *root, tns_calibration *out, tns_error *err)
{
    tns_json_at at = tns_json_member(root, "values");
    if (!tns_json_expect_array(&at, err))
        return false;
    out->count = tns_json_size(&at);
    if (out->count > TNS_CALIBRATION_MAX)
        return tns_json_fail(&at, err, TNS_ERROR_FORMAT, "expected at most %d numbers, found %zu",
                             TNS_CALIBRATION_MAX, out->count);
    out->has_constant = tns_json_has(root, "constant");
    return tns_json_each_number(&at, -1e300, 1e300, out->value, out->count, err) &&
           (!out->has_constant ||
            tns_json_get_numbers(root, "constant", -1, 2, out->constant, TNS_BANDS, err));
}

static bool get_reference(const tns_json_at *root, tns_kept_calibration *out, tns_error *err)
{
    static const char *const observers[] = {"2", "10"};
    int observer;
    tns_json_at at = tns_json_member(root, "reference");
    if (!at.node)
        return true;
    tns_json_at lab = tns_json_member(&at, "lab");
    tns_color *c = &out->reference;
    bool done = tns_json_expect_object(&at, err) &&
                tns_json_opt_time(&at, "time", &out->reference_time, err) &&
                tns_json_expect_object(&lab, err) &&
                tns_json_get_number(&lab, "L", 0, 150, &c->lab.L, err) &&
                tns_json_get_number(&lab, "a", -150, 150, &c->lab.a, err) &&
                tns_json_get_number(&lab, "b", -150, 150, &c->lab.b, err) &&
                tns_json_get_text(&lab, "illuminant", c->illuminant, sizeof c->illuminant, err) &&
                tns_json_get_choice(&lab, "observer", observers, 2, &observer, err);
    c->observer = done && observer == 0 ? TNS_OBSERVER_2 : TNS_OBSERVER_10;
    return done;
}

static bool parse(const tns_json_at *root, tns_kept_calibration *out, tns_error *err)
{
    static const char *const schemas[] = {SCHEMA};
    int schema;
    tns_calibration *c = &out->calibration;
    return tns_json_expect_object(root, err) &&
           tns_json_get_choice(root, "schema", schemas, 1, &schema, err) &&
           tns_json_get_text(root, "driver", out->driver, sizeof out->driver, err) &&
           tns_json_get_text(root, "serial", out->serial, sizeof out->serial, err) &&
           tns_json_opt_text(root, "model", out->model, sizeof out->model, err) &&
           tns_json_opt_time(root, "white_time", &c->white_time, err) &&
           tns_json_opt_time(root, "dark_time", &c->dark_time, err) &&
           tns_json_opt_text(root, "tile", c->tile, sizeof c->tile, err) &&
           tns_json_opt_text(root, "doubt", out->doubt, sizeof out->doubt, err) &&
           get_values(root, c, err) && get_reference(root, out, err);
}

bool tns_calibration_parse(const char *text, size_t length, const char *name,
                           tns_kept_calibration *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    tns_json *json = tns_json_parse(text, length, name, err);
    tns_json_at root = tns_json_root(json, name);
    bool done = json && parse(&root, out, err);
    tns_json_destroy(json);
    return done;
}
