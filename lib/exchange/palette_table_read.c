/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a palette's table. What a column that is absent, or a field that is empty, leaves open is
   as in a palette file. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/palette_table.h"
#include "exchange/table.h"
#include "pigment/identifiers.h"
#include "pigment/words.h"

/* As in a palette file. */
enum { PIGMENTS_MAX = 1000 };
static const double KS_MAX = 1e6;

/* Of a pigment: the rows that told its K and its S; 0 = none did. */
typedef struct told {
    size_t first, K, S;
} told;

typedef struct reading {
    const tns_csv *csv;
    int column[TNS_PALETTE_COLUMNS]; /* -1 = there is none */
    size_t band_count, band[TNS_TABLE_BANDS_MAX];
    double wavelength_nm[TNS_TABLE_BANDS_MAX];
    tns_palette *palette;
    told *told; /* of each of its pigments */
} reading;

/* "t.csv: line 3: SCALE: expected .., found .." */
static bool fail(const reading *r, size_t row, int column, tns_error *err, const char *expected,
                 const char *found)
{
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s: expected %s, found \"%.60s\"",
                         r->csv->name, r->csv->rows[row].line, tns_palette_column[column], expected,
                         found);
}

static const char *field(const reading *r, size_t row, int column)
{
    const tns_csv_row *at = &r->csv->rows[row];
    int i = r->column[column];
    return i >= 0 && (size_t)i < at->count ? at->field[i] : "";
}

/* ---- the head ---- */

static bool find_bands(reading *r, tns_error *err)
{
    const tns_csv_row *head = &r->csv->rows[0];
    for (size_t i = 0; i < head->count; i++) {
        double nm = tns_column_wavelength(head->field[i]);
        if (nm == 0)
            continue;
        if (r->band_count == TNS_TABLE_BANDS_MAX)
            return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected at most %d wavelengths",
                                 r->csv->name, TNS_TABLE_BANDS_MAX);
        r->band[r->band_count] = i;
        r->wavelength_nm[r->band_count++] = nm;
    }
    double flat[TNS_TABLE_BANDS_MAX] = {0};
    tns_spectrum ignored;
    tns_error why;
    return tns_spectrum_resample(r->wavelength_nm, flat, r->band_count, &ignored, &why) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: its wavelengths: %s", r->csv->name, why.text);
}

static bool find_columns(reading *r, tns_error *err)
{
    static const int needed[] = {TNS_COLUMN_PIGMENT, TNS_COLUMN_QUANTITY};
    for (int i = 0; i < TNS_PALETTE_COLUMNS; i++)
        r->column[i] = tns_csv_column(r->csv, tns_palette_column[i]);
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (r->column[needed[i]] < 0)
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: neither a palette file nor a palette's table: there is no "
                                 "column %s",
                                 r->csv->name, tns_palette_column[needed[i]]);
    return find_bands(r, err);
}

/* ---- fields ---- */

/* One of some words; *out is left alone where nothing is said. */
static bool read_word(const reading *r, size_t row, int column, const char *const *words, int count,
                      int *out, tns_error *err)
{
    char expected[120] = "";
    const char *found = field(r, row, column);
    for (int i = 0; i < count; i++) {
        size_t used = strlen(expected);
        if (tns_text_same(found, words[i]))
            *out = i;
        if (!found[0] || tns_text_same(found, words[i]))
            return true;
        snprintf(expected + used, sizeof expected - used, "%s%s", i ? " or " : "", words[i]);
    }
    return fail(r, row, column, err, expected, found);
}

static bool read_number(const reading *r, size_t row, int column, double low, double high,
                        double *out, tns_error *err)
{
    char expected[80];
    double value = 0;
    const char *found = field(r, row, column);
    if (!found[0])
        return true;
    if (tns_text_number(found, &value, NULL) && value >= low && value <= high) {
        *out = value;
        return true;
    }
    tns_text_format(expected, sizeof expected, "%g to %g", low, high);
    return fail(r, row, column, err, expected, found);
}

static bool read_text(const reading *r, size_t row, int column, char *out, size_t size,
                      tns_error *err)
{
    char expected[40];
    const char *found = field(r, row, column);
    if (!found[0] || tns_text_copy(out, size, found))
        return true;
    snprintf(expected, sizeof expected, "at most %zu bytes", size - 1);
    return fail(r, row, column, err, expected, found);
}

