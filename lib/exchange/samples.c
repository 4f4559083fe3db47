/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of samples for characterising: what stands in each row, and what the rows are to each
 * other. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "base/file.h"
#include "exchange/samples.h"
#include "pigment/identifiers.h"

enum { SAMPLES_LIMIT = 64 << 20 };

static bool fail_row(const tns_table *table, size_t i, tns_error *err, tns_code code,
                     const char *what, const char *found)
{
    return tns_error_set(err, code, "%s: line %zu: %s, found \"%.63s\"", table->name,
                         table->samples[i].line, what, found);
}

/* ---- ids ---- */

static bool check_ids(const tns_table *table, tns_error *err)
{
    for (size_t i = 0; i < table->count; i++) {
        if (!table->samples[i].id[0])
            return fail_row(table, i, err, TNS_ERROR_FORMAT, "expected a SAMPLE_ID", "");
        for (size_t j = 0; j < i; j++)
            if (strcmp(table->samples[i].id, table->samples[j].id) == 0)
                return fail_row(table, i, err, TNS_ERROR_FORMAT,
                                "expected each SAMPLE_ID once (replicates have their own)",
                                table->samples[i].id);
    }
    return true;
}

static bool check_columns(const tns_table *table, bool spectra, tns_error *err)
{
    if (table->amount_count == 0 || table->amount_count > TNS_FIT_PIGMENTS_MAX)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: expected 1 to %d columns AMOUNT_<pigment>, found %zu",
                             table->name, TNS_FIT_PIGMENTS_MAX, table->amount_count);
    if (spectra && table->band_count == 0)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: expected columns of wavelengths (SPEC_380 ..), found none",
                             table->name);
    for (size_t i = 0; i < table->amount_count; i++)
        if (!tns_is_pigment_id(table->amount_name[i]))
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: AMOUNT_%s: expected letters, digits, '.', '_' or '-'",
                                 table->name, table->amount_name[i]);
    return true;
}

/* ---- holding out ---- */

/* Takes one name off a list that commas, blanks and ends of lines part; false at its end. */
static bool next_id(const char **list, char id[64])
{
    *list += strspn(*list, ", \t\r\n");
    size_t n = strcspn(*list, ",\t\r\n");
    snprintf(id, 64, "%.*s", (int)(n < 63 ? n : 63), *list);
    for (size_t end = strlen(id); end > 0 && id[end - 1] == ' '; end--)
        id[end - 1] = '\0';
    *list += n;
    return n > 0;
}

static bool hold_out_listed(tns_sample_set *set, const char *list, tns_error *err)
{
    char id[64];
    while (next_id(&list, id)) {
        size_t i = 0;
        while (i < set->count && strcmp(set->samples[i].id, id) != 0)
            i++;
        if (i == set->count)
            return tns_error_set(err, TNS_ERROR_USAGE, "--holdout: no sample \"%s\"", id);
        set->samples[i].held_out = true;
    }
    return true;
}

static bool hold_out(tns_sample_set *set, const char *holdout, tns_error *err)
{
    size_t length;
    if (!holdout)
        return true;
    if (holdout[0] != '@')
        return hold_out_listed(set, holdout, err);
    char *text = tns_file_read(holdout + 1, SAMPLES_LIMIT, &length, err);
    bool done = text && hold_out_listed(set, text, err);
    free(text);
    return done;
}

/* ---- rows ---- */

static bool find_backing(const tns_sample_set *set, const tns_table *table, size_t row,
                         tns_error *err)
{
    tns_fit_sample *sample = &set->samples[row];
    const char *id = table->samples[row].backing;
    size_t i = 0;
    while (i < set->count && strcmp(set->samples[i].id, id) != 0)
        i++;
    if (i == set->count)
        return fail_row(table, row, err, TNS_ERROR_FORMAT, "BACKING: expected the id of a sample",
                        id);
    if (set->samples[i].kind != TNS_FIT_BACKING)
        return fail_row(table, row, err, TNS_ERROR_FORMAT,
                        "BACKING: expected a bare sample, all its amounts 0", id);
    sample->backing = i;
    return true;
}

static bool holds_something(const tns_fit_sample *sample)
{
    for (size_t i = 0; i < TNS_FIT_PIGMENTS_MAX; i++)
        if (sample->amount[i] > 0)
            return true;
    return false;
}

static bool take_mix(const tns_table *table, size_t row, tns_fit_sample *out, tns_error *err)
{
    const tns_table_row *in = &table->samples[row];
    snprintf(out->id, sizeof out->id, "%s", in->id);
    memcpy(out->amount, in->amount, sizeof out->amount);
    bool some = holds_something(out);
    if (in->backing[0] && !some)
        return fail_row(table, row, err, TNS_ERROR_FORMAT,
                        "a sample over a BACKING needs an amount above 0", in->backing);
    out->kind = in->backing[0] ? TNS_FIT_FILM : some ? TNS_FIT_OPAQUE : TNS_FIT_BACKING;
    return true;
}

