/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a chart file: a head of "key: value" lines, then a table, one patch a line. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/adaptation.h>
#include <tonsure/card.h>
#include <tonsure/difference.h>

#include "base/file.h"
#include "base/text.h"
#include "photo/chart/card_head.h"

enum { FILE_MAX = 1 << 20, COLUMNS_MAX = 140, WAVES_MAX = 120 };

/* What a column of the table holds; a wavelength is its own nanometres. */
typedef enum column { NAME, LAB_L, LAB_A, LAB_B, XYZ_X, XYZ_Y, XYZ_Z, SD_L, SD_A, SD_B } column;

static const char *const column_words[] = {"name", "L", "a", "b", "X", "Y", "Z", "uL", "ua", "ub"};

enum { PLAIN_COLUMNS = sizeof column_words / sizeof *column_words };

typedef struct table {
    int count;
    column kind[COLUMNS_MAX];    /* or PLAIN_COLUMNS: a wavelength */
    double wave_nm[COLUMNS_MAX]; /* of those */
    bool has[PLAIN_COLUMNS];
    int waves;
    bool is_open; /* the head is over */
} table;

/* What is there as a whole, or is not. */
typedef enum group { COLOR, SPECTRUM, DOUBT, GROUPS } group;

/* One line's figures. */
typedef struct row {
    double value[PLAIN_COLUMNS];
    double nm[WAVES_MAX], power[WAVES_MAX];
    int waves;
    int given[GROUPS], missing[GROUPS]; /* cells with a number, and with a "-" */
} row;

typedef struct reader {
    const char *name;
    int line;
    tns_card_head head;
    table table;
    tns_card *card;
    int line_of[TNS_CHART_PATCHES_MAX];
    tns_xyz xyz[TNS_CHART_PATCHES_MAX]; /* as the file has them, under its own white */
    tns_error *err;
} reader;

static bool fail(const reader *r, const char *format, ...) TNS_PRINTF(2, 3);

static bool fail(const reader *r, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    tns_text_vformat(text, sizeof text, format, args);
    va_end(args);
    tns_text_tidy(text);
    return tns_error_set(r->err, TNS_ERROR_FORMAT, "%s:%d: %s", r->name, r->line, text);
}

static char *trimmed(char *text)
{
    text += strspn(text, " \t");
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t\r", text[n - 1]))
        n--;
    text[n] = '\0';
    return text;
}

/* ---- the table's first line ---- */

static bool read_wavelength(const char *word, double *nm)
{
    return strncmp(word, "nm", 2) == 0 && tns_text_number(word + 2, nm, NULL) && *nm >= 300 &&
           *nm <= 1100;
}

static bool add_column(reader *r, const char *word)
{
    table *t = &r->table;
    if (t->count == COLUMNS_MAX)
        return fail(r, "patches: expected at most %d columns", COLUMNS_MAX);
    for (int k = 0; k < PLAIN_COLUMNS; k++)
        if (strcmp(word, column_words[k]) == 0) {
            if (t->has[k])
                return fail(r, "patches: the column %s stands twice", word);
            t->has[k] = true;
            t->kind[t->count++] = (column)k;
            return true;
        }
    double nm = 0;
    if (!read_wavelength(word, &nm))
        return fail(r,
                    "patches: expected name, L, a, b, X, Y, Z, uL, ua, ub or nm380 .., "
                    "found \"%.40s\"",
                    word);
    if (t->waves > 0 && nm <= t->wave_nm[t->count - 1])
        return fail(r, "patches: wavelengths must rise, found \"%.40s\"", word);
    if (t->waves == WAVES_MAX)
        return fail(r, "patches: expected at most %d wavelengths", WAVES_MAX);
    t->wave_nm[t->count] = nm;
    t->kind[t->count++] = (column)PLAIN_COLUMNS;
    t->waves++;
    return true;
}

static bool has_all(const table *t, column first)
{
    return t->has[first] && t->has[first + 1] && t->has[first + 2];
}

static bool has_any(const table *t, column first)
{
    return t->has[first] || t->has[first + 1] || t->has[first + 2];
}

