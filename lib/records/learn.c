/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette_records.h>

#include "records/parts.h"

#define SCHEMA "tonsure/learn/1"

enum { MIXES_MAX = 100000, FACTORS = 3 };

static const double DE_MAX = 1000, FIGURE_MAX = 1e9;

/* ---- Writing ---- */

static void set_figure(tns_json *json, const char *key, double value)
{
    tns_json_set_number(json, key, tns_record_color(value));
}

static tns_json *json_from_mix(const tns_learn_mix_record *mix)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "id", mix->id);
    tns_json_set_bool(json, "held_out", mix->held_out);
    tns_json_set_bool(json, "set_aside", mix->set_aside);
    tns_json_set(json, "measured", tns_json_from_color(&mix->measured));
    tns_json_set(json, "before", tns_json_from_color(&mix->before));
    tns_json_set(json, "after", tns_json_from_color(&mix->after));
    set_figure(json, "before_de00", mix->de00_before);
    set_figure(json, "after_de00", mix->de00_after);
    set_figure(json, "left_out_de00", mix->de00_left_out);
    set_figure(json, "misfit", mix->misfit);
    return json;
}

static tns_json *json_from_factors(const double factors[FACTORS])
{
    double rounded[FACTORS];
    for (int i = 0; i < FACTORS; i++)
        rounded[i] = tns_record_amount(factors[i]);
    return tns_json_numbers(rounded, FACTORS);
}

tns_json *tns_json_from_learn_ink(const tns_learn_ink_record *ink)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "pigment", ink->pigment);
    tns_json_set_text_if(json, "color_index", ink->color_index);
    tns_json_set_text(json, "prior", ink->prior);
    tns_json_set_integer(json, "mixes", (long long)ink->mixes);
    tns_json_set(json, "K_factor", json_from_factors(ink->K_factor));
    tns_json_set(json, "S_factor", json_from_factors(ink->S_factor));
    tns_json_set_number(json, "K_sd", tns_record_amount(ink->K_sd));
    tns_json_set_number(json, "S_sd", tns_record_amount(ink->S_sd));
    tns_json_set_number(json, "shift", tns_record_amount(ink->shift));
    return json;
}

static void set_summary(tns_json *json, const char *key, const tns_fit_summary *s)
{
    if (s->count > 0)
        tns_json_set(json, key, tns_json_from_fit_summary(s));
    else
        tns_json_set_null(json, key);
}

char *tns_learn_record_write(const tns_learn_record *r)
{
    tns_json *record = tns_record(SCHEMA), *summary = tns_json_object();
    tns_json *mixes = tns_json_array(), *inks = tns_json_array();
    for (size_t i = 0; i < r->mix_count; i++)
        tns_json_append(mixes, json_from_mix(&r->mixes[i]));
    for (size_t i = 0; i < r->ink_count; i++)
        tns_json_append(inks, tns_json_from_learn_ink(&r->inks[i]));
    tns_json_set_text(record, "palette", r->palette);
    tns_json_set_text_if(record, "version", r->version);
    tns_json_set(record, "mixes", mixes);
    set_summary(summary, "before", &r->before);
    set_summary(summary, "after", &r->after);
    set_summary(summary, "left_out", &r->left_out);
    set_summary(summary, "held_out", &r->held_out);
    tns_json_set(record, "summary", summary);
    tns_json_set(record, "inks", inks);
    tns_json_set_text(record, "path", r->path);
    tns_json_set_bool(record, "written", r->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&r->warnings));
    return tns_record_finish(record);
}

/* ---- Reading ---- */

static bool get_mix(const tns_json_at *at, tns_learn_mix_record *out, tns_error *err)
{
    out->de00_left_out = out->misfit = NAN;
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, "id", out->id, sizeof out->id, err) &&
           tns_json_get_bool(at, "held_out", &out->held_out, err) &&
           tns_json_get_bool(at, "set_aside", &out->set_aside, err) &&
           tns_json_get_computed(at, "measured", &out->measured, err) &&
           tns_json_get_computed(at, "before", &out->before, err) &&
           tns_json_get_computed(at, "after", &out->after, err) &&
           tns_json_get_number(at, "before_de00", 0, DE_MAX, &out->de00_before, err) &&
           tns_json_get_number(at, "after_de00", 0, DE_MAX, &out->de00_after, err) &&
           tns_json_opt_number(at, "left_out_de00", 0, DE_MAX, &out->de00_left_out, err) &&
           tns_json_opt_number(at, "misfit", 0, FIGURE_MAX, &out->misfit, err);
}

