/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette_records.h>

#include "records/parts.h"

#define SCHEMA_PLAN "tonsure/ladder-plan/1"
#define SCHEMA_LADDER "tonsure/ladder/1"

enum { ROWS_MAX = 100000, DROPS_MAX = 1000 };

static const double DE_MAX = 1000, SD_MAX = 1e6;
static const char *const part_words[TNS_LADDER_PARTS] = {"bottle", "white", "black", "diluent"};

/* ---- Writing: a plan ---- */

static tns_json *json_from_parts(const tns_ladder_plan_record *plan, const tns_ladder_step *step)
{
    tns_json *parts = tns_json_array();
    for (int i = 0; i < TNS_LADDER_PARTS; i++) {
        if (step->drops[i] == 0)
            continue;
        tns_json *part = tns_json_object();
        tns_json_set_text(part, "part", part_words[i]);
        tns_json_set_text(part, "pigment", plan->part[i]);
        tns_json_set_integer(part, "drops", step->drops[i]);
        tns_json_set_number(part, "ml", tns_record_amount(step->ml[i]));
        tns_json_set_number(part, "amount", tns_record_color(step->amount[i]));
        tns_json_append(parts, part);
    }
    return parts;
}

static tns_json *json_from_step(const tns_ladder_plan_record *plan, const tns_ladder_step *step)
{
    tns_json *json = tns_json_object(), *backings = tns_json_array();
    tns_json_set_text(json, "id", step->id);
    tns_json_set(json, "parts", json_from_parts(plan, step));
    if (step->on_white)
        tns_json_append(backings, tns_json_string("white"));
    if (step->on_black)
        tns_json_append(backings, tns_json_string("black"));
    tns_json_set(json, "read_on", backings);
    return json;
}

static void set_deviations(tns_json *json, const char *key, double K, double S)
{
    tns_json *child = tns_json_object();
    tns_json_set_number(child, "K", tns_record_amount(K));
    tns_json_set_number(child, "S", tns_record_amount(S));
    tns_json_set(json, key, child);
}

char *tns_ladder_plan_write(const tns_ladder_plan_record *plan)
{
    const tns_ladder *ladder = &plan->ladder;
    tns_json *record = tns_record(SCHEMA_PLAN), *steps = tns_json_array();
    tns_json *partners = tns_json_object();
    for (int i = 1; i < TNS_LADDER_PARTS; i++)
        tns_json_set_text_if(partners, part_words[i], plan->part[i]);
    for (size_t i = 0; i < ladder->count; i++)
        tns_json_append(steps, json_from_step(plan, &ladder->step[i]));
    tns_json_set_text(record, "palette", plan->palette);
    tns_json_set_text(record, "pigment", plan->part[TNS_LADDER_BOTTLE]);
    tns_json_set_text_if(record, "planned_after", plan->known);
    tns_json_set(record, "partners", partners);
    tns_json_set_text(record, "samples", ladder->opaque ? "opaque" : "films");
    if (!ladder->opaque) {
        tns_json_set_number(record, "load", tns_record_amount(ladder->load));
        tns_json_set_text(record, "load_unit", plan->load_unit);
    }
    tns_json_set_number(record, "minutes", tns_record_amount(ladder->minutes));
    tns_json_set_integer(record, "readings", (long long)ladder->readings);
    tns_json_set_bool(record, "weigh_first", ladder->weigh_first);
    tns_json_set(record, "steps", steps);
    set_deviations(record, "expected_sd", ladder->K_sd, ladder->S_sd);
    tns_json_set_text_if(record, "path", plan->path);
    tns_json_set_bool(record, "written", plan->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&ladder->warnings));
    return tns_record_finish(record);
}

/* ---- Writing: a fit ---- */

static tns_json *json_from_row(const tns_ladder_row *row)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "id", row->id);
    tns_json_set(json, "measured", tns_json_from_color(&row->measured));
    tns_json_set(json, "predicted", tns_json_from_color(&row->predicted));
    tns_json_set_number(json, "de00", tns_record_color(row->de00));
    tns_json_set_number(json, "left_out_de00", tns_record_color(row->left_out));
    tns_json_set_number(json, "leverage", tns_record_amount(row->leverage));
    return json;
}

static tns_json *json_from_summary(const tns_fit_summary *summary)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "samples", (long long)summary->count);
    tns_json_set_number(json, "mean", tns_record_color(summary->mean));
    tns_json_set_number(json, "median", tns_record_color(summary->median));
    tns_json_set_number(json, "p95", tns_record_color(summary->p95));
    tns_json_set_number(json, "max", tns_record_color(summary->max));
    return json;
}

