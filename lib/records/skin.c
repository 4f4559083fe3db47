/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <string.h>

#include <tonsure/skin_records.h>
#include <tonsure/skintone.h>

#include "records/parts.h"

#define SCHEMA "tonsure/skin/1"

/* The figures of a fit in the order of their spreads. */
static const struct figure {
    const char *key;
    size_t offset;
    double most; /* 0 is the least of each */
} figures[] = {
    {"melanin", offsetof(tns_skin, melanin), 1},
    {"blood", offsetof(tns_skin, blood), 1},
    {"oxygenation", offsetof(tns_skin, oxygenation), 1},
    {"scattering", offsetof(tns_skin, scattering), 1e4},
    {"exponent", offsetof(tns_skin, exponent), 100},
    {"depth_mm", offsetof(tns_skin, depth_mm), 1e4},
};

enum { FIGURES = sizeof figures / sizeof *figures };

static double *figure_of(tns_skin *skin, size_t i)
{
    return (double *)((char *)skin + figures[i].offset);
}

static tns_json *json_from_intervals(const tns_skin_record *record)
{
    tns_json *json = tns_json_object();
    for (size_t i = 0; i < FIGURES; i++) {
        const double ends[2] = {tns_record_color(record->interval[i][0]),
                                tns_record_color(record->interval[i][1])};
        tns_json_set(json, figures[i].key, tns_json_numbers(ends, 2));
    }
    return json;
}

static tns_json *json_from_spreads(const tns_skin_fit *fit)
{
    tns_json *json = tns_json_object();
    for (size_t i = 0; i < FIGURES; i++)
        tns_json_set_number(json, figures[i].key, tns_record_color(fit->spread[i]));
    return json;
}

static tns_json *json_from_values(const tns_spectrum *spectrum)
{
    double values[TNS_BANDS];
    for (int b = 0; b < TNS_BANDS; b++)
        values[b] = tns_record_color(spectrum->value[b]);
    return tns_json_numbers(values, TNS_BANDS);
}

static tns_json *json_from_spectrum(const tns_skin_fit *fit)
{
    tns_json *json = tns_json_object();
    const double covered[2] = {fit->measured.from_nm, fit->measured.to_nm};
    tns_json_set_integer(json, "start_nm", TNS_FIRST_NM);
    tns_json_set_integer(json, "step_nm", TNS_STEP_NM);
    tns_json_set(json, "measured", json_from_values(&fit->measured));
    tns_json_set(json, "modelled", json_from_values(&fit->modelled));
    tns_json_set(json, "covered_nm", tns_json_numbers(covered, 2));
    tns_json_set_bool(json, "reconstructed", fit->measured.reconstructed);
    tns_json_set_text_if(json, "prior", fit->measured.prior);
    return json;
}

char *tns_skin_record_write(const tns_skin_record *record)
{
    const tns_skin_fit *fit = &record->fit;
    tns_skin skin = fit->skin;
    tns_json *json = tns_record(SCHEMA);
    tns_json_set(json, "reading", tns_json_from_reading(&record->reading));
    tns_json_set_bool(json, "is_skin", fit->is_skin);
    if (fit->is_skin)
        tns_json_set_null(json, "reason");
    else
        tns_json_set_text(json, "reason", fit->reason);
    for (size_t i = 0; i < FIGURES; i++)
        tns_json_set_number(json, figures[i].key, tns_record_color(*figure_of(&skin, i)));
    tns_json_set(json, "intervals", json_from_intervals(record));
    tns_json_set(json, "sd", json_from_spreads(fit));
    tns_json_set_number(json, "fit_de00", tns_record_color(fit->de00));
    tns_json_set_number(json, "fit_rmse", tns_record_color(fit->rmse));
    tns_json_set_number(json, "ita", tns_record_amount(fit->ita));
    if (record->ita_uncertainty > 0)
        tns_json_set_number(json, "ita_uncertainty", tns_record_amount(record->ita_uncertainty));
    tns_json_set_text(json, "class", tns_ita_class(fit->ita));
    tns_json_set(json, "spectrum", json_from_spectrum(fit));
    tns_json_set(json, "warnings", tns_json_from_warnings(&fit->warnings));
    return tns_record_finish(json);
}