/* What a row says again must be what was said before. */
static bool says_the_same(const reading *r, size_t row, size_t before, int from, int to,
                          tns_error *err)
{
    char expected[120];
    for (int i = from; i < to; i++) {
        const char *said = field(r, before, i);
        if (strcmp(said, field(r, row, i)) == 0)
            continue;
        snprintf(expected, sizeof expected, "\"%.60s\" as in line %zu", said,
                 r->csv->rows[before].line);
        return fail(r, row, i, err, expected, field(r, row, i));
    }
    return true;
}

/* ---- rows ---- */

static bool read_model(reading *r, tns_error *err)
{
    tns_palette *p = r->palette;
    tns_palette_model *m = &p->model;
    int constant = 0, scale = 0, basis = TNS_BY_VOLUME, specular = 0;
    bool done = read_text(r, 1, TNS_COLUMN_PALETTE, p->name, sizeof p->name, err) &&
                read_word(r, 1, TNS_COLUMN_MODEL, constant_words, 2, &constant, err) &&
                read_word(r, 1, TNS_COLUMN_SCALE, scale_words, 2, &scale, err) &&
                read_text(r, 1, TNS_COLUMN_LOAD_UNIT, m->load_unit, sizeof m->load_unit, err) &&
                read_word(r, 1, TNS_COLUMN_BASIS, basis_words, 2, &basis, err) &&
                read_number(r, 1, TNS_COLUMN_K1, 0, 0.5, &m->k1, err) &&
                read_number(r, 1, TNS_COLUMN_K2, 0, 0.95, &m->k2, err) &&
                read_word(r, 1, TNS_COLUMN_SPECULAR, specular_words, 2, &specular, err) &&
                read_number(r, 1, TNS_COLUMN_MEDIUM_N, 1, 3, &m->medium_n, err);
    m->single_constant = constant == 1;
    m->absolute = scale == 1;
    m->basis = (tns_amount_basis)basis;
    m->specular_included = specular == 1;
    if (m->absolute && !m->load_unit[0])
        strcpy(m->load_unit, "ul/cm2");
    return done;
}

static bool read_pigment(reading *r, size_t row, tns_pigment *out, tns_error *err)
{
    int kind = TNS_PIGMENT, origin = TNS_ORIGIN_MEASURED;
    const char *id = field(r, row, TNS_COLUMN_PIGMENT);
    if (!tns_is_pigment_id(id) || !tns_text_copy(out->id, sizeof out->id, id))
        return fail(r, row, TNS_COLUMN_PIGMENT, err, "letters, digits, '.', '_' or '-'", id);
    strcpy(out->name, out->id);
    bool done = read_text(r, row, TNS_COLUMN_NAME, out->name, sizeof out->name, err) &&
                read_word(r, row, TNS_COLUMN_KIND, kind_words, KIND_WORDS, &kind, err) &&
                read_word(r, row, TNS_COLUMN_ORIGIN, origin_words, ORIGIN_WORDS, &origin, err) &&
                read_number(r, row, TNS_COLUMN_UNCERTAINTY, 0, 10, &out->uncertainty, err);
    out->kind = (tns_pigment_kind)kind;
    out->origin = (tns_origin)origin;
    return done;
}

/* The pigment of a row, a new one where it is first told of; -1 on failure. */
static int pigment_of(reading *r, size_t row, tns_error *err)
{
    tns_palette *p = r->palette;
    const char *id = field(r, row, TNS_COLUMN_PIGMENT);
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->pigments[i].id, id) == 0)
            return says_the_same(r, row, r->told[i].first, TNS_COLUMN_NAME, TNS_COLUMN_QUANTITY,
                                 err)
                       ? (int)i
                       : -1;
    if (p->count == PIGMENTS_MAX) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected at most %d pigments",
                      r->csv->name, r->csv->rows[row].line, PIGMENTS_MAX);
        return -1;
    }
    if (!read_pigment(r, row, &p->pigments[p->count], err))
        return -1;
    r->told[p->count].first = row;
    return (int)p->count++;
}

static bool read_values(const reading *r, size_t row, double out[TNS_BANDS], tns_error *err)
{
    double found[TNS_TABLE_BANDS_MAX];
    tns_spectrum spectrum;
    for (size_t i = 0; i < r->band_count; i++) {
        if (!tns_csv_number(r->csv, row, r->band[i], &found[i], err))
            return false;
        if (!(found[i] >= 0 && found[i] <= KS_MAX))
            return tns_error_set(
                err, TNS_ERROR_RANGE, "%s: line %zu: %s: expected 0 to %g, found %g", r->csv->name,
                r->csv->rows[row].line, r->csv->rows[0].field[r->band[i]], KS_MAX, found[i]);
    }
    if (!tns_spectrum_resample(r->wavelength_nm, found, r->band_count, &spectrum, err))
        return false;
    for (int i = 0; i < TNS_BANDS; i++)
        out[i] = fmax(spectrum.value[i], 0);
    return true;
}

