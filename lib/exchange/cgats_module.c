/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CGATS.17 tables. Little CMS reads the head: keywords and data format. The rows are read here: its
 * own reader takes a missing column for the next row's first, and (2.14) "42,1" or an id such as
 * "1A" for that glued to the word before.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include "base/text.h"
#include "exchange/cgats.h"

typedef struct columns {
    int id, L, a, b, backing;
    size_t amount_count;
    int amount[TNS_TABLE_AMOUNTS_MAX];
    size_t count; /* of all fields */
    size_t band_count;
    int band[TNS_TABLE_BANDS_MAX];
    double wavelength_nm[TNS_TABLE_BANDS_MAX];
    tns_color viewing; /* of L, a, b */
} columns;

typedef struct field {
    const char *text;
    size_t length;
} field;

/* The fields of a line, blanks between them and quotes around them left out; at most `room`. */
static size_t split(const char *line, size_t length, field *out, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < length;) {
        i += strspn(line + i, " \t\r");
        if (i >= length)
            break;
        bool quoted = line[i] == '"';
        i += quoted;
        size_t n = 0;
        while (i + n < length && (quoted ? line[i + n] != '"' : !strchr(" \t\r", line[i + n])))
            n++;
        if (count < room)
            out[count] = (field){line + i, n};
        count++;
        i += n + quoted;
    }
    return count;
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

static bool find_columns(cmsHANDLE it8, const char *name, columns *out, tns_error *err)
{
    char **names = NULL;
    int count = cmsIT8EnumDataFormat(it8, &names);
    memset(out, 0, sizeof *out);
    out->id = out->L = out->a = out->b = out->backing = -1;
    if (count <= 0 || !names) /* the keyword stood in a text, the block is not there */
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: no data format", name);
    out->count = (size_t)count;
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], "SAMPLE_ID") == 0 ||
            (out->id < 0 && strcmp(names[i], "SAMPLE_NAME") == 0))
            out->id = i;
        out->L = strcmp(names[i], "LAB_L") == 0 ? i : out->L;
        out->a = strcmp(names[i], "LAB_A") == 0 ? i : out->a;
        out->b = strcmp(names[i], "LAB_B") == 0 ? i : out->b;
        out->backing = strcmp(names[i], "BACKING") == 0 ? i : out->backing;
        double nm = tns_column_wavelength(names[i]);
        if (nm == 0)
            continue;
        if (out->band_count == TNS_TABLE_BANDS_MAX)
            return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected at most %d wavelengths", name,
                                 TNS_TABLE_BANDS_MAX);
        out->band[out->band_count] = i;
        out->wavelength_nm[out->band_count++] = nm;
    }
    if (out->band_count == 0 && (out->L < 0 || out->a < 0 || out->b < 0))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: expected fields SPEC_nnn or LAB_L, LAB_A, LAB_B, found none",
                             name);
    return true;
}

/* A row's field as a text that ends. */
static bool take(const field *f, char *out, size_t size)
{
    if (f->length >= size)
        return false;
    memcpy(out, f->text, f->length);
    out[f->length] = '\0';
    return true;
}

static bool read_number(const tns_table *table, const tns_table_row *sample, const field *fields,
                        int column, double *out, tns_error *err)
{
    char text[64];
    if (!take(&fields[column], text, sizeof text))
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: field %d: expected a number",
                             table->name, sample->line, column + 1);
    if (tns_text_number(text, out, err))
        return true;
    return tns_error_prefix(err, "%s: line %zu: field %d", table->name, sample->line, column + 1);
}

/*
 * Graphic arts color is D50, 2 degrees (ISO 13655), unless the file has its own WEIGHTING_FUNCTION
 * (CGATS.17): "ILLUMINANT, D65" and "OBSERVER, 10 degree".
 */
static bool read_viewing(cmsHANDLE it8, const char *name, tns_color *out, tns_error *err)
{
    const char *illuminant = cmsIT8GetPropertyMulti(it8, "WEIGHTING_FUNCTION", "ILLUMINANT");
    const char *observer = cmsIT8GetPropertyMulti(it8, "WEIGHTING_FUNCTION", "OBSERVER");
    if (!tns_text_copy(out->illuminant, sizeof out->illuminant, illuminant ? illuminant : "D50"))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: WEIGHTING_FUNCTION: the illuminant's name is too long", name);
    int degrees = observer ? atoi(observer) : 2;
    if (degrees != 2 && degrees != 10)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: WEIGHTING_FUNCTION: expected an observer of 2 or 10 degrees, "
                             "found \"%.40s\"",
                             name, observer);
    out->observer = degrees == 2 ? TNS_OBSERVER_2 : TNS_OBSERVER_10;
    return true;
}

