/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ledger in CSV into an empty store: every hash is computed anew, every entry makes the tables as
 * it did when it was written. What is kept for looking things up is made at the end, in one go.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "stock/cards_csv.h"
#include "stock/chain.h"
#include "stock/import.h"
#include "stock/kinds.h"
#include "stock/ledger.h"
#include "stock/ledger_csv.h"
#include "stock/seal.h"
#include "stock/tally.h"

enum { HELD_KIB = 65536 };

static bool expect_empty(tns_db *db, tns_error *err)
{
    int64_t id;
    unsigned char hash[TNS_HASH_SIZE];
    return tns_entry_last(db, &id, hash, err) &&
           (id == 0 || tns_error_set(err, TNS_ERROR_CONFLICT,
                                     "%s: the store is not empty: an export goes into an empty one",
                                     tns_db_name(db)));
}

/* A chain of hashes that was cut is one still. */
static bool check_end(const tns_ledger_reader *reader, int64_t entries,
                      const unsigned char head[TNS_HASH_SIZE], tns_warnings *warnings,
                      tns_error *err)
{
    bool told;
    if (!tns_ledger_check_end(reader, entries, head, &told, err))
        return false;
    if (!told)
        tns_warn(warnings, "no last line tells how many entries there are: if the file was cut "
                           "behind one of them, nothing shows it");
    return true;
}

/* What is under way: entries whose facts are in the tables wait for their turn to become rows, for
   to make the tables no row is read. */
typedef struct intake {
    tns_db *db;
    tns_tally tally;
    size_t waiting;
    tns_entry entries[TNS_ENTRY_BLOCK];
} intake;

static bool put_waiting(intake *in, tns_error *err)
{
    size_t count = in->waiting;
    in->waiting = 0;
    return tns_entry_insert_block(in->db, in->entries, count, err);
}

/* By one that waits, or by one that is a row; 0 = by none. */
static bool find_undoing(const intake *in, int64_t id, int64_t *by, tns_error *err)
{
    for (size_t i = 0; i < in->waiting; i++)
        if (in->entries[i].undoes == id) {
            *by = in->entries[i].id;
            return true;
        }
    return tns_entry_undoing(in->db, id, by, err);
}

/* Each is taken back once. */
static bool check_undoes(const intake *in, const tns_entry *e, tns_error *err)
{
    int64_t by = 0;
    if (!e->undoes)
        return true;
    return find_undoing(in, e->undoes, &by, err) &&
           (by == 0 ||
            tns_error_set(err, TNS_ERROR_FORMAT,
                          "undoes: entry %" PRId64 " was taken back already, by %" PRId64,
                          e->undoes, by));
}

/* The one behind those that wait. */
static bool take_entry(intake *in, tns_error *err)
{
    const tns_entry *e = &in->entries[in->waiting];
    if (!tns_entry_check_kind(e, err) || !check_undoes(in, e, err) ||
        !tns_tally_apply(&in->tally, in->db, e, err))
        return false;
    return ++in->waiting < TNS_ENTRY_BLOCK || put_waiting(in, err);
}

static bool take_rows(intake *in, tns_ledger_reader *reader, tns_stock_copied *out, tns_error *err)
{
    int64_t id = 0;
    unsigned char hash[TNS_HASH_SIZE] = {0};
    bool more = true;
    while (more) {
        tns_entry *entry = &in->entries[in->waiting];
        if (!tns_ledger_next(reader, entry, &more, err))
            return false;
        if (more && !(tns_chain_follow(entry, &id, hash, err) && take_entry(in, err)))
            return tns_error_prefix(err, "%s: line %zu", reader->name, reader->line);
        if (more)
            out->until = entry->recorded;
    }
    out->entries = id;
    return check_end(reader, id, hash, &out->warnings, err) && put_waiting(in, err) &&
           tns_tally_flush(&in->tally, in->db, err) &&
           (id == 0 || tns_entry_set_last(in->db, id, hash, err));
}

