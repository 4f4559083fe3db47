/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ledger in CSV into an empty store: every hash is computed anew, every entry makes the tables as
 * it did when it was written. What is kept for looking things up is made at the end, in one go.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "stock/chain.h"
#include "stock/import.h"
#include "stock/ledger.h"
#include "stock/ledger_csv.h"
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

static bool take_rows(tns_db *db, tns_ledger_reader *reader, tns_tally *tally, int64_t *entries,
                      tns_error *err)
{
    int64_t id = 0;
    unsigned char hash[TNS_HASH_SIZE] = {0};
    bool more = true;
    while (more) {
        tns_entry entry;
        if (!tns_ledger_next(reader, &entry, &more, err))
            return false;
        if (more &&
            !(tns_chain_follow(&entry, &id, hash, err) && tns_tally_apply(tally, db, &entry, err) &&
              tns_entry_insert_row(db, &entry, err)))
            return tns_error_prefix(err, "%s: line %zu", reader->name, reader->line);
    }
    *entries = id;
    return tns_tally_flush(tally, db, err) && (id == 0 || tns_entry_set_last(db, id, hash, err));
}

bool tns_import_rows(tns_db *db, tns_ledger_reader *reader, bool dry_run, int64_t *entries,
                     tns_error *err)
{
    tns_tally tally = {0};
    tns_db_indices put_off = {0};
    if (!tns_db_begin_writing(db, err))
        return false;
    bool done = expect_empty(db, err) && tns_db_put_off_indices(db, "entry", &put_off, err) &&
                take_rows(db, reader, &tally, entries, err) &&
                tns_db_make_indices(db, &put_off, err);
    tns_tally_finish(&tally);
    if (done && !dry_run)
        return tns_db_commit(db, err);
    tns_db_rollback(db);
    return done;
}

bool tns_stock_import(tns_stock *stock, const char *path, bool dry_run, int64_t *entries,
                      tns_error *err)
{
    int64_t count = 0;
    tns_ledger_reader reader = {0};
    FILE *from = fopen(path, "rb");
    if (!from)
        return tns_error_set(err, errno == ENOENT ? TNS_ERROR_NOT_FOUND : TNS_ERROR_IO, "%s: %s",
                             path, strerror(errno));
    bool done = tns_ledger_begin(&reader, from, path, err) &&
                tns_db_hold(stock->db, HELD_KIB, err) &&
                tns_import_rows(stock->db, &reader, dry_run, &count, err);
    tns_db_hold(stock->db, 0, NULL);
    fclose(from);
    if (done && entries)
        *entries = count;
    return done;
}
