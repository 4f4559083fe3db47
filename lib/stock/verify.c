/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "stock/chain.h"
#include "stock/facts.h"
#include "stock/seal.h"
#include "stock/sql/people.h"
#include "stock/sql/schema.h"
#include "stock/tally.h"

/* The ledger, played again. */
typedef struct replay {
    tns_stock *scratch;
    int64_t id;
    unsigned char hash[TNS_HASH_SIZE];
    tns_tally tally;
    int64_t cards_missing;
} replay;

static bool play(void *user, const tns_entry *entry, tns_error *err)
{
    replay *r = user;
    tns_error why;
    if (!tns_chain_follow(entry, &r->id, r->hash, err))
        return false;
    return tns_tally_apply(&r->tally, r->scratch->db, entry, &why) ||
           tns_error_set(err, TNS_ERROR_TAMPERED, "entry %" PRId64 " cannot be: %s", entry->id,
                         why.text);
}

/* The last entry is the one that was written last. */
static bool check_end(tns_db *db, const replay *r, tns_error *err)
{
    int64_t last;
    unsigned char hash[TNS_HASH_SIZE];
    if (!tns_entry_last(db, &last, hash, err))
        return false;
    if (last > r->id)
        return tns_error_set(err, TNS_ERROR_TAMPERED,
                             "entry %" PRId64 " is missing: the ledger went on to %" PRId64,
                             r->id + 1, last);
    return (last == r->id && memcmp(hash, r->hash, sizeof hash) == 0) ||
           tns_error_set(err, TNS_ERROR_TAMPERED,
                         "entry %" PRId64 " is not the one that was written last", r->id);
}

/* Cards are in no entry; but who was erased has none, and each is the one that was put last. */
static bool check_cards(tns_db *db, int64_t *missing, tns_error *err)
{
    int64_t client;
    return tns_client_card_of_erased(db, &client, err) &&
           (client == 0 ||
            tns_error_set(err, TNS_ERROR_TAMPERED, "client C%" PRId64 " was erased, but has a card",
                          client)) &&
           tns_seals_check(db, missing, err);
}

static bool compare(tns_db *db, replay *r, tns_error *err)
{
    if (!tns_db_begin_writing(r->scratch->db, err))
        return false;
    bool done = tns_entry_walk(db, INT64_MIN, INT64_MIN, play, r, err) && check_end(db, r, err) &&
                tns_tally_flush(&r->tally, r->scratch->db, err) &&
                tns_tables_compare(db, r->scratch->db, err) &&
                check_cards(db, &r->cards_missing, err);
    tns_db_rollback(r->scratch->db);
    return done;
}

bool tns_stock_verify(tns_stock *stock, tns_stock_verification *out, tns_error *err)
{
    replay r = {0};
    memset(out, 0, sizeof *out);
    if (!tns_db_check(stock->db, err))
        return false;
    r.scratch = tns_stock_open(NULL, TNS_STOCK_SCRATCH, err);
    if (!r.scratch)
        return false;
    bool done = tns_db_begin_reading(stock->db, err);
    if (done) {
        done = compare(stock->db, &r, err);
        tns_db_rollback(stock->db);
    }
    tns_tally_finish(&r.tally);
    tns_stock_close(r.scratch);
    out->entries = r.id;
    out->cards_missing = r.cards_missing;
    memcpy(out->head, r.hash, sizeof r.hash);
    return done;
}