/* ---- Reading ---- */

static bool get_figures(const tns_json_at *at, tns_skin_record *out, tns_error *err)
{
    tns_json_at spreads, intervals;
    tns_skin_fit *fit = &out->fit;
    if (!tns_json_get_object(at, "sd", &spreads, err) ||
        !tns_json_get_object(at, "intervals", &intervals, err))
        return false;
    for (size_t i = 0; i < FIGURES; i++) {
        const struct figure *f = &figures[i];
        if (!tns_json_get_number(at, f->key, 0, f->most, figure_of(&fit->skin, i), err) ||
            !tns_json_get_numbers(&intervals, f->key, 0, f->most, out->interval[i], 2, err) ||
            !tns_json_get_number(&spreads, f->key, 0, 1e6, &fit->spread[i], err))
            return false;
    }
    return true;
}

static bool get_spectra(const tns_json_at *record, tns_skin_fit *out, tns_error *err)
{
    tns_json_at at;
    int start, step;
    double covered[2];
    if (!tns_json_get_object(record, "spectrum", &at, err) ||
        !tns_json_get_integer(&at, "start_nm", TNS_FIRST_NM, TNS_FIRST_NM, &start, err) ||
        !tns_json_get_integer(&at, "step_nm", TNS_STEP_NM, TNS_STEP_NM, &step, err) ||
        !tns_json_get_numbers(&at, "measured", -0.02, 1.3, out->measured.value, TNS_BANDS, err) ||
        !tns_json_get_numbers(&at, "modelled", 0, 1, out->modelled.value, TNS_BANDS, err) ||
        !tns_json_get_numbers(&at, "covered_nm", 0, 2500, covered, 2, err))
        return false;
    out->measured.from_nm = covered[0];
    out->measured.to_nm = covered[1];
    return tns_json_get_bool(&at, "reconstructed", &out->measured.reconstructed, err) &&
           tns_json_opt_text(&at, "prior", out->measured.prior, sizeof out->measured.prior, err);
}

static bool get_fit(const tns_json_at *at, tns_skin_record *out, tns_error *err)
{
    tns_skin_fit *fit = &out->fit;
    return tns_json_get_bool(at, "is_skin", &fit->is_skin, err) &&
           tns_json_opt_text(at, "reason", fit->reason, sizeof fit->reason, err) &&
           get_figures(at, out, err) &&
           tns_json_get_number(at, "fit_de00", 0, 1000, &fit->de00, err) &&
           tns_json_get_number(at, "fit_rmse", 0, 10, &fit->rmse, err) &&
           tns_json_get_number(at, "ita", -180, 180, &fit->ita, err) &&
           tns_json_opt_number(at, "ita_uncertainty", 0, 180, &out->ita_uncertainty, err) &&
           get_spectra(at, fit, err) && tns_json_opt_warnings(at, &fit->warnings, err);
}

static bool get_record(const tns_json_at *root, void *record, tns_error *err)
{
    tns_skin_record *out = record;
    tns_json_at reading = tns_json_member(root, "reading");
    if (!tns_record_expect(root, SCHEMA, err) || !tns_json_reading(&reading, &out->reading, err) ||
        !get_fit(root, out, err))
        return false;
    out->fit.specular = out->reading.source.specular;
    out->fit.modelled.from_nm = TNS_FIRST_NM;
    out->fit.modelled.to_nm = TNS_LAST_NM;
    return true;
}

bool tns_skin_record_parse(const char *text, size_t length, const char *name, tns_skin_record *out,
                           tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_record, out, err);
}