char *tns_ladder_write(const tns_ladder_result *result)
{
    tns_json *record = tns_record(SCHEMA_LADDER), *rows = tns_json_array();
    tns_json *summary = tns_json_object();
    for (size_t i = 0; i < result->count; i++)
        tns_json_append(rows, json_from_row(&result->rows[i]));
    tns_json_set_text(record, "palette", result->palette);
    tns_json_set_text(record, "pigment", result->pigment);
    tns_json_set(record, "samples", rows);
    tns_json_set(summary, "fitted", json_from_summary(&result->fitted));
    if (result->left_out.count > 0)
        tns_json_set(summary, "left_out", json_from_summary(&result->left_out));
    else
        tns_json_set_null(summary, "left_out");
    tns_json_set(record, "summary", summary);
    set_deviations(record, "sd", result->K_sd, result->S_sd);
    tns_json_set_text_if(record, "path", result->path);
    tns_json_set_bool(record, "written", result->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&result->warnings));
    return tns_record_finish(record);
}

/* ---- Reading: a plan ---- */

static bool get_part(const tns_json_at *at, tns_ladder_plan_record *plan, tns_ladder_step *step,
                     tns_error *err)
{
    int part = 0;
    if (!tns_json_get_choice(at, "part", part_words, TNS_LADDER_PARTS, &part, err))
        return false;
    char *id = plan->part[part];
    return tns_json_get_text(at, "pigment", id, TNS_ID_SIZE, err) &&
           tns_json_get_integer(at, "drops", 1, DROPS_MAX, &step->drops[part], err) &&
           tns_json_get_number(at, "ml", 0, 1e6, &step->ml[part], err) &&
           tns_json_get_number(at, "amount", 0, 1e9, &step->amount[part], err);
}

static bool get_backings(const tns_json_at *at, tns_ladder_step *step, tns_error *err)
{
    char word[16];
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "read_on", 2, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!tns_json_text(&item, word, sizeof word, err))
            return false;
        bool white = strcmp(word, "white") == 0;
        if (!white && strcmp(word, "black") != 0)
            return tns_json_fail(&item, err, TNS_ERROR_FORMAT,
                                 "expected \"white\" or \"black\", found \"%s\"", word);
        *(white ? &step->on_white : &step->on_black) = true;
    }
    return true;
}

static bool get_step(const tns_json_at *at, tns_ladder_plan_record *plan, tns_ladder_step *step,
                     tns_error *err)
{
    tns_json_at parts;
    size_t count;
    if (!tns_json_expect_object(at, err) ||
        !tns_json_get_text(at, "id", step->id, sizeof step->id, err) ||
        !tns_json_get_list(at, "parts", TNS_LADDER_PARTS, &parts, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        tns_json_at part = tns_json_item(&parts, i);
        if (!tns_json_expect_object(&part, err) || !get_part(&part, plan, step, err))
            return false;
    }
    return get_backings(at, step, err);
}

static bool get_deviations(const tns_json_at *at, const char *key, double *K, double *S,
                           tns_error *err)
{
    tns_json_at child;
    return tns_json_get_object(at, key, &child, err) &&
           tns_json_get_number(&child, "K", 0, SD_MAX, K, err) &&
           tns_json_get_number(&child, "S", 0, SD_MAX, S, err);
}

static bool get_partners(const tns_json_at *at, tns_ladder_plan_record *out, tns_error *err)
{
    tns_json_at partners;
    bool done = tns_json_get_object(at, "partners", &partners, err) &&
                tns_json_get_text(at, "pigment", out->part[0], TNS_ID_SIZE, err);
    for (int i = 1; done && i < TNS_LADDER_PARTS; i++)
        done = tns_json_opt_text(&partners, part_words[i], out->part[i], TNS_ID_SIZE, err);
    return done;
}

static bool get_load(const tns_json_at *at, tns_ladder_plan_record *out, tns_error *err)
{
    static const char *const words[] = {"films", "opaque"};
    int samples = 0;
    if (!tns_json_get_choice(at, "samples", words, 2, &samples, err))
        return false;
    out->ladder.opaque = samples == 1;
    return out->ladder.opaque ||
           (tns_json_get_number(at, "load", 0, 1e9, &out->ladder.load, err) &&
            tns_json_get_text(at, "load_unit", out->load_unit, sizeof out->load_unit, err));
}

static bool get_plan(const tns_json_at *at, void *record, tns_error *err)
{
    tns_ladder_plan_record *out = record;
    tns_json_at steps;
    tns_ladder *ladder = &out->ladder;
    int readings = 0;
    if (!tns_record_expect(at, SCHEMA_PLAN, err) ||
        !tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) ||
        !tns_json_opt_text(at, "planned_after", out->known, sizeof out->known, err) ||
        !get_partners(at, out, err) || !get_load(at, out, err) ||
        !tns_json_get_number(at, "minutes", 0, 1e6, &ladder->minutes, err) ||
        !tns_json_get_integer(at, "readings", 0, 1000, &readings, err) ||
        !tns_json_get_bool(at, "weigh_first", &ladder->weigh_first, err) ||
        !tns_json_get_list(at, "steps", TNS_LADDER_STEPS_MAX, &steps, &ladder->count, err))
        return false;
    ladder->readings = (size_t)readings;
    for (size_t i = 0; i < ladder->count; i++) {
        tns_json_at step = tns_json_item(&steps, i);
        if (!get_step(&step, out, &ladder->step[i], err))
            return false;
    }
    return get_deviations(at, "expected_sd", &ladder->K_sd, &ladder->S_sd, err) &&
           tns_json_opt_text(at, "path", out->path, sizeof out->path, err) &&
           tns_json_get_bool(at, "written", &out->written, err) &&
           tns_json_opt_warnings(at, &ladder->warnings, err);
}