static bool check_columns(const reader *r)
{
    const table *t = &r->table;
    if (!t->has[NAME])
        return fail(r, "patches: expected a column \"name\"");
    if (has_any(t, LAB_L) && has_any(t, XYZ_X))
        return fail(r, "patches: expected L, a, b or X, Y, Z, found both");
    const column groups[] = {LAB_L, XYZ_X, SD_L};
    for (size_t g = 0; g < 3; g++)
        if (has_any(t, groups[g]) && !has_all(t, groups[g]))
            return fail(r, "patches: expected all three of %s, %s, %s", column_words[groups[g]],
                        column_words[groups[g] + 1], column_words[groups[g] + 2]);
    return true;
}

/* The colours' own white: what they are adapted from, and what their spectra are judged by. */
static bool check_white(const reader *r)
{
    bool has_color = r->table.has[LAB_L] || r->table.has[XYZ_X];
    if (has_color && !r->head.has_white)
        return fail(r, "expected a line \"white:\" above the patches: D50, D65 or X, Y, Z");
    if (has_color && r->head.observer == 0)
        return fail(r, "expected a line \"observer:\" above the patches: 2");
    if (has_color && r->head.observer != TNS_OBSERVER_2)
        return fail(r, "observer: expected 2, found 10: colors of the 10 degree observer cannot "
                       "be turned into those of the chart's; give spectra");
    return true;
}

static bool lay_out(const reader *r)
{
    tns_error why;
    return tns_card_head_lay_out(&r->head, &r->card->chart, &why) || fail(r, "%s", why.text);
}

static bool open_table(reader *r, char *words)
{
    const char *missing = tns_card_head_missing(&r->head);
    if (missing)
        return fail(r, "expected a line \"%s:\" above the patches", missing);
    for (char *word = words; word;) {
        char *comma = strchr(word, ',');
        if (comma)
            *comma = '\0';
        if (!add_column(r, trimmed(word)))
            return false;
        word = comma ? comma + 1 : NULL;
    }
    r->table.is_open = true;
    return check_columns(r) && check_white(r) && lay_out(r);
}

/* ---- one patch ---- */

static bool read_name(const reader *r, const char *text)
{
    tns_chart *chart = &r->card->chart;
    char *name = chart->patch[chart->count].name;
    if (text[0] == '\0' || !tns_text_copy(name, sizeof chart->patch->name, text))
        return fail(r, "name: expected 1 to %zu bytes, found \"%.60s\"",
                    sizeof chart->patch->name - 1, text);
    for (int i = 0; i < chart->count; i++)
        if (strcmp(chart->patch[i].name, name) == 0)
            return fail(r, "name: \"%s\" stands on line %d already", name, r->line_of[i]);
    return true;
}

/* Beyond what surfaces show lies a misplaced column or decimal point. */
static bool is_in_reason(column kind, double value)
{
    switch (kind) {
    case LAB_L:
        return value >= 0 && value <= 100;
    case LAB_A:
    case LAB_B:
        return value >= -150 && value <= 150;
    case XYZ_X:
    case XYZ_Y:
    case XYZ_Z:
        return value >= 0 && value <= 150;
    case SD_L:
    case SD_A:
    case SD_B:
        return value >= 0 && value <= 50;
    default:
        return value >= -0.02 && value <= 1.3;
    }
}

static group group_of(column kind)
{
    return kind == (column)PLAIN_COLUMNS ? SPECTRUM : kind >= SD_L ? DOUBT : COLOR;
}

static bool read_cell(reader *r, row *out, int at, const char *text)
{
    const table *t = &r->table;
    column kind = t->kind[at];
    double value = 0;
    char word[24];
    tns_error why;
    if (kind == NAME)
        return read_name(r, text);
    if (strcmp(text, "-") == 0) {
        out->missing[group_of(kind)]++;
        return true;
    }
    out->given[group_of(kind)]++;
    if (kind == (column)PLAIN_COLUMNS)
        tns_text_format(word, sizeof word, "nm%g", t->wave_nm[at]);
    else
        snprintf(word, sizeof word, "%s", column_words[kind]);
    if (!tns_text_number(text, &value, &why))
        return fail(r, "%s: %s", word, why.text);
    if (!is_in_reason(kind, value))
        return fail(r, "%s: found %g, outside reason", word, value);
    if (kind == (column)PLAIN_COLUMNS) {
        out->nm[out->waves] = t->wave_nm[at];
        out->power[out->waves++] = value;
    } else {
        out->value[kind] = value;
    }
    return true;
}