/* The band of a row's largest value. */
static size_t highest(const tns_table *table, size_t row)
{
    size_t at = 0;
    for (size_t k = 1; k < table->band_count; k++)
        if (table->samples[row].value[k] > table->samples[row].value[at])
            at = k;
    return at;
}

/* What tells fractions from per cent. */
typedef struct heights {
    size_t rows, low; /* rows in all, and those that are fractions, or black in per cent */
    size_t row, band; /* of the largest value */
    double largest;
} heights;

static void note_row(const tns_table *table, size_t row, heights *out)
{
    size_t band = highest(table, row);
    double value = table->samples[row].value[band];
    out->rows++;
    out->low += value <= 1.05;
    if (value <= out->largest)
        return;
    out->largest = value;
    out->row = row;
    out->band = band;
}

/*
 * 1 or 100, told by the largest value of the samples that are not held out. A few rows of a table
 * in per cent may be black; where most would be, it is one of fractions, and that value is a slip.
 */
static bool find_scale(const tns_table *table, const tns_sample_set *set, double *scale,
                       tns_error *err)
{
    heights found = {0};
    for (size_t i = 0; i < table->count; i++)
        if (!set->samples[i].held_out)
            note_row(table, i, &found);
    *scale = found.largest > 2 ? 100 : 1;
    return *scale == 1 || 2 * found.low <= found.rows ||
           tns_error_set(err, TNS_ERROR_RANGE,
                         "%s: line %zu: %g nm: expected a reflectance of 0 to 1 as in %zu of %zu "
                         "rows, found %g",
                         table->name, table->samples[found.row].line,
                         table->wavelength_nm[found.band], found.low, found.rows, found.largest);
}

/* A held-out row may hold anything; it is then only marked. */
static bool take_spectrum(const tns_table *table, size_t row, double scale, tns_fit_sample *out,
                          tns_error *err)
{
    double value[TNS_TABLE_BANDS_MAX];
    for (size_t k = 0; k < table->band_count; k++) {
        value[k] = table->samples[row].value[k] / scale;
        if (value[k] >= -0.02 && value[k] <= 1.3)
            continue;
        out->unreadable = true;
        return out->held_out ||
               tns_error_set(err, TNS_ERROR_RANGE,
                             "%s: line %zu: %g nm: expected a reflectance of 0 to %g, found %g",
                             table->name, table->samples[row].line, table->wavelength_nm[k], scale,
                             table->samples[row].value[k]);
    }
    return tns_spectrum_resample(table->wavelength_nm, value, table->band_count, &out->measured,
                                 err) ||
           tns_error_prefix(err, "%s", table->name);
}

static bool fill_set(const tns_table *table, const char *holdout, bool spectra, tns_sample_set *set,
                     tns_error *err)
{
    set->pigment_count = table->amount_count;
    memcpy(set->passed_over, table->passed_over, sizeof set->passed_over);
    for (size_t i = 0; i < table->amount_count; i++)
        snprintf(set->pigment[i], sizeof set->pigment[i], "%s", table->amount_name[i]);
    for (; set->count < table->count; set->count++)
        if (!take_mix(table, set->count, &set->samples[set->count], err))
            return false;
    if (!hold_out(set, holdout, err))
        return false;
    double scale = 1;
    if (spectra && !find_scale(table, set, &scale, err))
        return false;
    for (size_t i = 0; i < set->count; i++)
        if ((spectra && !take_spectrum(table, i, scale, &set->samples[i], err)) ||
            (set->samples[i].kind == TNS_FIT_FILM && !find_backing(set, table, i, err)))
            return false;
    return true;
}

tns_sample_set *tns_samples_from_table(const tns_table *table, const char *holdout, bool spectra,
                                       tns_error *err)
{
    if (!check_columns(table, spectra, err) || !check_ids(table, err))
        return NULL;
    tns_sample_set *set = calloc(1, sizeof *set);
    if (set)
        set->samples = calloc(table->count, sizeof *set->samples);
    bool done = set && set->samples;
    if (!done)
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", table->name);
    if (done && fill_set(table, holdout, spectra, set, err))
        return set;
    tns_sample_set_destroy(set);
    return NULL;
}

tns_sample_set *tns_exchange_parse_samples(const char *text, size_t length, const char *name,
                                           const char *holdout, tns_error *err)
{
    tns_table *table = tns_table_parse(text, length, name, err);
    tns_sample_set *set = table ? tns_samples_from_table(table, holdout, true, err) : NULL;
    tns_table_destroy(table);
    return set;
}

tns_sample_set *tns_exchange_load_samples(const char *path, const char *holdout, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, SAMPLES_LIMIT, &length, err);
    tns_sample_set *set =
        text ? tns_exchange_parse_samples(text, length, path, holdout, err) : NULL;
    free(text);
    return set;
}