static bool get_ink(const tns_json_at *at, tns_learn_ink_record *out, tns_error *err)
{
    int mixes = 0;
    bool done =
        tns_json_expect_object(at, err) &&
        tns_json_get_text(at, "pigment", out->pigment, sizeof out->pigment, err) &&
        tns_json_opt_text(at, "color_index", out->color_index, sizeof out->color_index, err) &&
        tns_json_get_text(at, "prior", out->prior, sizeof out->prior, err) &&
        tns_json_get_integer(at, "mixes", 0, MIXES_MAX, &mixes, err) &&
        tns_json_get_numbers(at, "K_factor", 0, FIGURE_MAX, out->K_factor, FACTORS, err) &&
        tns_json_get_numbers(at, "S_factor", 0, FIGURE_MAX, out->S_factor, FACTORS, err) &&
        tns_json_get_number(at, "K_sd", 0, FIGURE_MAX, &out->K_sd, err) &&
        tns_json_get_number(at, "S_sd", 0, FIGURE_MAX, &out->S_sd, err) &&
        tns_json_get_number(at, "shift", 0, FIGURE_MAX, &out->shift, err);
    out->mixes = (size_t)mixes;
    return done;
}

static bool get_summary(const tns_json_at *at, const char *key, tns_fit_summary *out,
                        tns_error *err)
{
    tns_json_at child;
    return !tns_json_has(at, key) ||
           (tns_json_get_object(at, key, &child, err) && tns_json_fit_summary(&child, out, err));
}

static bool get_mixes(const tns_json_at *at, tns_learn_record *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "mixes", MIXES_MAX, &list, &count, err) ||
        !(out->mixes = tns_record_array(&list, count, sizeof *out->mixes, err)))
        return false;
    for (; out->mix_count < count; out->mix_count++) {
        tns_json_at item = tns_json_item(&list, out->mix_count);
        if (!get_mix(&item, &out->mixes[out->mix_count], err))
            return false;
    }
    return true;
}

static bool get_inks(const tns_json_at *at, tns_learn_record *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "inks", TNS_LEARN_INKS_MAX, &list, &count, err) ||
        !(out->inks = tns_record_array(&list, count, sizeof *out->inks, err)))
        return false;
    for (; out->ink_count < count; out->ink_count++) {
        tns_json_at item = tns_json_item(&list, out->ink_count);
        if (!get_ink(&item, &out->inks[out->ink_count], err))
            return false;
    }
    return true;
}

static bool get_record(const tns_json_at *at, void *record, tns_error *err)
{
    tns_learn_record *out = record;
    tns_json_at summary;
    return tns_record_expect(at, SCHEMA, err) &&
           tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) &&
           tns_json_opt_text(at, "version", out->version, sizeof out->version, err) &&
           get_mixes(at, out, err) && tns_json_get_object(at, "summary", &summary, err) &&
           get_summary(&summary, "before", &out->before, err) &&
           get_summary(&summary, "after", &out->after, err) &&
           get_summary(&summary, "left_out", &out->left_out, err) &&
           get_summary(&summary, "held_out", &out->held_out, err) && get_inks(at, out, err) &&
           tns_json_get_text(at, "path", out->path, sizeof out->path, err) &&
           tns_json_get_bool(at, "written", &out->written, err) &&
           tns_json_opt_warnings(at, &out->warnings, err);
}

tns_learn_record *tns_learn_record_parse(const char *text, size_t length, const char *name,
                                         tns_error *err)
{
    tns_learn_record *out = tns_record_new(sizeof *out, name, err);
    if (out && tns_record_parse(text, length, name, get_record, out, err))
        return out;
    tns_learn_record_destroy(out);
    return NULL;
}

void tns_learn_record_destroy(tns_learn_record *record)
{
    if (!record)
        return;
    free(record->mixes);
    free(record->inks);
    free(record);
}
