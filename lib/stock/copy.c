/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole store elsewhere: as a copy of the file, or as its ledger in CSV and back. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "stock/chain.h"
#include "stock/facts.h"
#include "stock/ledger.h"
#include "stock/words.h"

bool tns_stock_backup(tns_stock *stock, const char *path, tns_error *err)
{
    return tns_db_is_apart(stock->db, path, err) && tns_db_copy(stock->db, path, err);
}

/* ---- export ---- */

static const char *const columns[] = {"entry",  "operation", "time",    "recorded", "day",
                                      "actor",  "kind",      "product", "lot",      "bottle",
                                      "amount", "reason",    "undoes",  "sets",     "hash"};

enum { COLUMNS = sizeof columns / sizeof *columns };

typedef struct sheet {
    FILE *to;
    int64_t entries;
} sheet;

/* Quoted, as RFC 4180 has it, so that blanks and commas stay. */
static void put_text(FILE *to, const char *text)
{
    fputc('"', to);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', to);
        fputc(*text, to);
    }
    fputs("\",", to);
}

static void put_day(FILE *to, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    fputs(text, to);
    fputc(',', to);
}

static void put_number(FILE *to, int64_t value)
{
    char text[TNS_DECIMAL_TEXT];
    tns_text_integer(value, text);
    fputs(text, to);
    fputc(',', to);
}

static bool put_entry(void *user, const tns_entry *e, tns_error *err)
{
    sheet *s = user;
    char hash[TNS_HASH_TEXT];
    tns_hash_write(e->hash, hash);
    put_number(s->to, e->id);
    put_number(s->to, e->operation);
    put_number(s->to, e->time);
    put_number(s->to, e->recorded);
    put_day(s->to, e->day);
    put_text(s->to, e->actor);
    put_text(s->to, tns_entry_kind_name(e->kind));
    put_text(s->to, e->product);
    put_number(s->to, e->lot);
    put_number(s->to, e->bottle);
    put_number(s->to, e->amount);
    put_text(s->to, e->reason);
    put_number(s->to, e->undoes);
    put_text(s->to, e->sets);
    fputs(hash, s->to);
    fputc('\n', s->to);
    s->entries++;
    return !ferror(s->to) || tns_error_set(err, TNS_ERROR_MEMORY, "export: out of memory");
}

bool tns_stock_export(tns_stock *stock, const char *path, int64_t *entries, tns_error *err)
{
    char *text = NULL;
    size_t length = 0;
    if (!tns_db_is_apart(stock->db, path, err))
        return false;
    sheet s = {.to = open_memstream(&text, &length)};
    if (!s.to)
        return tns_error_set(err, TNS_ERROR_MEMORY, "export: out of memory");
    for (int i = 0; i < COLUMNS; i++) {
        fputs(columns[i], s.to);
        fputc(i + 1 < COLUMNS ? ',' : '\n', s.to);
    }
    bool done = tns_entry_walk(stock->db, 1, INT64_MIN, put_entry, &s, err);
    done = fclose(s.to) == 0 && done;
    done = done && tns_file_write(path, text, length, err);
    free(text);
    if (entries)
        *entries = s.entries;
    return done;
}

/* ---- import ---- */

static bool get_number(const tns_csv *csv, size_t row, int column, int64_t *out, tns_error *err)
{
    const char *text = csv->rows[row].field[column];
    char *end, again[TNS_DECIMAL_TEXT];
    *out = strtoll(text, &end, 10);
    tns_text_integer(*out, again);
    return strcmp(text, again) == 0 ||
           tns_error_set(err, TNS_ERROR_FORMAT,
                         "%s: line %zu: %s: expected a whole number, found "
                         "\"%.40s\"",
                         csv->name, csv->rows[row].line, columns[column], text);
}

static bool get_text(const tns_csv *csv, size_t row, int column, char *out, size_t size,
                     tns_error *err)
{
    return tns_text_copy(out, size, csv->rows[row].field[column]) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s: longer than any", csv->name,
                         csv->rows[row].line, columns[column]);
}

static bool wrong(const tns_csv *csv, size_t row, int column, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s: \"%.40s\" is none", csv->name,
                         csv->rows[row].line, columns[column], csv->rows[row].field[column]);
}

static bool get_entry(const tns_csv *csv, size_t row, tns_entry *e, tns_error *err)
{
    const tns_csv_row *r = &csv->rows[row];
    memset(e, 0, sizeof *e);
    if (r->count != COLUMNS)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: expected %d fields, found %zu",
                             csv->name, r->line, COLUMNS, r->count);
    if (!tns_day_parse(r->field[4], &e->day, err))
        return wrong(csv, row, 4, err);
    if (!tns_entry_kind_parse(r->field[6], &e->kind))
        return wrong(csv, row, 6, err);
    if (!tns_hash_parse(r->field[14], e->hash))
        return wrong(csv, row, 14, err);
    return get_number(csv, row, 0, &e->id, err) && get_number(csv, row, 1, &e->operation, err) &&
           get_number(csv, row, 2, &e->time, err) && get_number(csv, row, 3, &e->recorded, err) &&
           get_text(csv, row, 5, e->actor, sizeof e->actor, err) &&
           get_text(csv, row, 7, e->product, sizeof e->product, err) &&
           get_number(csv, row, 8, &e->lot, err) && get_number(csv, row, 9, &e->bottle, err) &&
           get_number(csv, row, 10, &e->amount, err) &&
           get_text(csv, row, 11, e->reason, sizeof e->reason, err) &&
           get_number(csv, row, 12, &e->undoes, err) &&
           get_text(csv, row, 13, e->sets, sizeof e->sets, err);
}

static bool check_header(const tns_csv *csv, tns_error *err)
{
    for (int i = 0; i < COLUMNS; i++)
        if (tns_csv_column(csv, columns[i]) != i)
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: not an export of a store: expected column %d to be \"%s\"",
                                 csv->name, i + 1, columns[i]);
    return true;
}

static bool take_rows(tns_db *db, const tns_csv *csv, tns_error *err)
{
    int64_t id;
    unsigned char hash[TNS_HASH_SIZE];
    tns_entry entry;
    if (!tns_entry_last(db, &id, hash, err))
        return false;
    if (id != 0)
        return tns_error_set(err, TNS_ERROR_CONFLICT,
                             "%s: the store is not empty: an export goes into an empty one",
                             tns_db_name(db));
    for (size_t row = 1; row < csv->count; row++) {
        if (!get_entry(csv, row, &entry, err))
            return false;
        if (!tns_chain_follow(&entry, &id, hash, err) || !tns_entry_apply(db, &entry, err) ||
            !tns_entry_insert(db, &entry, err))
            return tns_error_prefix(err, "%s: line %zu", csv->name, csv->rows[row].line);
    }
    return true;
}

static bool import_rows(tns_db *db, const tns_csv *csv, bool dry_run, tns_error *err)
{
    if (!tns_db_begin_writing(db, err))
        return false;
    bool done = take_rows(db, csv, err);
    if (done && !dry_run)
        return tns_db_commit(db, err);
    tns_db_rollback(db);
    return done;
}

bool tns_stock_import(tns_stock *stock, const char *path, bool dry_run, int64_t *entries,
                      tns_error *err)
{
    tns_csv *csv = tns_csv_load(path, err);
    bool done = csv && check_header(csv, err) && import_rows(stock->db, csv, dry_run, err);
    if (done && entries)
        *entries = (int64_t)csv->count - 1;
    tns_csv_destroy(csv);
    return done;
}