static bool read_quantity(reading *r, size_t row, tns_pigment *p, told *t, tns_error *err)
{
    bool single = r->palette->model.single_constant;
    const char *quantity = field(r, row, TNS_COLUMN_QUANTITY);
    bool is_S = !single && tns_text_same(quantity, "S");
    if (!is_S && !tns_text_same(quantity, single ? "K/S" : "K"))
        return fail(r, row, TNS_COLUMN_QUANTITY, err, single ? "K/S" : "K or S", quantity);
    size_t *before = is_S ? &t->S : &t->K;
    if (*before)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s of %s is in line %zu already",
                             r->csv->name, r->csv->rows[row].line, quantity, p->id,
                             r->csv->rows[*before].line);
    *before = row;
    return read_values(r, row, is_S ? p->S : p->K, err);
}

/* A decimal comma would make two of one. */
static bool expect_whole(const reading *r, size_t row, tns_error *err)
{
    size_t wanted = r->csv->rows[0].count, found = r->csv->rows[row].count;
    return found == wanted ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected %zu fields, found %zu",
                         r->csv->name, r->csv->rows[row].line, wanted, found);
}

static bool read_row(reading *r, size_t row, tns_error *err)
{
    if (!expect_whole(r, row, err))
        return false;
    if (row > 1 && !says_the_same(r, row, 1, TNS_COLUMN_PALETTE, TNS_COLUMN_PIGMENT, err))
        return false;
    int i = pigment_of(r, row, err);
    return i >= 0 && read_quantity(r, row, &r->palette->pigments[i], &r->told[i], err);
}

/* ---- the whole ---- */

static bool is_black_hole(const tns_pigment *p)
{
    double sum = 0;
    for (int i = 0; i < TNS_BANDS; i++)
        sum += p->K[i] + p->S[i];
    return sum == 0 && (p->kind == TNS_PIGMENT || p->kind == TNS_PRESHADE);
}

static bool check_pigment(const reading *r, size_t i, tns_error *err)
{
    tns_pigment *p = &r->palette->pigments[i];
    bool single = r->palette->model.single_constant;
    if (!r->told[i].K || (!single && !r->told[i].S))
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: there is no row for %s of %s",
                             r->csv->name, r->told[i].K ? "S" : "K", p->id);
    for (int k = 0; single && k < TNS_BANDS; k++)
        p->S[k] = 1;
    return !is_black_hole(p) ||
           tns_error_set(
               err, TNS_ERROR_FORMAT,
               "%s: %s: K and S are 0 in every band, which only a diluent or additive has",
               r->csv->name, p->id);
}

static bool read_all(reading *r, tns_error *err)
{
    size_t rows = r->csv->count ? r->csv->count - 1 : 0;
    if (rows == 0 || rows > 2 * PIGMENTS_MAX) /* K and S of each */
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected 1 to %d rows, found %zu",
                             r->csv->name, 2 * PIGMENTS_MAX, rows);
    r->palette->pigments = calloc(rows, sizeof *r->palette->pigments);
    r->told = calloc(rows, sizeof *r->told);
    if (!r->palette->pigments || !r->told)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", r->csv->name);
    if (!find_columns(r, err) || !read_model(r, err))
        return false;
    for (size_t row = 1; row <= rows; row++)
        if (!read_row(r, row, err))
            return false;
    for (size_t i = 0; i < r->palette->count; i++)
        if (!check_pigment(r, i, err))
            return false;
    return true;
}

tns_palette *tns_exchange_parse_palette(const char *text, size_t length, const char *name,
                                        tns_error *err)
{
    tns_csv *csv = tns_csv_parse(text, length, name, err);
    if (!csv)
        return NULL;
    reading *r = calloc(1, sizeof *r);
    tns_palette *palette = calloc(1, sizeof *palette);
    bool done = (r && palette) || tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    if (done) {
        r->csv = csv;
        r->palette = palette;
        done = read_all(r, err);
        free(r->told);
    }
    free(r);
    tns_csv_destroy(csv);
    if (done)
        return palette;
    tns_palette_destroy(palette);
    return NULL;
}
