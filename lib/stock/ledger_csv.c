/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stock/chain.h"
#include "stock/ledger_csv.h"
#include "stock/words.h"

const char *const tns_ledger_columns[TNS_LEDGER_COLUMNS] = {
    "entry", "operation", "time",   "recorded", "day",    "actor", "kind", "product",
    "lot",   "bottle",    "amount", "reason",   "undoes", "sets",  "hash"};

/* ---- rows ---- */

static bool row_fails(tns_ledger_reader *r, const char *why, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s", r->name, r->line, why);
}

/* Of the file, or EOF. The block ends with a NUL of ours. */
static int next_character(tns_ledger_reader *r)
{
    if (r->at == r->end) {
        r->at = 0;
        r->end = fread(r->block, 1, sizeof r->block - 1, r->from);
        r->block[r->end] = '\0';
    }
    return r->at < r->end ? (unsigned char)r->block[r->at++] : EOF;
}

/* Into the row, up to one of `stops`, which is returned, or EOF; -2 for a NUL, or without room. */
static int copy_until(tns_ledger_reader *r, const char *stops)
{
    for (;;) {
        size_t run = strcspn(r->block + r->at, stops);
        if (r->used + run + 1 >= sizeof r->row)
            return -2;
        memcpy(r->row + r->used, r->block + r->at, run);
        r->used += run;
        r->at += run;
        bool all = r->at == r->end;
        int c = next_character(r);
        if (!all || c == EOF)
            return c == '\0' ? -2 : c;
        r->at--;
    }
}

/* Blanks around what is not quoted are not its own. */
static void end_field(tns_ledger_reader *r, size_t start, bool quoted)
{
    while (!quoted && r->used > start &&
           (r->row[r->used - 1] == ' ' || r->row[r->used - 1] == '\r'))
        r->used--;
    r->row[r->used++] = '\0';
}

static size_t lines_in(const char *text, size_t length)
{
    size_t lines = 0;
    const char *end = text + length;
    while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
        lines++;
        text++;
    }
    return lines;
}

/* Behind a quotation mark: its text; gives the character that ended the field. */
static int read_quoted(tns_ledger_reader *r)
{
    size_t start = r->used;
    int c;
    for (;;) {
        c = copy_until(r, "\"");
        if (c != '"')
            return -2;
        if ((c = next_character(r)) != '"')
            break;
        r->row[r->used++] = '"'; /* copy_until() has left room for it */
    }
    r->next_line += lines_in(r->row + start, r->used - start);
    while (c == ' ' || c == '\r')
        c = next_character(r);
    return c == ',' || c == '\n' || c == EOF ? c : -2;
}

/* One field; gives the character that ended it: ',', '\n' or EOF; -2 when the row is broken. */
static int read_field(tns_ledger_reader *r, int c)
{
    size_t start = r->used;
    while (c == ' ')
        c = next_character(r);
    bool quoted = c == '"';
    if (quoted) {
        c = read_quoted(r);
    } else if (c != ',' && c != '\n' && c != EOF) {
        r->at--;
        c = copy_until(r, ",\n\"");
        c = c == '"' ? -2 : c;
    }
    if (c != -2)
        end_field(r, start, quoted);
    return c;
}

/* Behind its '#', up to what ends it, which is returned. What a spreadsheet adds is left out. */
static int read_comment(tns_ledger_reader *r)
{
    static const char end[] = TNS_LEDGER_END;
    size_t used = 1;
    int c;
    char text[sizeof r->comment] = "#";
    while ((c = next_character(r)) != '\n' && c != EOF)
        if (used + 1 < sizeof text)
            text[used++] = (char)c;
    text[used] = '\0';
    text[strcspn(text, ",;\t\r")] = '\0';
    if (strncmp(text, end, sizeof end - 1) == 0)
        memcpy(r->comment, text, sizeof text);
    return c;
}

/* A row, or false at the end of the file (*more) or where it is broken. Blank lines and those that
   begin with # are passed over. */
static bool read_row(tns_ledger_reader *r, bool *more, tns_error *err)
{
    int c = next_character(r);
    for (*more = true;; c = next_character(r)) {
        if (c == '#')
            c = read_comment(r);
        if (c == EOF) {
            *more = false;
            return !ferror(r->from) ||
                   tns_error_set(err, TNS_ERROR_IO, "%s: reading failed", r->name);
        }
        r->line = r->next_line;
        if (c != '\n' && c != '\r')
            break;
        r->next_line += c == '\n';
    }
    r->count = r->used = 0;
    do {
        if (r->used + 2 >= sizeof r->row || r->count > TNS_LEDGER_COLUMNS)
            return row_fails(r, "longer than any entry", err);
        r->field[r->count++] = &r->row[r->used];
        c = read_field(r, r->count == 1 ? c : next_character(r));
        if (c == -2)
            return row_fails(r, "not CSV, or longer than any entry", err);
    } while (c == ',');
    r->next_line += c == '\n';
    return true;
}

/* ---- entries ---- */