static bool find_amounts(cmsHANDLE it8, columns *c, tns_table *table, tns_error *err)
{
    char **names = NULL;
    int count = cmsIT8EnumDataFormat(it8, &names);
    for (int i = 0; i < count; i++) {
        bool is_amount;
        if (!tns_table_add_amount(table, names[i], &is_amount, err))
            return false;
        if (is_amount)
            c->amount[c->amount_count++] = i;
    }
    return true;
}

static bool read_mix(const columns *c, const tns_table *table, const field *fields,
                     tns_table_row *out, tns_error *err)
{
    char text[64];
    if (c->backing >= 0 && !take(&fields[c->backing], out->backing, sizeof out->backing))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: line %zu: BACKING: expected at most %zu bytes", table->name,
                             out->line, sizeof out->backing - 1);
    for (size_t i = 0; i < c->amount_count; i++) {
        if (!take(&fields[c->amount[i]], text, sizeof text))
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: line %zu: AMOUNT_%s: expected a number", table->name,
                                 out->line, table->amount_name[i]);
        if (!tns_table_read_amount(table, out, i, text, err))
            return false;
    }
    return true;
}

static bool read_row(const columns *c, const tns_table *table, const field *fields,
                     tns_table_row *out, tns_error *err)
{
    if (c->id >= 0 && !take(&fields[c->id], out->id, sizeof out->id))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: line %zu: field %d: expected at most %zu "
                             "bytes",
                             table->name, out->line, c->id + 1, sizeof out->id - 1);
    if (!read_mix(c, table, fields, out, err))
        return false;
    for (size_t i = 0; i < c->band_count; i++)
        if (!read_number(table, out, fields, c->band[i], &out->value[i], err))
            return false;
    out->has_color = c->L >= 0 && c->a >= 0 && c->b >= 0;
    out->color = c->viewing;
    tns_lab *lab = &out->color.lab;
    return !out->has_color || (read_number(table, out, fields, c->L, &lab->L, err) &&
                               read_number(table, out, fields, c->a, &lab->a, err) &&
                               read_number(table, out, fields, c->b, &lab->b, err));
}

/* Every line between BEGIN_DATA and END_DATA that is no comment must hold one sample. */
static bool read_rows(const char *text, const columns *c, tns_table *table, field *fields,
                      tns_error *err)
{
    bool inside = false;
    size_t line = 0, found = 0;
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, "\n");
        line++;
        if (inside && line_is(at, n, "END_DATA"))
            break;
        size_t count = inside && *at != '#' ? split(at, n, fields, c->count) : 0;
        if (count > 0 && count != c->count)
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: line %zu: expected %zu fields, found %zu", table->name, line,
                                 c->count, count);
        if (count > 0 && found < table->count) {
            table->samples[found].line = line;
            if (!read_row(c, table, fields, &table->samples[found], err))
                return false;
        }
        found += count > 0;
        inside = inside || line_is(at, n, "BEGIN_DATA");
        at += n + (at[n] == '\n');
    }
    return found == table->count ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: NUMBER_OF_SETS: expected %zu rows, found %zu",
                         table->name, table->count, found);
}

static bool fill(const char *text, const columns *c, tns_table *table, tns_error *err)
{
    field *fields = calloc(c->count, sizeof *fields);
    if (!fields)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", table->name);
    memcpy(table->wavelength_nm, c->wavelength_nm, sizeof table->wavelength_nm);
    table->states_viewing = true;
    bool done = read_rows(text, c, table, fields, err) && tns_table_check_bands(table, err);
    free(fields);
    return done;
}

static tns_table *table_from(cmsHANDLE it8, const char *text, const char *name, tns_error *err)
{
    columns c;
    if (!find_columns(it8, name, &c, err) || !read_viewing(it8, name, &c.viewing, err))
        return NULL;
    double sets = cmsIT8GetPropertyDbl(it8, "NUMBER_OF_SETS");
    if (!(sets >= 1 && sets <= 100000)) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: NUMBER_OF_SETS: expected 1 or more, found %g",
                      name, sets);
        return NULL;
    }
    tns_table *table = tns_table_create(name, (size_t)sets, c.band_count, err);
    if (table && find_amounts(it8, &c, table, err) && fill(text, &c, table, err))
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

static tns_table *read_cgats(const char *text, size_t length, const char *name, tns_error *err)
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

const tns_cgats_module tns_module_cgats = {{TNS_VERSION}, read_cgats};