static tns_color under_d50(tns_lab lab)
{
    return (tns_color){.lab = lab, .illuminant = "D50", .observer = TNS_OBSERVER_2};
}

static tns_viewing d50(void)
{
    tns_viewing viewing;
    tns_color color = under_d50((tns_lab){0, 0, 0});
    tns_color_viewing(&color, &viewing, NULL);
    return viewing;
}

static bool set_spectrum(const reader *r, const row *in, tns_card_patch *patch)
{
    tns_error why;
    if (in->waves == 0)
        return true;
    patch->has_spectrum = patch->has_color = true;
    return tns_spectrum_resample(in->nm, in->power, (size_t)in->waves, &patch->spectrum, &why) ||
           fail(r, "%s", why.text);
}

/* The colour as the file says it, and brought to D50; what is under D50 stays to the digit. */
static void set_color(reader *r, const row *in, int i)
{
    const double *v = in->value;
    tns_xyz white = r->head.white, to = d50().white;
    tns_lab lab = {v[LAB_L], v[LAB_A], v[LAB_B]};
    bool is_lab = r->table.has[LAB_L], same = strcmp(r->head.illuminant, "D50") == 0;
    r->xyz[i] = is_lab ? tns_xyz_from_lab(lab, white) : (tns_xyz){v[XYZ_X], v[XYZ_Y], v[XYZ_Z]};
    if (!same || !is_lab)
        lab = tns_lab_from_xyz(tns_adapt(TNS_ADAPT_BRADFORD, r->xyz[i], white, to), to);
    r->card->chart.patch[i].reference = lab;
}

enum { SPECTRUM_APART = 6 }; /* dE76: figures of another light or of another patch */

static bool agree(const reader *r, int i)
{
    tns_viewing viewing = d50();
    tns_lab seen = tns_lab_from_spectrum(&r->card->patch[i].spectrum, &viewing);
    tns_lab said = r->card->chart.patch[i].reference;
    double apart = tns_de76(said, seen);
    return apart <= SPECTRUM_APART ||
           fail(r, "its color and its spectrum are %.0f apart (dE76): another white than declared?",
                apart);
}

static bool take(reader *r, const row *in)
{
    tns_chart *chart = &r->card->chart;
    int i = chart->count;
    tns_card_patch *patch = &r->card->patch[i];
    r->line_of[i] = r->line;
    chart->count++;
    for (int g = 0; g < GROUPS; g++)
        if (in->given[g] > 0 && in->missing[g] > 0)
            return fail(r, "expected figures or \"-\" throughout, found some of each");
    if (!set_spectrum(r, in, patch))
        return false;
    if (in->given[DOUBT]) {
        patch->has_uncertainty = true;
        patch->uncertainty = (tns_uncertainty){
            .L = in->value[SD_L], .a = in->value[SD_A], .b = in->value[SD_B], .k = 2};
    }
    tns_viewing viewing = d50();
    if (in->given[COLOR]) {
        patch->has_color = true;
        set_color(r, in, i);
        return !patch->has_spectrum || agree(r, i);
    }
    if (patch->has_spectrum)
        chart->patch[i].reference = tns_lab_from_spectrum(&patch->spectrum, &viewing);
    return true;
}

static bool read_row(reader *r, char *line)
{
    row out = {.waves = 0};
    const tns_chart *chart = &r->card->chart;
    if (chart->count == chart->rows * chart->columns)
        return fail(r, "expected %d patches (%d rows of %d), found more", chart->count, chart->rows,
                    chart->columns);
    int at = 0;
    for (char *cell = line; cell; at++) {
        char *comma = strchr(cell, ',');
        if (comma)
            *comma = '\0';
        if (at < r->table.count && !read_cell(r, &out, at, trimmed(cell)))
            return false;
        cell = comma ? comma + 1 : NULL;
    }
    if (at != r->table.count)
        return fail(r, "expected %d columns, found %d", r->table.count, at);
    return take(r, &out);
}

/* ---- the whole ---- */

static double chroma_under(tns_xyz xyz, tns_xyz white)
{
    tns_lab lab = tns_lab_from_xyz(xyz, white);
    return hypot(lab.a, lab.b);
}

