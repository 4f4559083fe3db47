/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <tonsure/palette_records.h>

#include "records/parts.h"

static void set_color_number(tns_json *json, const char *key, double value)
{
    tns_json_set_number(json, key, tns_record_color(value));
}

static tns_json *json_from_row(const tns_fit_row *row, bool left_out)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "id", row->id);
    set_color_number(json, "de00", row->de00);
    set_color_number(json, "rmse", row->rmse);
    tns_json_set_bool(json, "held_out", row->held_out);
    if (!row->held_out)
        tns_json_set_number(json, "leverage", tns_record_amount(row->leverage));
    if (left_out)
        set_color_number(json, "left_out_de00", row->left_out);
    return json;
}

tns_json *tns_json_from_fit_summary(const tns_fit_summary *summary)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "samples", (long long)summary->count);
    set_color_number(json, "mean", summary->mean);
    set_color_number(json, "median", summary->median);
    set_color_number(json, "p95", summary->p95);
    set_color_number(json, "max", summary->max);
    return json;
}

static tns_json *json_from_held_out(const tns_fit *fit)
{
    tns_json *json = tns_json_from_fit_summary(&fit->held_out);
    tns_json_set_text(json, "method", fit->folds > 0 ? "folds" : "named");
    if (fit->folds > 0)
        tns_json_set_integer(json, "folds", fit->folds);
    return json;
}

tns_json *tns_json_from_fit_model(const tns_palette_model *model, double k2_sd, const char *white,
                                  size_t pigments)
{
    tns_json *json = tns_json_object(), *saunderson = tns_json_object();
    tns_json_set_text(json, "kind", model->single_constant ? "single-constant" : "two-constant");
    tns_json_set_text(json, "scale", model->absolute ? "absolute" : "relative");
    tns_json_set_number(saunderson, "k1", model->k1);
    tns_json_set_number(saunderson, "k2", model->k2);
    if (k2_sd > 0)
        tns_json_set_number(saunderson, "k2_sd", tns_record_amount(k2_sd));
    tns_json_set(json, "saunderson", saunderson);
    tns_json_set_text(json, "specular", model->specular_included ? "included" : "excluded");
    tns_json_set_text(json, "amount_basis", model->basis == TNS_BY_MASS ? "mass" : "volume");
    tns_json_set_text_if(json, "load_unit", model->load_unit);
    tns_json_set_text_if(json, "white", white);
    tns_json_set_integer(json, "pigments", (long long)pigments);
    return json;
}

static tns_json *json_from_model(const tns_fit *fit)
{
    tns_json *json =
        tns_json_from_fit_model(&fit->palette->model, fit->k2_sd, fit->white, fit->palette->count);
    if (fit->relative > 0) {
        tns_json *reading = tns_json_object();
        set_color_number(reading, "noise", fit->noise);
        set_color_number(reading, "relative", fit->relative);
        if (fit->load_sd > 0)
            set_color_number(reading, "load", fit->load_sd);
        tns_json_set(json, "reading_deviation", reading);
        tns_json_set_text(json, "weights", fit->even_weights ? "even" : "learned");
    }
    return json;
}

const char *const tns_put_words[3] = {"added", "replaced", "kept"};

static tns_json *json_from_put(const tns_fit_put *put)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "pigment", put->pigment);
    tns_json_set_text(json, "put", tns_put_words[put->how]);
    if (put->how != TNS_PUT_ADDED)
        tns_json_set_text(json, "was", put->was == TNS_ORIGIN_MODELLED ? "modelled" : "measured");
    if (!isnan(put->moved))
        set_color_number(json, "moved_de00", put->moved);
    if (!isnan(put->strength)) {
        tns_json_set_number(json, "strength", tns_record_amount(put->strength));
        tns_json_set_number(json, "strength_sd", tns_record_amount(put->strength_sd));
        tns_json_set_bool(json, "ties", put->ties);
    }
    return json;
}

static tns_json *json_from_into(const tns_fit_into *into)
{
    tns_json *json = tns_json_object(), *puts = tns_json_array();
    tns_json_set_text(json, "palette", into->palette);
    for (size_t i = 0; i < into->count; i++)
        tns_json_append(puts, json_from_put(&into->puts[i]));
    tns_json_set(json, "pigments", puts);
    tns_json_set_integer(json, "untouched", (long long)into->untouched);
    if (into->scale > 0) {
        tns_json_set_number(json, "scale", tns_record_amount(into->scale));
        tns_json_set_number(json, "scale_sd", tns_record_amount(into->scale_sd));
    }
    return json;
}

char *tns_fit_write(const tns_fit *fit, const char *path, bool written)
{
    return tns_fit_write_into(fit, NULL, path, written);
}

void tns_fit_into_finish(tns_fit_into *into)
{
    free(into->puts);
    *into = (tns_fit_into){0};
}

char *tns_fit_write_into(const tns_fit *fit, const tns_fit_into *into, const char *path,
                         bool written)
{
    tns_json *record = tns_record("tonsure/fit/1"), *samples = tns_json_array();
    tns_json *summary = tns_json_object();
    for (size_t i = 0; i < fit->count; i++)
        tns_json_append(samples, json_from_row(&fit->rows[i], fit->folds > 0));
    tns_json_set_text(record, "palette", fit->palette->name);
    tns_json_set_text(record, "path", path);
    tns_json_set_bool(record, "written", written);
    tns_json_set(record, "samples", samples);
    tns_json_set(summary, "fitted", tns_json_from_fit_summary(&fit->fitted));
    if (fit->held_out.count > 0)
        tns_json_set(summary, "held_out", json_from_held_out(fit));
    else
        tns_json_set_null(summary, "held_out");
    tns_json_set(record, "summary", summary);
    tns_json_set(record, "model", json_from_model(fit));
    if (into && into->palette[0])
        tns_json_set(record, "into", json_from_into(into));
    tns_json_set(record, "warnings", tns_json_from_warnings(&fit->warnings));
    return tns_record_finish(record);
}
