/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "exchange/table.h"

/* Which column holds what; -1 = none does. */
typedef struct columns {
    int id, L, a, b, illuminant, observer, backing;
    size_t amount_count;
    size_t amount[TNS_TABLE_AMOUNTS_MAX];
    size_t band_count;
    size_t band[TNS_TABLE_BANDS_MAX];
    double wavelength_nm[TNS_TABLE_BANDS_MAX];
} columns;

static int first_column(const tns_csv *csv, const char *const *names)
{
    for (; *names; names++) {
        int column = tns_csv_column(csv, *names);
        if (column >= 0)
            return column;
    }
    return -1;
}

static bool find_columns(const tns_csv *csv, columns *out, tns_error *err)
{
    static const char *const ids[] = {"SAMPLE_ID", "SAMPLE_NAME", "ID", "NAME", "SAMPLE", NULL};
    static const char *const Ls[] = {"LAB_L", "L", "L*", NULL};
    static const char *const as[] = {"LAB_A", "a", "a*", NULL};
    static const char *const bs[] = {"LAB_B", "b", "b*", NULL};
    memset(out, 0, sizeof *out);
    out->id = first_column(csv, ids);
    out->L = first_column(csv, Ls);
    out->a = first_column(csv, as);
    out->b = first_column(csv, bs);
    out->illuminant = tns_csv_column(csv, "ILLUMINANT");
    out->observer = tns_csv_column(csv, "OBSERVER");
    out->backing = tns_csv_column(csv, "BACKING");
    for (size_t i = 0; i < csv->rows[0].count; i++) {
        double nm = tns_column_wavelength(csv->rows[0].field[i]);
        if (nm == 0)
            continue;
        if (out->band_count == TNS_TABLE_BANDS_MAX)
            return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected at most %d wavelengths",
                                 csv->name, TNS_TABLE_BANDS_MAX);
        out->band[out->band_count] = i;
        out->wavelength_nm[out->band_count++] = nm;
    }
    return true;
}

static bool has_lab(const columns *c)
{
    return c->L >= 0 && c->a >= 0 && c->b >= 0;
}

static bool read_viewing(const tns_csv *csv, size_t row, const columns *c, tns_color *out,
                         tns_error *err)
{
    const tns_csv_row *r = &csv->rows[row];
    snprintf(out->illuminant, sizeof out->illuminant, "D65");
    out->observer = TNS_OBSERVER_10;
    bool told = c->illuminant >= 0 && (size_t)c->illuminant < r->count;
    if (told && !r->field[c->illuminant][0])
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: line %zu: ILLUMINANT: expected a name such as D65, found \"\"",
                             csv->name, r->line);
    if (told && !tns_text_copy(out->illuminant, sizeof out->illuminant, r->field[c->illuminant]))
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: ILLUMINANT: too long: \"%.40s\"",
                             csv->name, r->line, r->field[c->illuminant]);
    double degrees = 10;
    if (c->observer >= 0 && !tns_csv_number(csv, row, (size_t)c->observer, &degrees, err))
        return false;
    if (degrees != 2 && degrees != 10)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: line %zu: OBSERVER: expected 2 or 10, found %g", csv->name,
                             r->line, degrees);
    out->observer = degrees == 2 ? TNS_OBSERVER_2 : TNS_OBSERVER_10;
    return true;
}

static bool find_amounts(const tns_csv *csv, columns *c, tns_table *table, tns_error *err)
{
    for (size_t i = 0; i < csv->rows[0].count; i++) {
        bool is_amount;
        if (!tns_table_add_amount(table, csv->rows[0].field[i], &is_amount, err))
            return false;
        if (is_amount)
            c->amount[c->amount_count++] = i;
    }
    return true;
}

static bool read_mix(const tns_csv_row *row, const columns *c, const tns_table *table,
                     tns_table_row *out, tns_error *err)
{
    if (c->backing >= 0 &&
        !tns_text_copy(out->backing, sizeof out->backing, row->field[c->backing]))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: line %zu: BACKING: expected at most %zu bytes", table->name,
                             row->line, sizeof out->backing - 1);
    for (size_t i = 0; i < c->amount_count; i++)
        if (!tns_table_read_amount(table, out, i, row->field[c->amount[i]], err))
            return false;
    return true;
}

