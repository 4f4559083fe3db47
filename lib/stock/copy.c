/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole store elsewhere: as a copy of the file, or in CSV, its ledger and its cards. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/file.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "stock/cards_csv.h"
#include "stock/chain.h"
#include "stock/facts.h"
#include "stock/ledger.h"
#include "stock/ledger_csv.h"
#include "stock/words.h"

bool tns_stock_backup(tns_stock *stock, const char *path, bool dry_run, tns_error *err)
{
    return tns_db_is_apart(stock->db, path, err) && tns_db_copy(stock->db, path, dry_run, err);
}

/* ---- export ---- */

typedef struct sheet {
    FILE *to;
    int64_t entries, until;
    unsigned char head[TNS_HASH_SIZE];
} sheet;

static void put_day(FILE *to, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    fputs(text, to);
    fputc(',', to);
}

static bool put_entry(void *user, const tns_entry *e, tns_error *err)
{
    sheet *s = user;
    char hash[TNS_HASH_TEXT];
    tns_hash_write(e->hash, hash);
    tns_csv_put_number(s->to, e->id, ',');
    tns_csv_put_number(s->to, e->operation, ',');
    tns_csv_put_number(s->to, e->time, ',');
    tns_csv_put_number(s->to, e->recorded, ',');
    put_day(s->to, e->day);
    tns_csv_put_text(s->to, e->actor, ',');
    tns_csv_put_text(s->to, tns_entry_kind_name(e->kind), ',');
    tns_csv_put_text(s->to, e->product, ',');
    tns_csv_put_number(s->to, e->lot, ',');
    tns_csv_put_number(s->to, e->bottle, ',');
    tns_csv_put_number(s->to, e->amount, ',');
    tns_csv_put_text(s->to, e->reason, ',');
    tns_csv_put_number(s->to, e->undoes, ',');
    tns_csv_put_text(s->to, e->sets, ',');
    fputs(hash, s->to);
    fputc('\n', s->to);
    s->entries++;
    s->until = e->recorded;
    memcpy(s->head, e->hash, sizeof s->head);
    return !ferror(s->to) || tns_error_set(err, TNS_ERROR_MEMORY, "export: out of memory");
}

static bool write_ledger(tns_db *db, FILE *to, tns_stock_copied *out, tns_error *err)
{
    sheet s = {.to = to};
    for (int i = 0; i < TNS_LEDGER_COLUMNS; i++) {
        fputs(tns_ledger_columns[i], to);
        fputc(i + 1 < TNS_LEDGER_COLUMNS ? ',' : '\n', to);
    }
    bool done = tns_entry_walk(db, 1, INT64_MIN, put_entry, &s, err);
    char end[128];
    tns_ledger_end_write(s.entries, s.head, end, sizeof end);
    fprintf(to, "%s\n", end);
    out->entries = s.entries;
    out->until = s.until;
    return done;
}

typedef bool writer(tns_db *db, FILE *to, tns_stock_copied *out, tns_error *err);

typedef struct written {
    char *text; /* owned */
    size_t length;
} written;

static bool make_table(tns_db *db, writer *write, written *table, tns_stock_copied *out,
                       tns_error *err)
{
    FILE *to = open_memstream(&table->text, &table->length);
    bool done = to && write(db, to, out, err);
    if (!to || (fclose(to) != 0 && done))
        done = tns_error_set(err, TNS_ERROR_MEMORY, "export: out of memory");
    return done;
}

/* Both can be written, as far as can be seen: with one alone nothing is done. */
static bool have_places(const tns_db *db, const char *path, const char *cards, tns_error *err)
{
    bool there, cards_there;
    if (!tns_db_is_apart(db, path, err) || !tns_file_expect_writable(path, &there, err))
        return false;
    if (!cards)
        return true;
    bool device = access(path, F_OK) == 0; /* which may take both */
    if (!device && tns_file_is_same(path, cards))
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: the ledger is to have that name", cards);
    return tns_db_is_apart(db, cards, err) && tns_file_expect_writable(cards, &cards_there, err);
}

/* The cards' name is looked at once more: a link may lead it to the ledger, now that this is there.
 */
static bool save_tables(const tns_db *db, const char *path, const char *cards,
                        const written tables[2], tns_error *err)
{
    return tns_file_write(path, tables[0].text, tables[0].length, err) &&
           (!cards || (tns_db_is_apart(db, cards, err) &&
                       tns_file_write_private(cards, tables[1].text, tables[1].length, err)));
}

bool tns_stock_export_whole(tns_stock *stock, const char *path, const char *cards, bool dry_run,
                            tns_stock_copied *out, tns_error *err)
{
    written tables[2] = {{0}};
    *out = (tns_stock_copied){0};
    if (!have_places(stock->db, path, cards, err) || !tns_db_begin_reading(stock->db, err))
        return false;
    bool done = make_table(stock->db, write_ledger, &tables[0], out, err) &&
                (!cards || make_table(stock->db, tns_cards_write, &tables[1], out, err));
    tns_db_rollback(stock->db);
    done = done && (dry_run || save_tables(stock->db, path, cards, tables, err));
    free(tables[0].text);
    free(tables[1].text);
    return done;
}

bool tns_stock_export(tns_stock *stock, const char *path, int64_t *entries, tns_error *err)
{
    tns_stock_copied copied;
    bool done = tns_stock_export_whole(stock, path, NULL, false, &copied, err);
    if (entries)
        *entries = copied.entries;
    return done;
}
