/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ladder that was read: fitted, each step left out in turn, and shown. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "base/sort.h"
#include "service/palette/fit_scale.h"
#include "service/palette/learned.h"
#include "service/palette/merge.h"

/* What a few drops scatter by, and a film's thickness: a ladder is too short to show it. */
static const double POURED = 0.03;

static double median_relative(const double *sd, const double *value)
{
    double out[TNS_BANDS];
    for (int b = 0; b < TNS_BANDS; b++)
        out[b] = value[b] > 0 ? sd[b] / value[b] : 0;
    tns_sort_numbers(out, TNS_BANDS);
    return (out[TNS_BANDS / 2 - 1] + out[TNS_BANDS / 2]) / 2;
}

/* ---- what the bottle is besides K and S ---- */

/* A new bottle is what its Colour Index says, and has nothing else of the model's. */
static bool carry_model(const tns_ladder_order *order, tns_pigment *bottle, tns_error *err)
{
    const tns_pigment kept = *bottle;
    tns_palette *models = tns_palette_find(TNS_DEFAULT_PALETTE, err);
    const tns_pigment *model = models ? tns_pigment_modelled(models, order->color_index) : NULL;
    if (model)
        tns_pigment_carry(model, bottle);
    else if (models)
        tns_error_set(err, TNS_ERROR_USAGE, "--color-index: no model of \"%.40s\"",
                      order->color_index);
    memcpy(bottle->id, kept.id, sizeof bottle->id);
    memcpy(bottle->name, kept.name, sizeof bottle->name);
    bottle->drop_ml = bottle->drop_cv = bottle->cost_per_ml = bottle->density_g_ml = 0;
    bottle->has_sterile = bottle->sterile = false;
    tns_palette_destroy(models);
    return model != NULL;
}

/* ---- rows ---- */

static bool fill_row(const tns_fit *fit, const tns_sample_set *set, size_t index,
                     const tns_viewing *viewing, tns_ladder_row *out, tns_error *err)
{
    tns_spectrum predicted;
    if (!tns_sample_predict(fit->palette, set, index, &predicted, err))
        return false;
    snprintf(out->id, sizeof out->id, "%s", set->samples[index].id);
    out->measured = tns_color_from_spectrum(&set->samples[index].measured, viewing);
    out->predicted = tns_color_from_spectrum(&predicted, viewing);
    out->de00 = tns_de00(out->measured.lab, out->predicted.lab);
    for (size_t i = 0; i < fit->count; i++)
        if (strcmp(fit->rows[i].id, out->id) == 0)
            out->leverage = fit->rows[i].leverage;
    return true;
}

static bool summaries(tns_ladder_result *out, tns_error *err)
{
    double *values = calloc(out->count + 1, sizeof *values);
    size_t n = 0;
    if (!values)
        return tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    for (size_t i = 0; i < out->count; i++)
        values[n++] = out->rows[i].de00;
    out->fitted = tns_summarize(values, n);
    n = 0;
    for (size_t i = 0; i < out->count; i++)
        if (!isnan(out->rows[i].left_out))
            values[n++] = out->rows[i].left_out;
    out->left_out = tns_summarize(values, n);
    free(values);
    return true;
}

static bool fill_rows(const tns_fit *fit, const tns_sample_set *set, const double *left_out,
                      tns_ladder_result *out, tns_error *err)
{
    tns_viewing viewing;
    out->rows = calloc(set->count + 1, sizeof *out->rows);
    if (!out->rows)
        return tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    if (!tns_viewing_find("D65/10", &viewing, err))
        return false;
    for (size_t i = 0; i < set->count; i++) {
        if (set->samples[i].kind == TNS_FIT_BACKING)
            continue;
        tns_ladder_row *row = &out->rows[out->count];
        if (!fill_row(fit, set, i, &viewing, row, err))
            return false;
        row->left_out = left_out[i];
        out->count++;
    }
    return summaries(out, err);
}

/* ---- the whole ---- */

static bool find_bottle(const tns_ladder_order *order, const tns_palette *fitted, int *bottle,
                        tns_error *err)
{
    *bottle = tns_palette_index(fitted, order->pigment);
    return (*bottle >= 0 && fitted->pigments[*bottle].kind != TNS_DILUENT) ||
           tns_error_set(err, TNS_ERROR_USAGE, "%s: no sample holds \"%.47s\"", order->samples,
                         order->pigment);
}

/* Room for a figure a sample comes with the set. */
typedef struct readings {
    tns_sample_set *set;
    double *left_out;
} readings;

/* Why the bottle cannot stand beside the palette's own, in `why`; its text is "" where it can, made
 * so many times as strong: the partners that both have tie their scales. */
static bool find_hindrance(const tns_palette *known, const tns_palette *fitted,
                           const tns_pigment *bottle, tns_scale *scale, tns_error *why,
                           tns_error *err)
{
    const char *kind = tns_merge_other_kind(known, fitted);
    bool *ties = calloc(fitted->count + 1, sizeof *ties);
    if (!ties)
        return tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    for (size_t i = 0; i < fitted->count; i++)
        ties[i] = fitted->pigments[i].kind != TNS_DILUENT && &fitted->pigments[i] != bottle;
    *why = (tns_error){.code = TNS_OK};
    if (kind)
        tns_error_set(why, TNS_ERROR_USAGE, "palette %s: %s", known->name, kind);
    else
        tns_fit_find_scale(known, fitted, ties, NULL, scale, why);
    free(ties);
    return true;
}