static bool read_row(const tns_csv *csv, size_t row, const columns *c, const tns_table *table,
                     tns_table_row *out, tns_error *err)
{
    const tns_csv_row *r = &csv->rows[row];
    out->line = r->line;
    if (r->count != csv->rows[0].count)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected %zu fields, found %zu",
                             csv->name, r->line, csv->rows[0].count, r->count);
    if (c->id >= 0)
        snprintf(out->id, sizeof out->id, "%s", r->field[c->id]);
    if (!read_mix(r, c, table, out, err))
        return false;
    for (size_t i = 0; i < c->band_count; i++)
        if (!tns_csv_number(csv, row, c->band[i], &out->value[i], err))
            return false;
    out->has_color = has_lab(c);
    return !out->has_color || (tns_csv_number(csv, row, (size_t)c->L, &out->color.lab.L, err) &&
                               tns_csv_number(csv, row, (size_t)c->a, &out->color.lab.a, err) &&
                               tns_csv_number(csv, row, (size_t)c->b, &out->color.lab.b, err) &&
                               read_viewing(csv, row, c, &out->color, err));
}

static tns_table *rows_of_samples(const tns_csv *csv, columns *c, tns_error *err)
{
    tns_table *table = tns_table_create(csv->name, csv->count - 1, c->band_count, err);
    if (!table)
        return NULL;
    memcpy(table->wavelength_nm, c->wavelength_nm, sizeof table->wavelength_nm);
    table->states_viewing = c->illuminant >= 0;
    bool done = find_amounts(csv, c, table, err);
    for (size_t i = 0; done && i < table->count; i++)
        done = read_row(csv, i + 1, c, table, &table->samples[i], err);
    if (done)
        return table;
    tns_table_destroy(table);
    return NULL;
}

static bool read_band(const tns_csv *csv, size_t row, double *nm, double *value, tns_error *err)
{
    const tns_csv_row *r = &csv->rows[row];
    if (r->count != 2)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected 2 fields, found %zu",
                             csv->name, r->line, r->count);
    return tns_csv_number(csv, row, 0, nm, err) && tns_csv_number(csv, row, 1, value, err);
}

static bool starts_with_wavelength(const tns_csv_row *row)
{
    double nm;
    return tns_text_number(row->field[0], &nm, NULL) && nm >= 200 && nm <= 2500;
}

/* One wavelength a row, with or without a header. */
static tns_table *one_spectrum(const tns_csv *csv, tns_error *err)
{
    size_t first = starts_with_wavelength(&csv->rows[0]) ? 0 : 1;
    size_t bands = csv->count - first;
    if (bands > TNS_TABLE_BANDS_MAX) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected at most %d wavelengths, found %zu",
                      csv->name, TNS_TABLE_BANDS_MAX, bands);
        return NULL;
    }
    tns_table *table = tns_table_create(csv->name, 1, bands, err);
    if (!table)
        return NULL;
    table->samples[0].line = csv->rows[first].line;
    bool done = true;
    for (size_t i = 0; done && i < bands; i++)
        done =
            read_band(csv, first + i, &table->wavelength_nm[i], &table->samples[0].value[i], err);
    if (done)
        return table;
    tns_table_destroy(table);
    return NULL;
}

/*
 * Told by the first fields: wavelengths in all rows, or in all but a header of two. A header of
 * wavelengths is not taken for a row, since what stands below one is no wavelength.
 */
static bool is_one_spectrum(const tns_csv *csv)
{
    for (size_t i = 1; i < csv->count; i++)
        if (!starts_with_wavelength(&csv->rows[i]))
            return false;
    return csv->count >= 2 && (csv->rows[0].count == 2 || starts_with_wavelength(&csv->rows[0]));
}

static tns_table *table_from(const tns_csv *csv, tns_error *err)
{
    columns c;
    if (csv->count == 0) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected a table, found no row", csv->name);
        return NULL;
    }
    if (is_one_spectrum(csv))
        return one_spectrum(csv, err);
    if (!find_columns(csv, &c, err))
        return NULL;
    if (c.band_count == 0 && !has_lab(&c)) {
        tns_error_set(
            err, TNS_ERROR_FORMAT,
            "%s: expected columns of wavelengths (SPEC_380 ..) or L, a, b, found \"%.40s\"",
            csv->name, csv->rows[0].field[0]);
        return NULL;
    }
    if (csv->count == 1) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected samples, found only a header",
                      csv->name);
        return NULL;
    }
    return rows_of_samples(csv, &c, err);
}

tns_table *tns_table_from_csv(const char *text, size_t length, const char *name, tns_error *err)
{
    tns_csv *csv = tns_csv_parse(text, length, name, err);
    tns_table *table = csv ? table_from(csv, err) : NULL;
    tns_csv_destroy(csv);
    if (table && !tns_table_check_bands(table, err)) {
        tns_table_destroy(table);
        return NULL;
    }
    return table;
}
