/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/sql/tables.h"
#include "stock/words.h"

#define COLUMNS                                                                                    \
    "id, operation, time, recorded, day, actor, kind, product, lot, bottle, amount, reason, "      \
    "undoes, sets, hash"

#define ROW "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
#define EIGHT ROW ", " ROW ", " ROW ", " ROW ", " ROW ", " ROW ", " ROW ", " ROW

enum { FIELDS = 15 };

static const char insert_entry[] = "INSERT INTO entry (" COLUMNS ") VALUES " ROW;
/* TNS_ENTRY_BLOCK of them. */
static const char insert_block[] =
    "INSERT INTO entry (" COLUMNS ") VALUES " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT;
static const char set_head[] = "UPDATE head SET entry = ?1, hash = ?2";
static const char get_head[] = "SELECT entry, hash FROM head";
static const char walk_entries[] =
    "SELECT " COLUMNS " FROM entry WHERE id >= ?1 AND recorded >= ?2 ORDER BY id";
static const char walk_bottle[] =
    "SELECT " COLUMNS " FROM entry WHERE bottle = ?1 AND recorded >= ?2 ORDER BY id";
static const char walk_lot[] =
    "SELECT " COLUMNS " FROM entry WHERE lot = ?1 AND recorded >= ?2 UNION ALL"
    " SELECT " COLUMNS " FROM entry WHERE bottle IN (SELECT id FROM bottle WHERE lot = ?1)"
    " AND recorded >= ?2 ORDER BY id";
static const char walk_product[] =
    "SELECT " COLUMNS " FROM entry WHERE product = ?1 AND recorded >= ?2 UNION ALL"
    " SELECT " COLUMNS " FROM entry WHERE lot IN (SELECT id FROM lot WHERE product = ?1)"
    " AND recorded >= ?2 UNION ALL"
    " SELECT " COLUMNS " FROM entry WHERE bottle IN (SELECT b.id FROM bottle b"
    " JOIN lot l ON l.id = b.lot WHERE l.product = ?1) AND recorded >= ?2 ORDER BY id";
static const char walk_days[] =
    "SELECT " COLUMNS " FROM entry WHERE day BETWEEN ?1 AND ?2 AND undoes IS NULL"
    " AND id NOT IN (SELECT u.undoes FROM entry u WHERE u.undoes IS NOT NULL) ORDER BY id";
static const char find_entry[] = "SELECT " COLUMNS " FROM entry WHERE id = ?1";
static const char undoing_entry[] = "SELECT id FROM entry WHERE undoes = ?1";
static const char last_taking[] =
    "SELECT e.id FROM entry e WHERE e.bottle = ?1 AND e.id > ?2 AND e.amount < 0"
    " AND e.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.undoes = e.id)"
    " ORDER BY e.id DESC LIMIT 1";
static const char telling_after[] =
    "SELECT e.id FROM entry e WHERE e.bottle = ?1 AND e.day > ?2"
    " AND (e.amount <> 0 OR e.kind = 'count')"
    " AND e.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.undoes = e.id)"
    " ORDER BY e.id LIMIT 1";
static const char counted_after[] =
    "SELECT e.id FROM entry e WHERE e.bottle = ?1 AND e.day > ?2 AND e.kind = 'count'"
    " AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.undoes = e.id) ORDER BY e.id DESC LIMIT 1";
static const char received[] =
    "SELECT e.amount FROM entry e WHERE e.bottle = ?1 AND e.kind = 'receive'"
    " AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.undoes = e.id)";

typedef struct row {
    tns_value fields[FIELDS];
} row;

static row row_of(const tns_entry *e)
{
    return (row){{
        tns_integer(e->id),
        tns_integer(e->operation),
        tns_integer(e->time),
        tns_integer(e->recorded),
        tns_integer(e->day),
        tns_text_value(e->actor),
        tns_text_value(tns_entry_kind_name(e->kind)),
        tns_text_value(e->product),
        tns_integer_or_null(e->lot),
        tns_integer_or_null(e->bottle),
        tns_integer(e->amount),
        tns_text_value(e->reason),
        tns_integer_or_null(e->undoes),
        tns_text_value(e->sets),
        tns_bytes(e->hash, sizeof e->hash),
    }};
}

static bool insert_row(tns_db *db, const tns_entry *e, tns_error *err)
{
    const row values = row_of(e);
    return tns_db_run(db, insert_entry, values.fields, FIELDS, err);
}

static bool insert_full_block(tns_db *db, const tns_entry *entries, tns_error *err)
{
    row values[TNS_ENTRY_BLOCK];
    for (int i = 0; i < TNS_ENTRY_BLOCK; i++)
        values[i] = row_of(&entries[i]);
    return tns_db_run(db, insert_block, values->fields, TNS_ENTRY_BLOCK * FIELDS, err);
}

bool tns_entry_insert_block(tns_db *db, const tns_entry *entries, size_t count, tns_error *err)
{
    bool done = true;
    if (count == TNS_ENTRY_BLOCK)
        return insert_full_block(db, entries, err);
    for (size_t i = 0; done && i < count; i++)
        done = insert_row(db, &entries[i], err);
    return done;
}

bool tns_entry_set_last(tns_db *db, int64_t id, const unsigned char hash[TNS_HASH_SIZE],
                        tns_error *err)
{
    const tns_value head[] = {tns_integer(id), tns_bytes(hash, TNS_HASH_SIZE)};
    return tns_db_run(db, set_head, head, 2, err);
}

bool tns_entry_insert(tns_db *db, const tns_entry *e, tns_error *err)
{
    return insert_row(db, e, err) && tns_entry_set_last(db, e->id, e->hash, err);
}

static const int64_t DAY_MAX = 2932896; /* 9999-12-31 */

