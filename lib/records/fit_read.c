/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads tonsure/fit/1. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette_records.h>

#include "records/parts.h"

enum { ROWS_MAX = 1000000, FOLDS_MAX = 1000 };

static const double DE_MAX = 1000, RMSE_MAX = 1e6, STRENGTH_MAX = 1e12;

bool tns_json_fit_summary(const tns_json_at *at, tns_fit_summary *out, tns_error *err)
{
    int samples = 0;
    bool done = tns_json_get_integer(at, "samples", 0, ROWS_MAX, &samples, err) &&
                tns_json_get_number(at, "mean", 0, DE_MAX, &out->mean, err) &&
                tns_json_get_number(at, "median", 0, DE_MAX, &out->median, err) &&
                tns_json_get_number(at, "p95", 0, DE_MAX, &out->p95, err) &&
                tns_json_get_number(at, "max", 0, DE_MAX, &out->max, err);
    out->count = (size_t)samples;
    return done;
}

static bool get_row(const tns_json_at *at, tns_fit_row *out, tns_error *err)
{
    out->de00 = out->rmse = out->left_out = NAN;
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, "id", out->id, sizeof out->id, err) &&
           tns_json_opt_number(at, "de00", 0, DE_MAX, &out->de00, err) &&
           tns_json_opt_number(at, "rmse", 0, RMSE_MAX, &out->rmse, err) &&
           tns_json_get_bool(at, "held_out", &out->held_out, err) &&
           tns_json_opt_number(at, "leverage", 0, 1, &out->leverage, err) &&
           tns_json_opt_number(at, "left_out_de00", 0, DE_MAX, &out->left_out, err);
}

static bool get_rows(const tns_json_at *at, tns_fit *out, tns_error *err)
{
    tns_json_at rows;
    size_t count;
    if (!tns_json_get_list(at, "samples", ROWS_MAX, &rows, &count, err) ||
        !(out->rows = tns_record_array(&rows, count, sizeof *out->rows, err)))
        return false;
    for (; out->count < count; out->count++) {
        tns_json_at row = tns_json_item(&rows, out->count);
        if (!get_row(&row, &out->rows[out->count], err))
            return false;
    }
    return true;
}

static bool get_held_out(const tns_json_at *summary, tns_fit *out, tns_error *err)
{
    static const char *const methods[] = {"named", "folds"};
    tns_json_at at;
    int method = 0;
    if (!tns_json_has(summary, "held_out"))
        return true;
    if (!tns_json_get_object(summary, "held_out", &at, err) ||
        !tns_json_fit_summary(&at, &out->held_out, err) ||
        !tns_json_get_choice(&at, "method", methods, 2, &method, err))
        return false;
    return method == 0 || tns_json_get_integer(&at, "folds", 2, FOLDS_MAX, &out->folds, err);
}

static bool get_summaries(const tns_json_at *at, tns_fit *out, tns_error *err)
{
    tns_json_at summary, fitted;
    return tns_json_get_object(at, "summary", &summary, err) &&
           tns_json_get_object(&summary, "fitted", &fitted, err) &&
           tns_json_fit_summary(&fitted, &out->fitted, err) && get_held_out(&summary, out, err);
}

static bool get_saunderson(const tns_json_at *model, tns_fit_record *out, tns_error *err)
{
    tns_json_at at;
    return tns_json_get_object(model, "saunderson", &at, err) &&
           tns_json_get_number(&at, "k1", 0, 0.5, &out->model.k1, err) &&
           tns_json_get_number(&at, "k2", 0, 0.95, &out->model.k2, err) &&
           tns_json_opt_number(&at, "k2_sd", 0, 1, &out->fit.k2_sd, err);
}

static bool get_deviation(const tns_json_at *model, tns_fit *out, tns_error *err)
{
    static const char *const words[] = {"learned", "even"};
    tns_json_at at;
    int weights = 0;
    if (!tns_json_has(model, "reading_deviation"))
        return true;
    bool done = tns_json_get_object(model, "reading_deviation", &at, err) &&
                tns_json_get_number(&at, "noise", 0, 1, &out->noise, err) &&
                tns_json_get_number(&at, "relative", 0, 100, &out->relative, err) &&
                tns_json_opt_number(&at, "load", 0, 10, &out->load_sd, err) &&
                tns_json_opt_choice(model, "weights", words, 2, &weights, err);
    out->even_weights = weights == 1;
    return done;
}

