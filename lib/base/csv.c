/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "base/csv.h"
#include "base/csv_commas.h"
#include "base/file.h"
#include "base/text.h"

enum { CSV_LIMIT = 64 << 20 };

typedef struct builder {
    tns_csv *csv;
    tns_csv_row row;
    bool ended; /* a row, or a blank line, since this was last set to false */
    bool failed;
} builder;

/* The array, with room for one more of `size` bytes behind its `count`; it grows in powers of two.
   NULL, and the array as it was, without memory. */
static void *with_room(void *array, size_t count, size_t size)
{
    return count & (count - 1) ? array : realloc(array, (count ? count * 2 : 1) * size);
}

static void add_field(void *bytes, size_t length, void *user)
{
    builder *b = user;
    char *copy = malloc(length + 1);
    char **field = copy ? with_room(b->row.field, b->row.count, sizeof *field) : NULL;
    if (!field) {
        free(copy);
        b->failed = true;
        return;
    }
    b->row.field = field;
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    b->row.field[b->row.count++] = copy;
}

static void clear(tns_csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        free(row->field[i]);
    free(row->field);
    memset(row, 0, sizeof *row);
}

static bool is_empty(const tns_csv_row *row)
{
    return row->count == 0 || (row->count == 1 && row->field[0][0] == '\0');
}

static void end_row(builder *b)
{
    bool wanted = !b->failed && !is_empty(&b->row);
    tns_csv_row *rows = wanted ? with_room(b->csv->rows, b->csv->count, sizeof *rows) : NULL;
    b->failed = b->failed || (wanted && !rows);
    if (!rows) {
        clear(&b->row);
        return;
    }
    b->csv->rows = rows;
    rows[b->csv->count++] = b->row;
    memset(&b->row, 0, sizeof b->row);
}

static void on_row(int terminator, void *user)
{
    (void)terminator;
    builder *b = user;
    b->ended = true;
    end_row(b);
}

/* The length of the line at `text` with what ends it: LF, CR LF or CR. */
static size_t line_length(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length && text[n] != '\n' && text[n] != '\r')
        n++;
    bool both = n + 1 < length && text[n] == '\r' && text[n + 1] == '\n';
    return n < length ? n + 1 + both : n;
}

static bool is_comment(const char *line, size_t length)
{
    size_t n = 0;
    while (n < length && (line[n] == ' ' || line[n] == '\t'))
        n++;
    return n < length && line[n] == '#';
}

/* Of the character at `at`, from 1. */
static size_t column_of(const char *line, size_t at)
{
    return 1 + tns_text_letters(line, at);
}

/* Whether the field that ends before `at` began with a quotation mark. */
static bool is_quoted(const char *line, size_t at, char delimiter)
{
    bool inside = false, quoted = false;
    for (size_t i = 0; i < at; i++) {
        if (line[i] == '"') {
            inside = !inside;
            quoted = true;
        }
        quoted = quoted && (inside || line[i] != delimiter);
    }
    return quoted;
}

enum { SHOWN = 20 };

/* libcsv stops at the first character that cannot stand where it does. */
static bool tell_fault(const builder *b, size_t line, const char *text, size_t length, size_t at,
                       tns_error *err)
{
    const char *expected = b->csv->delimiter == ';'    ? "expected a semicolon"
                           : b->csv->delimiter == '\t' ? "expected a tab"
                                                       : "expected a comma";
    bool behind = is_quoted(text, at, b->csv->delimiter);
    size_t shown = at;
    while (shown < length && shown < at + SHOWN && text[shown] != '\n' && text[shown] != '\r')
        shown++;
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu, column %zu: %s%s \"%.*s\"",
                         b->csv->name, line, column_of(text, at), behind ? expected : "",
                         behind ? " or the end of the line behind a quotation, found"
                                : "a quotation mark in a field that does not begin with one:",
                         (int)(shown - at), text + at);
}

/*
 * libcsv tells of rows, not of lines, so it is fed one line at a time. A row may take several, and
 * what looks like a comment inside a quotation is none.
 */
static bool feed(struct csv_parser *parser, builder *b, const char *text, size_t length,
                 tns_error *err)
{
    b->ended = true;
    for (size_t line = 1, n; length > 0 && !b->failed; line++, text += n, length -= n) {
        n = line_length(text, length);
        if (b->ended && is_comment(text, n))
            continue;
        if (b->ended)
            b->row.line = line;
        b->ended = false;
        size_t taken = csv_parse(parser, text, n, add_field, on_row, b);
        if (taken < n && csv_error(parser) == CSV_EPARSE)
            return tell_fault(b, line, text, n, taken, err);
        b->failed = b->failed || taken < n;
    }
    bool finished = csv_fini(parser, add_field, on_row, b) == 0;
    if (b->failed)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", b->csv->name);
    if (!finished)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: unfinished quotation",
                             b->csv->name, b->row.line);
    return true;
}

tns_csv *tns_csv_parse(const char *text, size_t length, const char *name, tns_error *err)
{
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    if (!tns_text_is_utf8(text, length)) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: not a text in UTF-8", name);
        return NULL;
    }
    builder b = {.csv = calloc(1, sizeof *b.csv)};
    struct csv_parser parser;
    if (!b.csv || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        free(b.csv);
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        return NULL;
    }
    strncpy(b.csv->name, name, sizeof b.csv->name - 1);
    b.csv->delimiter = tns_csv_delimiter(text, length);
    csv_set_delim(&parser, (unsigned char)b.csv->delimiter);
    bool done = feed(&parser, &b, text, length, err);
    csv_free(&parser);
    clear(&b.row);
    if (!done) {
        tns_csv_destroy(b.csv);
        return NULL;
    }
    tns_csv_point_commas(b.csv);
    return b.csv;
}

tns_csv *tns_csv_load(const char *path, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, CSV_LIMIT, &length, err);
    tns_csv *csv = text ? tns_csv_parse(text, length, path, err) : NULL;
    free(text);
    return csv;
}

void tns_csv_destroy(tns_csv *csv)
{
    if (!csv)
        return;
    for (size_t i = 0; i < csv->count; i++)
        clear(&csv->rows[i]);
    free(csv->rows);
    free(csv);
}

int tns_csv_column(const tns_csv *csv, const char *name)
{
    if (csv->count == 0)
        return -1;
    for (size_t i = 0; i < csv->rows[0].count; i++)
        if (tns_text_same(csv->rows[0].field[i], name))
            return (int)i;
    return -1;
}

bool tns_csv_number(const tns_csv *csv, size_t row, size_t column, double *out, tns_error *err)
{
    const tns_csv_row *r = &csv->rows[row];
    const char *header = column < csv->rows[0].count ? csv->rows[0].field[column] : "?";
    if (column >= r->count)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected %zu fields, found %zu",
                             csv->name, r->line, csv->rows[0].count, r->count);
    if (tns_text_number(r->field[column], out, err))
        return true;
    return tns_error_prefix(err, "%s: line %zu: %s", csv->name, r->line, header);
}

void tns_csv_put_text(FILE *to, const char *text, char end)
{
    fputc('"', to);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', to);
        fputc(*text, to);
    }
    fputc('"', to);
    fputc(end, to);
}

void tns_csv_put_number(FILE *to, int64_t value, char end)
{
    char text[TNS_DECIMAL_TEXT];
    tns_text_integer(value, text);
    fputs(text, to);
    fputc(end, to);
}
