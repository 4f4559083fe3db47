/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "base/file.h"
#include "exchange/table.h"

enum { LAMP_LIMIT = 4 << 20 };

/*
 * 1 or 100, told by the largest value of all samples, so that a black one of a table in percent is
 * in percent too: no surface that is not fluorescent reflects twice its light.
 */
static bool find_scale(const tns_table *table, double *scale, tns_error *err)
{
    double largest = 0;
    for (size_t i = 0; i < table->count; i++)
        for (size_t k = 0; k < table->band_count; k++)
            largest = fmax(largest, table->samples[i].value[k]);
    *scale = largest > 2 ? 100 : 1;
    return largest <= 1.05 || largest > 2 ||
           tns_error_set(err, TNS_ERROR_RANGE,
                         "%s: expected reflectances of 0 to 1 or per cent, found at most %g, which "
                         "may be either",
                         table->name, largest);
}

static bool read_spectrum(const tns_table *table, const tns_table_row *sample, tns_reading *out,
                          tns_error *err)
{
    double value[TNS_TABLE_BANDS_MAX];
    double scale;
    if (!find_scale(table, &scale, err))
        return false;
    for (size_t i = 0; i < table->band_count; i++) {
        value[i] = sample->value[i] / scale;
        if (value[i] < -0.02 || value[i] > 1.3)
            return tns_error_set(err, TNS_ERROR_RANGE,
                                 "%s: line %zu: %g nm: expected a reflectance of 0 to %g, found %g",
                                 table->name, sample->line, table->wavelength_nm[i], scale,
                                 sample->value[i]);
    }
    if (!tns_spectrum_resample(table->wavelength_nm, value, table->band_count, &out->spectrum, err))
        return tns_error_prefix(err, "%s", table->name);
    out->has_spectrum = true;
    return true;
}

static bool read_color(const tns_table *table, const tns_table_row *sample, tns_reading *out,
                       tns_error *err)
{
    const tns_lab *lab = &sample->color.lab;
    if (lab->L < 0 || lab->L > 100 || lab->a < -150 || lab->a > 150 || lab->b < -150 ||
        lab->b > 150)
        return tns_error_set(err, TNS_ERROR_RANGE,
                             "%s: line %zu: expected L* 0 to 100, a* and b* -150 to 150, found %g, "
                             "%g, %g",
                             table->name, sample->line, lab->L, lab->a, lab->b);
    out->has_color = true;
    out->color = sample->color;
    if (!table->states_viewing)
        tns_warn(&out->warnings, "the file names no illuminant: D65/10 was taken");
    return true;
}

static bool read_sample(const tns_table *table, const char *id, tns_reading *out, tns_error *err)
{
    const tns_table_row *sample = tns_table_find(table, id, err);
    if (!sample)
        return false;
    memset(out, 0, sizeof *out);
    out->source.kind = TNS_SOURCE_FILE;
    snprintf(out->id, sizeof out->id, "%.47s", sample->id);
    return (table->band_count == 0 || read_spectrum(table, sample, out, err)) &&
           (!sample->has_color || read_color(table, sample, out, err));
}

bool tns_exchange_parse(const char *text, size_t length, const char *name, const char *sample,
                        tns_reading *out, tns_error *err)
{
    tns_table *table = tns_table_parse(text, length, name, err);
    bool done = table && read_sample(table, sample, out, err);
    tns_table_destroy(table);
    return done;
}

/* "lamps/Clinic ceiling.csv" -> "Clinic ceiling". */
static bool lamp_name(const char *path, char name[TNS_NAME_SIZE], tns_error *err)
{
    const char *file = tns_file_name(path);
    const char *dot = strrchr(file, '.');
    size_t n = dot && dot != file ? (size_t)(dot - file) : strlen(file);
    if (n >= TNS_NAME_SIZE)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: a lamp is called as its file: expected at most %d bytes", path,
                             TNS_NAME_SIZE - 1);
    memcpy(name, file, n);
    name[n] = '\0';
    return true;
}

/* The table's one spectrum, or NULL. */
static const tns_table_row *only_spectrum(const tns_table *table, tns_error *err)
{
    if (table->band_count > 0)
        return tns_table_find(table, NULL, err);
    tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected one spectrum, found colors", table->name);
    return NULL;
}

bool tns_exchange_load_lamp(const char *path, tns_illuminant *out, tns_error *err)
{
    size_t length;
    char name[TNS_NAME_SIZE];
    if (!lamp_name(path, name, err))
        return false;
    char *text = tns_file_read(path, LAMP_LIMIT, &length, err);
    tns_table *table = text ? tns_table_parse(text, length, path, err) : NULL;
    free(text);
    const tns_table_row *sample = table ? only_spectrum(table, err) : NULL;
    bool done = sample && (tns_illuminant_from_samples(name, table->wavelength_nm, sample->value,
                                                       table->band_count, out, err) ||
                           tns_error_prefix(err, "%s", path));
    tns_table_destroy(table);
    return done;
}