static bool get_model(const tns_json_at *record, tns_fit_record *out, tns_error *err)
{
    static const char *const kinds[] = {"two-constant"}, *const scales[] = {"relative", "absolute"};
    static const char *const speculars[] = {"excluded", "included"};
    static const char *const bases[] = {"volume", "mass"};
    int kind = 0, scale = 0, specular = 0, basis = 0, pigments = 0;
    tns_json_at at;
    bool done = tns_json_get_object(record, "model", &at, err) &&
                tns_json_get_choice(&at, "kind", kinds, 1, &kind, err) &&
                tns_json_get_choice(&at, "scale", scales, 2, &scale, err) &&
                get_saunderson(&at, out, err) &&
                tns_json_get_choice(&at, "specular", speculars, 2, &specular, err) &&
                tns_json_get_choice(&at, "amount_basis", bases, 2, &basis, err) &&
                tns_json_opt_text(&at, "load_unit", out->model.load_unit,
                                  sizeof out->model.load_unit, err) &&
                tns_json_opt_text(&at, "white", out->fit.white, sizeof out->fit.white, err) &&
                tns_json_get_integer(&at, "pigments", 1, ROWS_MAX, &pigments, err) &&
                get_deviation(&at, &out->fit, err);
    out->model.absolute = scale == 1;
    out->model.specular_included = specular == 1;
    out->model.basis = basis == 1 ? TNS_BY_MASS : TNS_BY_VOLUME;
    out->pigments = (size_t)pigments;
    return done;
}

static bool get_put(const tns_json_at *at, tns_fit_put *out, tns_error *err)
{
    static const char *const origins[] = {"measured", "modelled"};
    int how = 0, was = 0;
    out->moved = out->strength = out->strength_sd = NAN;
    bool done = tns_json_expect_object(at, err) &&
                tns_json_get_text(at, "pigment", out->pigment, sizeof out->pigment, err) &&
                tns_json_get_choice(at, "put", tns_put_words, 3, &how, err) &&
                tns_json_opt_choice(at, "was", origins, 2, &was, err) &&
                tns_json_opt_number(at, "moved_de00", 0, DE_MAX, &out->moved, err) &&
                tns_json_opt_number(at, "strength", 0, STRENGTH_MAX, &out->strength, err) &&
                tns_json_opt_number(at, "strength_sd", 0, STRENGTH_MAX, &out->strength_sd, err) &&
                (!tns_json_has(at, "ties") || tns_json_get_bool(at, "ties", &out->ties, err));
    out->how = (tns_put_how)how;
    out->was = was == 1 ? TNS_ORIGIN_MODELLED : TNS_ORIGIN_MEASURED;
    return done;
}

static bool get_into(const tns_json_at *record, tns_fit_into *out, tns_error *err)
{
    tns_json_at at, puts;
    size_t count;
    int untouched = 0;
    if (!tns_json_has(record, "into"))
        return true;
    if (!tns_json_get_object(record, "into", &at, err) ||
        !tns_json_get_text(&at, "palette", out->palette, sizeof out->palette, err) ||
        !tns_json_get_integer(&at, "untouched", 0, ROWS_MAX, &untouched, err) ||
        !tns_json_opt_number(&at, "scale", 0, STRENGTH_MAX, &out->scale, err) ||
        !tns_json_opt_number(&at, "scale_sd", 0, STRENGTH_MAX, &out->scale_sd, err) ||
        !tns_json_get_list(&at, "pigments", ROWS_MAX, &puts, &count, err) ||
        !(out->puts = tns_record_array(&puts, count, sizeof *out->puts, err)))
        return false;
    out->untouched = (size_t)untouched;
    for (; out->count < count; out->count++) {
        tns_json_at put = tns_json_item(&puts, out->count);
        if (!get_put(&put, &out->puts[out->count], err))
            return false;
    }
    return true;
}

static bool get_fit(const tns_json_at *at, void *record, tns_error *err)
{
    tns_fit_record *out = record;
    return tns_record_expect(at, "tonsure/fit/1", err) &&
           tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) &&
           tns_json_get_text(at, "path", out->path, sizeof out->path, err) &&
           tns_json_get_bool(at, "written", &out->written, err) && get_rows(at, &out->fit, err) &&
           get_summaries(at, &out->fit, err) && get_model(at, out, err) &&
           get_into(at, &out->into, err) && tns_json_opt_warnings(at, &out->fit.warnings, err);
}

bool tns_fit_parse(const char *text, size_t length, const char *name, tns_fit_record *out,
                   tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_fit, out, err))
        return true;
    tns_fit_record_finish(out);
    return false;
}

void tns_fit_record_finish(tns_fit_record *record)
{
    free(record->fit.rows);
    tns_fit_into_finish(&record->into);
    memset(record, 0, sizeof *record);
}
