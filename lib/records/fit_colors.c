/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tonsure/fit/1 of samples that were read as colors alone: known pigments, moved to the readings.
 */
#include <tonsure/palette_records.h>

#include "records/parts.h"

static tns_json *json_from_sample(const tns_learn_mix_record *mix)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "id", mix->id);
    tns_json_set_number(json, "de00", tns_record_color(mix->de00_after));
    tns_json_set_null(json, "rmse"); /* no spectrum was read */
    tns_json_set_bool(json, "held_out", mix->held_out);
    tns_json_set_number(json, "before_de00", tns_record_color(mix->de00_before));
    if (!mix->held_out)
        tns_json_set_number(json, "left_out_de00", tns_record_color(mix->de00_left_out));
    tns_json_set_bool(json, "set_aside", mix->set_aside);
    tns_json_set(json, "measured", tns_json_from_color(&mix->measured));
    tns_json_set(json, "predicted", tns_json_from_color(&mix->after));
    return json;
}

static tns_json *json_from_held_out(const tns_learn_record *r)
{
    bool named = r->held_out.count > 0;
    tns_json *json = tns_json_from_fit_summary(named ? &r->held_out : &r->left_out);
    tns_json_set_text(json, "method", named ? "named" : "folds");
    if (!named)
        tns_json_set_integer(json, "folds", (long long)r->left_out.count);
    return json;
}

static tns_json *json_from_summary(const tns_learn_record *r)
{
    tns_json *json = tns_json_object();
    tns_json_set(json, "fitted", tns_json_from_fit_summary(&r->after));
    if (r->held_out.count > 0 || r->left_out.count > 1)
        tns_json_set(json, "held_out", json_from_held_out(r));
    else
        tns_json_set_null(json, "held_out");
    tns_json_set(json, "before", tns_json_from_fit_summary(&r->before));
    return json;
}

char *tns_fit_write_colors(const tns_learn_record *r)
{
    tns_json *record = tns_record("tonsure/fit/1"), *samples = tns_json_array();
    tns_json *inks = tns_json_array();
    for (size_t i = 0; i < r->mix_count; i++)
        tns_json_append(samples, json_from_sample(&r->mixes[i]));
    for (size_t i = 0; i < r->ink_count; i++)
        tns_json_append(inks, tns_json_from_learn_ink(&r->inks[i]));
    tns_json_set_text(record, "palette", r->palette);
    tns_json_set_text(record, "path", r->path);
    tns_json_set_bool(record, "written", r->written);
    tns_json_set(record, "samples", samples);
    tns_json_set(record, "summary", json_from_summary(r));
    tns_json_set(record, "model", tns_json_from_fit_model(&r->model, 0, "", r->pigments));
    tns_json_set(record, "inks", inks);
    tns_json_set(record, "warnings", tns_json_from_warnings(&r->warnings));
    return tns_record_finish(record);
}