/* Who has no card is unknown here, which a pot asks for. */
static bool check_cards(tns_db *db, tns_warnings *warnings, tns_error *err)
{
    int64_t missing;
    if (!tns_seals_check(db, &missing, err))
        return false;
    if (missing)
        tns_warn(warnings, "%" PRId64 " %s no card here: import --cards FILE adds theirs", missing,
                 missing == 1 ? "client has" : "clients have");
    return true;
}

bool tns_import_rows(tns_db *db, tns_ledger_reader *reader, const tns_csv *cards, bool dry_run,
                     tns_stock_copied *out, tns_error *err)
{
    intake in = {.db = db};
    tns_db_index by_bottle = {0};
    if (!tns_db_begin_writing(db, err))
        return false;
    bool done =
        expect_empty(db, err) && tns_db_put_off_index(db, "entry_bottle", &by_bottle, err) &&
        take_rows(&in, reader, out, err) && tns_db_make_index(db, &by_bottle, err) &&
        (!cards || tns_cards_take(db, cards, out, err)) && check_cards(db, &out->warnings, err);
    tns_tally_finish(&in.tally);
    if (done && !dry_run)
        return tns_db_commit(db, err);
    tns_db_rollback(db);
    return done;
}

/* Readings are short, and a clinic has some ten thousand. */
static tns_csv *load_cards(const char *path, tns_error *err)
{
    static const size_t CARDS_MAX = (size_t)1 << 30;
    size_t length;
    char *text = tns_file_read(path, CARDS_MAX, &length, err);
    tns_csv *csv = text ? tns_csv_parse(text, length, path, err) : NULL;
    free(text);
    return csv;
}

static bool import_file(tns_db *db, FILE *from, const char *path, const tns_csv *cards,
                        bool dry_run, tns_stock_copied *out, tns_error *err)
{
    tns_ledger_reader reader = {0};
    bool done = tns_ledger_begin(&reader, from, path, err) && tns_db_hold(db, HELD_KIB, err) &&
                tns_import_rows(db, &reader, cards, dry_run, out, err);
    tns_db_hold(db, 0, NULL);
    return done;
}

static bool import_both(tns_db *db, const char *path, const tns_csv *cards, bool dry_run,
                        tns_stock_copied *out, tns_error *err)
{
    FILE *from = fopen(path, "rb");
    bool done = from ? import_file(db, from, path, cards, dry_run, out, err)
                     : tns_error_set(err, errno == ENOENT ? TNS_ERROR_NOT_FOUND : TNS_ERROR_IO,
                                     "%s: %s", path, strerror(errno));
    if (from)
        fclose(from);
    return done;
}

/* Beside a ledger that came without them: the digests that it has of them are the check. */
static bool import_cards(tns_db *db, const tns_csv *cards, bool dry_run, tns_stock_copied *out,
                         tns_error *err)
{
    unsigned char hash[TNS_HASH_SIZE];
    if (!tns_db_begin_writing(db, err))
        return false;
    bool done = tns_entry_last(db, &out->entries, hash, err) &&
                tns_cards_take(db, cards, out, err) && check_cards(db, &out->warnings, err);
    if (done && !dry_run)
        return tns_db_commit(db, err);
    tns_db_rollback(db);
    return done;
}

bool tns_stock_import_whole(tns_stock *stock, const char *path, const char *cards, bool dry_run,
                            tns_stock_copied *out, tns_error *err)
{
    *out = (tns_stock_copied){0};
    tns_csv *table = cards ? load_cards(cards, err) : NULL;
    if (cards && !table)
        return false;
    bool done = path ? import_both(stock->db, path, table, dry_run, out, err)
                     : import_cards(stock->db, table, dry_run, out, err);
    tns_csv_destroy(table);
    return done;
}

bool tns_stock_import(tns_stock *stock, const char *path, bool dry_run, int64_t *entries,
                      tns_error *err)
{
    tns_stock_copied copied;
    bool done = tns_stock_import_whole(stock, path, NULL, dry_run, &copied, err);
    if (done && entries)
        *entries = copied.entries;
    return done;
}