static bool wrong(const tns_ledger_reader *r, int column, const char *expected, tns_error *err)
{
    char found[44];
    snprintf(found, sizeof found, "%s", r->field[column]);
    tns_text_tidy(found);
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s: %s, found \"%.40s\"", r->name,
                         r->line, tns_ledger_columns[column], expected, found);
}

/* As it is written, so that the same number is the same text: no sign, zero or blank more. */
static bool get_number(const tns_ledger_reader *r, int column, int64_t *out, tns_error *err)
{
    const char *text = r->field[column], *digits = text + (*text == '-'), *at = digits;
    int64_t value = 0;
    while (*at >= '0' && *at <= '9' && at < digits + 18)
        value = value * 10 + (*at++ - '0');
    size_t count = (size_t)(at - digits);
    bool plain = count > 0 && *at == '\0' && (digits[0] != '0' || (count == 1 && digits == text));
    *out = digits == text ? value : -value;
    return plain || wrong(r, column, "expected a whole number", err);
}

static bool get_text(const tns_ledger_reader *r, int column, char *out, size_t size, tns_error *err)
{
    const char *text = r->field[column];
    size_t length = strlen(text);
    if (length >= size)
        return wrong(r, column, "longer than any", err);
    if (!tns_text_is_utf8(text, length))
        return wrong(r, column, "expected UTF-8", err);
    memcpy(out, text, length + 1);
    return true;
}

static bool get_words(const tns_ledger_reader *r, tns_entry *e, tns_error *err)
{
    tns_error why;
    if (!tns_day_parse(r->field[4], &e->day, &why))
        return wrong(r, 4, "expected a day", err);
    if (!tns_entry_kind_parse(r->field[6], &e->kind))
        return wrong(r, 6, "an unknown kind", err);
    return tns_hash_parse(r->field[14], e->hash) || wrong(r, 14, "expected a hash", err);
}

static bool get_entry(const tns_ledger_reader *r, tns_entry *e, tns_error *err)
{
    if (r->count != TNS_LEDGER_COLUMNS)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected %d fields, found %zu",
                             r->name, r->line, (int)TNS_LEDGER_COLUMNS, r->count);
    return get_words(r, e, err) && get_number(r, 0, &e->id, err) &&
           get_number(r, 1, &e->operation, err) && get_number(r, 2, &e->time, err) &&
           get_number(r, 3, &e->recorded, err) && get_text(r, 5, e->actor, sizeof e->actor, err) &&
           get_text(r, 7, e->product, sizeof e->product, err) && get_number(r, 8, &e->lot, err) &&
           get_number(r, 9, &e->bottle, err) && get_number(r, 10, &e->amount, err) &&
           get_text(r, 11, e->reason, sizeof e->reason, err) &&
           get_number(r, 12, &e->undoes, err) && get_text(r, 13, e->sets, sizeof e->sets, err);
}

bool tns_ledger_begin(tns_ledger_reader *r, FILE *from, const char *name, tns_error *err)
{
    static const char mark[] = "\xef\xbb\xbf"; /* that some programs put in front */
    bool more;
    *r = (tns_ledger_reader){.from = from, .name = name, .next_line = 1};
    if (!read_row(r, &more, err))
        return false;
    if (!more)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: empty", name);
    if (strncmp(r->field[0], mark, 3) == 0)
        r->field[0] += 3;
    if (r->count == 1 && strchr(r->field[0], ';'))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: line %zu: expected fields between commas, as they were exported, "
                             "found semicolons: a spreadsheet wrote it anew",
                             name, r->line);
    for (int i = 0; i < TNS_LEDGER_COLUMNS; i++)
        if ((size_t)i >= r->count || !tns_text_same(r->field[i], tns_ledger_columns[i]))
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: not an export of a store: expected column %d to be \"%s\"",
                                 name, i + 1, tns_ledger_columns[i]);
    return true;
}

bool tns_ledger_next(tns_ledger_reader *r, tns_entry *entry, bool *more, tns_error *err)
{
    return read_row(r, more, err) && (!*more || get_entry(r, entry, err));
}

/* ---- the end ---- */

void tns_ledger_end_write(int64_t entries, const unsigned char head[TNS_HASH_SIZE], char *out,
                          size_t size)
{
    char hash[TNS_HASH_TEXT];
    tns_hash_write(head, hash);
    snprintf(out, size, TNS_LEDGER_END "%" PRId64 " entries: %s", entries, hash);
}

bool tns_ledger_check_end(const tns_ledger_reader *r, int64_t entries,
                          const unsigned char head[TNS_HASH_SIZE], bool *told, tns_error *err)
{
    char right[sizeof r->comment];
    tns_ledger_end_write(entries, head, right, sizeof right);
    *told = r->comment[0] != '\0';
    return !*told || strcmp(r->comment, right) == 0 ||
           tns_error_set(err, TNS_ERROR_TAMPERED,
                         "%s: not whole: it has %" PRId64 " entries, and ends with \"%.40s\"",
                         r->name, entries, r->comment);
}