/*
 * A white patch is neutral under the white its figures were made for. One that is tinted under the
 * declared white and neutral under another common one tells that the figures are not what the file
 * says: XYZ under D65 go round as if they were under D50.
 */
static bool check_white_patch(reader *r)
{
    static const char *const whites[] = {"D50", "D55", "D65", "D75", "C", "A", "E"};
    const tns_chart *chart = &r->card->chart;
    int light = 0;
    for (int i = 1; i < chart->count; i++)
        if (r->xyz[i].Y > r->xyz[light].Y)
            light = i;
    if (r->xyz[light].Y > 0 && r->xyz[light].Y < 2) {
        r->line = r->line_of[light];
        return fail(r,
                    "\"%s\", the lightest patch, has Y %.2f: expected figures with Y = 100 and "
                    "L = 100 for the perfect diffuser",
                    chart->patch[light].name, r->xyz[light].Y);
    }
    if (r->xyz[light].Y < 30 || chroma_under(r->xyz[light], r->head.white) < 8)
        return true;
    for (size_t k = 0; k < sizeof whites / sizeof *whites; k++) {
        tns_illuminant other;
        tns_illuminant_find(whites[k], &other, NULL);
        tns_xyz white = tns_viewing_make(&other, TNS_OBSERVER_2).white;
        if (chroma_under(r->xyz[light], white) > 4)
            continue;
        r->line = r->line_of[light];
        return fail(r,
                    "\"%s\", the lightest patch, is X %.1f, Y %.1f, Z %.1f: neutral under %s, "
                    "not under the declared white (%s)",
                    chart->patch[light].name, r->xyz[light].X, r->xyz[light].Y, r->xyz[light].Z,
                    whites[k], r->head.illuminant);
    }
    return true;
}

static bool finish(reader *r)
{
    const tns_chart *chart = &r->card->chart;
    if (!r->table.is_open)
        return fail(r, "expected a line \"patches:\" that names the columns, found the end");
    if (chart->count < chart->rows * chart->columns)
        return fail(r, "expected %d patches (%d rows of %d), found %d",
                    chart->rows * chart->columns, chart->rows, chart->columns, chart->count);
    return check_white_patch(r);
}

static bool read_line(reader *r, char *line)
{
    line = trimmed(line);
    if (line[0] == '\0' || line[0] == '#')
        return true;
    if (!r->head.is_begun) {
        r->head.is_begun = strcmp(line, TNS_CARD_FIRST_LINE) == 0;
        return r->head.is_begun ||
               fail(r, "expected \"%s\", found \"%.40s\"", TNS_CARD_FIRST_LINE, line);
    }
    if (r->table.is_open)
        return read_row(r, line);
    char *colon = strchr(line, ':');
    if (!colon)
        return fail(r, "expected \"key: value\", found \"%.60s\"", line);
    *colon = '\0';
    const char *key = trimmed(line);
    char *value = trimmed(colon + 1);
    if (strcmp(key, "patches") == 0)
        return open_table(r, value);
    tns_error why;
    return tns_card_head_take(&r->head, r->card, key, value, &why) || fail(r, "%s", why.text);
}

static bool read_lines(reader *r, char *text)
{
    for (char *line = text; line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        r->line++;
        if (!read_line(r, line))
            return false;
        line = end && end[1] ? end + 1 : NULL;
    }
    return finish(r);
}

tns_card *tns_card_parse(const char *text, size_t length, const char *name, tns_error *err)
{
    if (length > FILE_MAX || !tns_text_is_utf8(text, length)) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected a chart file: plain text in UTF-8, %s",
                      name, length > FILE_MAX ? "found over a megabyte" : "found other bytes");
        return NULL;
    }
    reader *r = calloc(1, sizeof *r);
    char *copy = malloc(length + 1);
    tns_card *card = calloc(1, sizeof *card);
    bool done = r && copy && card;
    if (done) {
        memcpy(copy, text, length);
        copy[length] = '\0';
        r->name = name;
        r->card = card;
        r->err = err;
        done = read_lines(r, copy);
    } else {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    }
    free(r);
    free(copy);
    if (!done) {
        tns_card_destroy(card);
        card = NULL;
    }
    return card;
}

tns_card *tns_card_load(const char *path, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, FILE_MAX, &length, err);
    tns_card *card = text ? tns_card_parse(text, length, path, err) : NULL;
    free(text);
    return card;
}