/*
 * The palette in use with the bottle as the ladder has it; of white and black a ladder tells too
 * little to replace theirs. Where the two do not mix, what was fitted alone.
 */
static bool save(const tns_ladder_order *order, tns_palette *known, const tns_palette *fitted,
                 const tns_pigment *bottle, tns_ladder_result *out, tns_error *err)
{
    tns_error hindrance;
    tns_scale scale;
    if (!find_hindrance(known, fitted, bottle, &scale, &hindrance, err))
        return false;
    if (hindrance.text[0]) {
        tns_warn(&out->warnings,
                 "%s; that palette was left out: only the ladder's pigments are in %s",
                 hindrance.text, order->output);
        return tns_palette_keep(fitted, order->output, order->dry_run, err);
    }
    tns_palette alone = *fitted;
    tns_pigment put = *bottle;
    alone.pigments = &put;
    alone.count = 1;
    if (!known->model.absolute)
        tns_scale_apply(&scale, &put);
    return tns_palette_merge(known, &alone, bottle->id, err) &&
           tns_palette_keep(known, order->output, order->dry_run, err);
}

/* With fewer than a dozen mixes, each on white and black, a gap is left where one is missing. */
enum { FEW_READINGS = 24 };

static void warn_of_left_out(tns_ladder_result *out)
{
    if (out->left_out.count == 0)
        tns_warn(&out->warnings, "none of these mixes can be left out: nothing says how well mixes "
                                 "that were not read are predicted");
    else if (out->count < FEW_READINGS)
        tns_warn(&out->warnings, "\"left out\": of so few mixes each tells what no other does, so "
                                 "that without it the others miss it by more");
}

static bool fill(const tns_ladder_order *order, tns_palette *known, const tns_fit *fit,
                 const readings *in, tns_ladder_result *out, tns_error *err)
{
    int bottle;
    if (!find_bottle(order, fit->palette, &bottle, err) ||
        !fill_rows(fit, in->set, in->left_out, out, err))
        return false;
    tns_palette_carry(known, fit->palette);
    tns_pigment *p = &fit->palette->pigments[bottle];
    bool is_new = tns_palette_index(known, p->id) < 0;
    if (is_new && order->color_index && !carry_model(order, p, err))
        return false;
    bool told = fit->noise > 0;
    out->K_sd = told ? median_relative(p->K_sd, p->K) : NAN;
    out->S_sd = told ? median_relative(p->S_sd, p->S) : NAN;
    snprintf(out->palette, sizeof out->palette, "%s", fit->palette->name);
    snprintf(out->pigment, sizeof out->pigment, "%s", p->id);
    out->warnings = fit->warnings;
    warn_of_left_out(out);
    if (!order->output)
        return true;
    snprintf(out->path, sizeof out->path, "%s", order->output);
    out->written = !order->dry_run;
    return save(order, known, fit->palette, p, out, err);
}

static bool load(const char *path, readings *out, tns_error *err)
{
    out->set = tns_exchange_load_samples(path, NULL, err);
    out->left_out = out->set ? calloc(out->set->count + 1, sizeof *out->left_out) : NULL;
    if (out->set && !out->left_out)
        tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
    return out->left_out != NULL;
}

static bool solve(const tns_ladder_order *order, tns_palette *known, const tns_context *context,
                  tns_ladder_result *out, tns_error *err)
{
    char name[sizeof((tns_palette *)0)->name];
    tns_fit_options options;
    readings in = {0};
    const tns_fit_order as_fit = {
        .saunderson = order->saunderson, .specular = order->specular, .white = order->white};
    if (!tns_fit_options_like(&as_fit, known, &options, err))
        return false;
    if (!load(order->samples, &in, err)) {
        tns_sample_set_destroy(in.set);
        return false;
    }
    tns_fit_palette_name(order->output ? order->output : order->pigment, name, sizeof name);
    options.name = name;
    options.left_out_apart = true;
    options.scatter = POURED;
    tns_fit *fit = tns_fit_solve(in.set, &options, context, err);
    bool done = fit && tns_ladder_left_out(in.set, &options, context, in.left_out, err) &&
                fill(order, known, fit, &in, out, err);
    tns_fit_destroy(fit);
    tns_sample_set_destroy(in.set);
    free(in.left_out);
    return done;
}

tns_ladder_result *tns_service_ladder_fit(const tns_ladder_order *order, const tns_context *context,
                                          tns_error *err)
{
    tns_ladder_result *out = calloc(1, sizeof *out);
    if (!out) {
        tns_error_set(err, TNS_ERROR_MEMORY, "ladder: out of memory");
        return NULL;
    }
    tns_palette *known = tns_palette_choose(order->palette, err);
    bool done = known && solve(order, known, context, out, err);
    tns_palette_destroy(known);
    if (done)
        return out;
    tns_ladder_result_destroy(out);
    return NULL;
}
