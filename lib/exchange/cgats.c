/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CGATS.17 tables through Little CMS. Its reader takes "42,1" for 42 and a missing column for the
 * next row's first, so the rows are counted before it sees them, and its fields are read as text
 * and checked here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include "base/text.h"
#include "exchange/table.h"

typedef struct columns {
    int id, L, a, b;
    size_t count; /* of all fields */
    size_t band_count;
    int band[TNS_TABLE_BANDS_MAX];
    double wavelength_nm[TNS_TABLE_BANDS_MAX];
} columns;

static size_t fields_in_line(const char *line, size_t length)
{
    size_t fields = 0;
    bool inside = false, quoted = false;
    for (size_t i = 0; i < length; i++) {
        bool blank = !quoted && strchr(" \t\r", line[i]) != NULL;
        if (!blank && !inside)
            fields++;
        inside = !blank;
        if (line[i] == '"')
            quoted = !quoted;
    }
    return fields;
}

static bool line_is(const char *line, size_t length, const char *word)
{
    size_t n = strlen(word);
    while (length > 0 && strchr(" \t\r", line[length - 1]))
        length--;
    while (length > 0 && strchr(" \t", *line)) {
        line++;
        length--;
    }
    return length == n && memcmp(line, word, n) == 0;
}

/*
 * Every line between BEGIN_DATA and END_DATA must hold one sample. `lines` (room for `rows`) takes
 * each one's number.
 */
static bool check_rows(const char *text, const char *name, size_t fields, size_t rows,
                       size_t *lines, tns_error *err)
{
    bool inside = false;
    size_t line = 0, found = 0;
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, "\n");
        line++;
        if (line_is(at, n, "END_DATA"))
            break;
        size_t count = inside && *at != '#' ? fields_in_line(at, n) : 0;
        if (count > 0 && count != fields)
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: line %zu: expected %zu fields, found %zu", name, line, fields,
                                 count);
        if (count > 0 && found < rows)
            lines[found] = line;
        found += count > 0;
        inside = inside || line_is(at, n, "BEGIN_DATA");
        at += n + (at[n] == '\n');
    }
    if (found != rows)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: NUMBER_OF_SETS: expected %zu rows, found %zu", name, rows, found);
    return true;
}

static bool find_columns(cmsHANDLE it8, const char *name, columns *out, tns_error *err)
{
    char **names = NULL;
    int count = cmsIT8EnumDataFormat(it8, &names);
    memset(out, 0, sizeof *out);
    out->id = out->L = out->a = out->b = -1;
    if (count <= 0)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: no data format", name);
    out->count = (size_t)count;
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], "SAMPLE_ID") == 0 ||
            (out->id < 0 && strcmp(names[i], "SAMPLE_NAME") == 0))
            out->id = i;
        out->L = strcmp(names[i], "LAB_L") == 0 ? i : out->L;
        out->a = strcmp(names[i], "LAB_A") == 0 ? i : out->a;
        out->b = strcmp(names[i], "LAB_B") == 0 ? i : out->b;
        double nm = tns_column_wavelength(names[i]);
        if (nm > 0 && out->band_count < TNS_TABLE_BANDS_MAX) {
            out->band[out->band_count] = i;
            out->wavelength_nm[out->band_count++] = nm;
        }
    }
    if (out->band_count == 0 && (out->L < 0 || out->a < 0 || out->b < 0))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: expected fields SPEC_nnn or LAB_L, LAB_A, LAB_B, found none",
                             name);
    return true;
}

static bool read_number(cmsHANDLE it8, const tns_table *table, int row, int column, double *out,
                        tns_error *err)
{
    const char *text = cmsIT8GetDataRowCol(it8, row, column);
    if (tns_text_number(text ? text : "", out, err))
        return true;
    return tns_error_prefix(err, "%s: line %zu: field %d", table->name, table->samples[row].line,
                            column + 1);
}

static bool read_row(cmsHANDLE it8, const columns *c, tns_table *table, int row, tns_error *err)
{
    tns_sample *sample = &table->samples[row];
    const char *id = c->id >= 0 ? cmsIT8GetDataRowCol(it8, row, c->id) : NULL;
    snprintf(sample->id, sizeof sample->id, "%s", id ? id : "");
    for (size_t i = 0; i < c->band_count; i++)
        if (!read_number(it8, table, row, c->band[i], &sample->value[i], err))
            return false;
    sample->has_color = c->L >= 0 && c->a >= 0 && c->b >= 0;
    /* ISO 13655: graphic arts colour is D50, 2 degrees. */
    snprintf(sample->color.illuminant, sizeof sample->color.illuminant, "D50");
    sample->color.observer = TNS_OBSERVER_2;
    return !sample->has_color || (read_number(it8, table, row, c->L, &sample->color.lab.L, err) &&
                                  read_number(it8, table, row, c->a, &sample->color.lab.a, err) &&
                                  read_number(it8, table, row, c->b, &sample->color.lab.b, err));
}

static bool fill(cmsHANDLE it8, const char *text, const columns *c, tns_table *table,
                 tns_error *err)
{
    size_t *lines = calloc(table->count, sizeof *lines);
    if (!lines)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", table->name);
    bool done = check_rows(text, table->name, c->count, table->count, lines, err);
    for (size_t i = 0; i < table->count; i++)
        table->samples[i].line = lines[i];
    free(lines);
    memcpy(table->wavelength_nm, c->wavelength_nm, sizeof table->wavelength_nm);
    table->states_viewing = true;
    for (size_t i = 0; done && i < table->count; i++)
        done = read_row(it8, c, table, (int)i, err);
    return done && tns_table_check_bands(table, err);
}

static tns_table *table_from(cmsHANDLE it8, const char *text, const char *name, tns_error *err)
{
    columns c;
    if (!find_columns(it8, name, &c, err))
        return NULL;
    double sets = cmsIT8GetPropertyDbl(it8, "NUMBER_OF_SETS");
    if (!(sets >= 1 && sets <= 100000)) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: NUMBER_OF_SETS: expected 1 or more, found %g",
                      name, sets);
        return NULL;
    }
    tns_table *table = tns_table_create(name, (size_t)sets, c.band_count, err);
    if (table && fill(it8, text, &c, table, err))
        return table;
    tns_table_destroy(table);
    return NULL;
}

/* Little CMS tells its errors through a callback of its context; the last one is kept. */
static void keep_message(cmsContext context, cmsUInt32Number code, const char *text)
{
    (void)code;
    char *message = cmsGetContextUserData(context);
    snprintf(message, 256, "%s", text);
}

tns_table *tns_table_from_cgats(const char *text, size_t length, const char *name, tns_error *err)
{
    char message[256] = "not a CGATS file";
    cmsContext context = cmsCreateContext(NULL, message);
    if (!context) {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        return NULL;
    }
    cmsSetLogErrorHandlerTHR(context, keep_message);
    cmsHANDLE it8 = cmsIT8LoadFromMem(context, text, (cmsUInt32Number)length);
    tns_table *table = it8 ? table_from(it8, text, name, err) : NULL;
    if (!it8)
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: %s", name, message);
    if (it8)
        cmsIT8Free(it8);
    cmsDeleteContext(context);
    return table;
}
