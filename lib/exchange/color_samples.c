/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of samples that were read as colors alone. */
#include <stdio.h>
#include <stdlib.h>

#include <tonsure/estimate.h>
#include <tonsure/reading.h>

#include "base/file.h"
#include "exchange/samples.h"

enum { SAMPLES_LIMIT = 64 << 20 };

void tns_color_samples_destroy(tns_color_samples *samples)
{
    if (!samples)
        return;
    tns_sample_set_destroy(samples->mixes);
    free(samples->colors);
    free(samples->viewings);
    free(samples);
}

static bool check_viewing(const tns_table *table, const tns_viewing *viewing, tns_error *err)
{
    if (table->states_viewing && viewing)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--viewing: %s states the illuminant and observer itself",
                             table->name);
    return table->states_viewing || viewing ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "%s: under which light were its colors read? Add columns ILLUMINANT and "
                         "OBSERVER, or say --viewing D50/2",
                         table->name);
}

static bool fail_row(const tns_table *table, size_t row, tns_error *err)
{
    return tns_error_prefix(err, "%s: line %zu", table->name, table->samples[row].line);
}

static bool find_viewing(const tns_table *table, size_t row, const tns_viewing *viewing,
                         tns_viewing *out, tns_error *err)
{
    if (!viewing)
        return tns_color_viewing(&table->samples[row].color, out, err) || fail_row(table, row, err);
    *out = *viewing;
    return true;
}

static bool check_lab(const tns_table *table, size_t row, const tns_lab *lab, tns_error *err)
{
    return (lab->L >= 0 && lab->L <= 100 && lab->a >= -150 && lab->a <= 150 && lab->b >= -150 &&
            lab->b <= 150) ||
           tns_error_set(err, TNS_ERROR_RANGE,
                         "%s: line %zu: expected L* 0 to 100, a* and b* -150 to 150, found %g, %g, "
                         "%g",
                         table->name, table->samples[row].line, lab->L, lab->a, lab->b);
}

/* A bare backing is taken as the likeliest surface of its color, for films to lie on. */
static bool take_row(const tns_table *table, size_t row, const tns_viewing *viewing,
                     tns_color_samples *out, tns_error *err)
{
    tns_fit_sample *sample = &out->mixes->samples[row];
    tns_viewing *own = &out->viewings[row];
    tns_color *color = &out->colors[row];
    if (!find_viewing(table, row, viewing, own, err) ||
        !check_lab(table, row, &table->samples[row].color.lab, err))
        return false;
    color->lab = table->samples[row].color.lab;
    color->observer = own->observer;
    snprintf(color->illuminant, sizeof color->illuminant, "%s", own->illuminant);
    if (sample->kind != TNS_FIT_BACKING ||
        tns_spectrum_estimate(color->lab, own, TNS_PRIOR_ANY, &sample->measured, err))
        return true;
    return fail_row(table, row, err);
}

static bool fill(const tns_table *table, const char *holdout, const tns_viewing *viewing,
                 tns_color_samples *out, tns_error *err)
{
    if (table->count == 0 || !table->samples[0].has_color)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected columns LAB_L, LAB_A and LAB_B",
                             table->name);
    if (!check_viewing(table, viewing, err) ||
        !(out->mixes = tns_samples_from_table(table, holdout, false, err)))
        return false;
    out->colors = calloc(table->count, sizeof *out->colors);
    out->viewings = calloc(table->count, sizeof *out->viewings);
    if (!out->colors || !out->viewings)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", table->name);
    for (size_t i = 0; i < table->count; i++)
        if (!take_row(table, i, viewing, out, err))
            return false;
    return true;
}

tns_color_samples *tns_exchange_parse_color_samples(const char *text, size_t length,
                                                    const char *name, const char *holdout,
                                                    const tns_viewing *viewing, tns_error *err)
{
    tns_table *table = tns_table_parse(text, length, name, err);
    tns_color_samples *out = table ? calloc(1, sizeof *out) : NULL;
    if (table && !out)
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    bool done = out && fill(table, holdout, viewing, out, err);
    tns_table_destroy(table);
    if (done)
        return out;
    tns_color_samples_destroy(out);
    return NULL;
}

tns_color_samples *tns_exchange_load_color_samples(const char *path, const char *holdout,
                                                   const tns_viewing *viewing, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, SAMPLES_LIMIT, &length, err);
    tns_color_samples *out =
        text ? tns_exchange_parse_color_samples(text, length, path, holdout, viewing, err) : NULL;
    free(text);
    return out;
}

bool tns_exchange_are_colors(const char *path, bool *colors, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, SAMPLES_LIMIT, &length, err);
    tns_table *table = text ? tns_table_parse(text, length, path, err) : NULL;
    if (table)
        *colors = table->band_count == 0;
    bool done = table != NULL;
    tns_table_destroy(table);
    free(text);
    return done;
}
