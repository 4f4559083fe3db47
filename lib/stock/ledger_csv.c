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

/* So that a row's all is in the block, or what there is until the file's end. Behind it stands a
   NUL of ours. */
static void fill(tns_ledger_reader *r)
{
    size_t left = (size_t)(r->end - r->at);
    if (left >= TNS_LEDGER_ROW || r->ended)
        return;
    memmove(r->block, r->at, left);
    size_t room = TNS_LEDGER_BLOCK - left, got = fread(r->block + left, 1, room, r->from);
    r->at = r->block;
    r->end = r->block + left + got;
    *r->end = '\0';
    r->ended = got < room;
}

enum { BROKEN = -2 };

/* What a field ends with, behind which the next begins: ',', '\n' or EOF; else the row is broken.
 */
static int take_end(tns_ledger_reader *r, char *at)
{
    bool last = at == r->end && r->ended;
    r->at = at + !last;
    return last ? EOF : *at == ',' || *at == '\n' ? *at : BROKEN;
}

/* Behind a quotation mark, where its text is written anew: no longer than it was. */
static int read_quoted(tns_ledger_reader *r, char *from)
{
    char *to = from;
    for (;; from++) {
        if (*from == '"' && *++from != '"')
            break;
        if (*from == '\0')
            return BROKEN;
        r->next_line += *from == '\n';
        *to++ = *from;
    }
    while (*from == ' ' || *from == '\r')
        from++;
    int c = take_end(r, from);
    *to = '\0';
    return c;
}

/* Blanks around what is not quoted are not its own. */
static int read_plain(tns_ledger_reader *r, char *start)
{
    char *to = start;
    while (*to != ',' && *to != '\n' && *to != '"' && *to != '\0')
        to++;
    int c = take_end(r, to);
    while (to > start && (to[-1] == ' ' || to[-1] == '\r'))
        to--;
    *to = '\0';
    return c;
}

/* One field, where it stands; gives what ended it. */
static int read_field(tns_ledger_reader *r)
{
    char *start = r->at;
    while (*start == ' ')
        start++;
    bool quoted = *start == '"';
    start += quoted;
    r->field[r->count++] = start;
    return quoted ? read_quoted(r, start) : read_plain(r, start);
}

/* From its '#' to the line's end. What a spreadsheet adds is left out. */
static void read_comment(tns_ledger_reader *r)
{
    static const char end[] = TNS_LEDGER_END;
    size_t used = 0;
    char text[sizeof r->comment];
    for (; r->at < r->end && *r->at != '\n'; r->at++, fill(r))
        if (used + 1 < sizeof text)
            text[used++] = *r->at;
    text[used] = '\0';
    text[strcspn(text, ",;\t\r")] = '\0';
    if (strncmp(text, end, sizeof end - 1) == 0)
        memcpy(r->comment, text, sizeof text);
}

/* Blank lines and those that begin with # are passed over. */
static void find_row(tns_ledger_reader *r)
{
    for (fill(r); r->at < r->end; fill(r)) {
        if (*r->at == '#')
            read_comment(r);
        else if (*r->at != '\n' && *r->at != '\r')
            break;
        if (r->at < r->end)
            r->next_line += *r->at++ == '\n';
    }
    r->line = r->next_line;
}

static bool read_fields(tns_ledger_reader *r, tns_error *err)
{
    const char *start = r->at;
    int c = ',';
    for (r->count = 0; c == ','; c = read_field(r))
        if (r->count > TNS_LEDGER_COLUMNS)
            return row_fails(r, "longer than any entry", err);
    if (c == BROKEN || r->at - start > TNS_LEDGER_ROW)
        return row_fails(r, "not CSV, or longer than any entry", err);
    r->next_line += c == '\n';
    return true;
}

/* A row, or false at the end of the file (*more) or where it is broken. */
static bool read_row(tns_ledger_reader *r, bool *more, tns_error *err)
{
    find_row(r);
    *more = r->at < r->end;
    return *more ? read_fields(r, err)
                 : !ferror(r->from) ||
                       tns_error_set(err, TNS_ERROR_IO, "%s: reading failed", r->name);
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
    static const char instead[] = "; a shelf of another program is told by stock product add and "
                                  "stock receive";
    bool more;
    *r = (tns_ledger_reader){.from = from, .name = name, .next_line = 1};
    r->at = r->end = r->block;
    if (!read_row(r, &more, err))
        return false;
    if (!more)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: empty", name);
    if (strncmp(r->field[0], mark, 3) == 0)
        r->field[0] += 3;
    if (r->count == 1 && strchr(r->field[0], ';'))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: line %zu: expected fields between commas, as they were exported, "
                             "found semicolons: a spreadsheet wrote it anew, or it is another "
                             "program's%s",
                             name, r->line, instead);
    for (int i = 0; i < TNS_LEDGER_COLUMNS; i++)
        if ((size_t)i >= r->count || !tns_text_same(r->field[i], tns_ledger_columns[i]))
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: not an export of a store: expected column %d to be \"%s\"%s",
                                 name, i + 1, tns_ledger_columns[i], instead);
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