bool tns_ladder_plan_parse(const char *text, size_t length, const char *name,
                           tns_ladder_plan_record *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_plan, out, err);
}

/* ---- Reading: a fit ---- */

static bool get_told(const tns_json_at *sd, const char *key, double *out, tns_error *err)
{
    *out = NAN;
    return tns_json_is_null(sd, key) || tns_json_get_number(sd, key, 0, SD_MAX, out, err);
}

static bool get_sd(const tns_json_at *at, tns_ladder_result *out, tns_error *err)
{
    tns_json_at sd;
    return tns_json_get_object(at, "sd", &sd, err) && get_told(&sd, "K", &out->K_sd, err) &&
           get_told(&sd, "S", &out->S_sd, err);
}

static bool get_row(const tns_json_at *at, tns_ladder_row *out, tns_error *err)
{
    out->left_out = NAN;
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, "id", out->id, sizeof out->id, err) &&
           tns_json_get_computed(at, "measured", &out->measured, err) &&
           tns_json_get_computed(at, "predicted", &out->predicted, err) &&
           tns_json_get_number(at, "de00", 0, DE_MAX, &out->de00, err) &&
           tns_json_opt_number(at, "left_out_de00", 0, DE_MAX, &out->left_out, err) &&
           tns_json_get_number(at, "leverage", 0, 1, &out->leverage, err);
}

static bool get_summaries(const tns_json_at *at, tns_ladder_result *out, tns_error *err)
{
    tns_json_at summary, fitted, left_out;
    if (!tns_json_get_object(at, "summary", &summary, err) ||
        !tns_json_get_object(&summary, "fitted", &fitted, err) ||
        !tns_json_fit_summary(&fitted, &out->fitted, err))
        return false;
    if (!tns_json_has(&summary, "left_out"))
        return true;
    return tns_json_get_object(&summary, "left_out", &left_out, err) &&
           tns_json_fit_summary(&left_out, &out->left_out, err);
}

static bool get_result(const tns_json_at *at, void *record, tns_error *err)
{
    tns_ladder_result *out = record;
    tns_json_at rows;
    size_t count;
    if (!tns_record_expect(at, SCHEMA_LADDER, err) ||
        !tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) ||
        !tns_json_get_text(at, "pigment", out->pigment, sizeof out->pigment, err) ||
        !tns_json_get_list(at, "samples", ROWS_MAX, &rows, &count, err) ||
        !(out->rows = tns_record_array(&rows, count, sizeof *out->rows, err)))
        return false;
    for (; out->count < count; out->count++) {
        tns_json_at row = tns_json_item(&rows, out->count);
        if (!get_row(&row, &out->rows[out->count], err))
            return false;
    }
    return get_summaries(at, out, err) && get_sd(at, out, err) &&
           tns_json_opt_text(at, "path", out->path, sizeof out->path, err) &&
           tns_json_get_bool(at, "written", &out->written, err) &&
           tns_json_opt_warnings(at, &out->warnings, err);
}

tns_ladder_result *tns_ladder_parse(const char *text, size_t length, const char *name,
                                    tns_error *err)
{
    tns_ladder_result *out = tns_record_new(sizeof *out, name, err);
    if (out && tns_record_parse(text, length, name, get_result, out, err))
        return out;
    tns_ladder_result_destroy(out);
    return NULL;
}

void tns_ladder_result_destroy(tns_ladder_result *result)
{
    if (!result)
        return;
    free(result->rows);
    free(result);
}