/* What is none is NULL, and a day is one: anything else reads like it, and is not it. */
static bool is_as_written(const tns_query *q)
{
    static const int may_be_none[] = {8, 9, 12};
    int64_t day = tns_query_integer(q, 4);
    for (size_t i = 0; i < sizeof may_be_none / sizeof *may_be_none; i++)
        if (tns_query_integer(q, may_be_none[i]) == 0 && !tns_query_is_null(q, may_be_none[i]))
            return false;
    return day > 0 && day <= DAY_MAX;
}

static bool read_entry(const tns_query *q, tns_db *db, tns_entry *e, tns_error *err)
{
    char kind[24];
    memset(e, 0, sizeof *e);
    e->id = tns_query_integer(q, 0);
    e->operation = tns_query_integer(q, 1);
    e->time = tns_query_integer(q, 2);
    e->recorded = tns_query_integer(q, 3);
    e->day = (tns_day)tns_query_integer(q, 4);
    bool whole = is_as_written(q) && tns_query_text(q, 5, e->actor, sizeof e->actor) &&
                 tns_query_text(q, 6, kind, sizeof kind) && tns_entry_kind_parse(kind, &e->kind) &&
                 tns_query_text(q, 7, e->product, sizeof e->product);
    e->lot = tns_query_integer(q, 8);
    e->bottle = tns_query_integer(q, 9);
    e->amount = tns_query_integer(q, 10);
    whole = whole && tns_query_text(q, 11, e->reason, sizeof e->reason);
    e->undoes = tns_query_integer(q, 12);
    whole = whole && tns_query_text(q, 13, e->sets, sizeof e->sets);
    tns_query_bytes(q, 14, e->hash, sizeof e->hash);
    return whole || tns_error_set(err, TNS_ERROR_TAMPERED,
                                  "%s: entry %lld holds what this program does not write",
                                  tns_db_name(db), (long long)e->id);
}

bool tns_entry_last(tns_db *db, int64_t *id, unsigned char hash[TNS_HASH_SIZE], tns_error *err)
{
    tns_query *query = tns_db_ask(db, get_head, NULL, 0, err);
    bool done = query != NULL;
    *id = 0;
    memset(hash, 0, TNS_HASH_SIZE);
    if (tns_query_row(query, &done, err)) {
        *id = tns_query_integer(query, 0);
        tns_query_bytes(query, 1, hash, TNS_HASH_SIZE);
    }
    tns_query_end(query);
    return done;
}

static bool walk(tns_db *db, tns_query *query, tns_entry_visit *visit, void *user, tns_error *err)
{
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_entry entry;
        done = read_entry(query, db, &entry, err) && visit(user, &entry, err);
    }
    tns_query_end(query);
    return done;
}

bool tns_entry_walk(tns_db *db, int64_t first, int64_t since, tns_entry_visit *visit, void *user,
                    tns_error *err)
{
    const tns_value values[] = {tns_integer(first), tns_integer(since)};
    return walk(db, tns_db_ask(db, walk_entries, values, 2, err), visit, user, err);
}

bool tns_entry_walk_of(tns_db *db, const tns_log_subject *s, int64_t since, tns_entry_visit *visit,
                       void *user, tns_error *err)
{
    const tns_value values[] = {s->product  ? tns_text_value(s->product)
                                : s->lot    ? tns_integer(s->lot)
                                : s->bottle ? tns_integer(s->bottle)
                                            : tns_integer(1),
                                tns_integer(since)};
    const char *sql = s->product  ? walk_product
                      : s->lot    ? walk_lot
                      : s->bottle ? walk_bottle
                                  : walk_entries;
    return walk(db, tns_db_ask(db, sql, values, 2, err), visit, user, err);
}

bool tns_entry_walk_days(tns_db *db, tns_day from, tns_day to, tns_entry_visit *visit, void *user,
                         tns_error *err)
{
    const tns_value values[] = {tns_integer(from), tns_integer(to)};
    return walk(db, tns_db_ask(db, walk_days, values, 2, err), visit, user, err);
}

bool tns_entry_find(tns_db *db, int64_t id, tns_entry *out, bool *found, tns_error *err)
{
    const tns_value value = tns_integer(id);
    tns_query *query = tns_db_ask(db, find_entry, &value, 1, err);
    bool done = query != NULL;
    *found = tns_query_row(query, &done, err);
    if (*found)
        done = read_entry(query, db, out, err);
    tns_query_end(query);
    return done;
}

bool tns_entry_undoing(tns_db *db, int64_t id, int64_t *out, tns_error *err)
{
    const tns_value value = tns_integer(id);
    return tns_db_number(db, undoing_entry, &value, 1, out, err);
}

bool tns_entry_last_taking(tns_db *db, int64_t bottle, int64_t after, int64_t *out, tns_error *err)
{
    const tns_value values[] = {tns_integer(bottle), tns_integer(after)};
    return tns_db_number(db, last_taking, values, 2, out, err);
}

bool tns_entry_telling_after(tns_db *db, int64_t bottle, tns_day day, int64_t *out, tns_error *err)
{
    const tns_value values[] = {tns_integer(bottle), tns_integer(day)};
    return tns_db_number(db, telling_after, values, 2, out, err);
}

bool tns_entry_counted_after(tns_db *db, int64_t bottle, tns_day day, int64_t *out, tns_error *err)
{
    const tns_value values[] = {tns_integer(bottle), tns_integer(day)};
    return tns_db_number(db, counted_after, values, 2, out, err);
}

bool tns_entry_received(tns_db *db, int64_t bottle, int64_t *amount, tns_error *err)
{
    const tns_value value = tns_integer(bottle);
    return tns_db_number(db, received, &value, 1, amount, err);
}
