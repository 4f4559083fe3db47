/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/sql/tables.h"

#define COLUMNS "id, product, name, internal, expires, sterile, quarantined, recalled"

static const char insert_lot[] =
    "INSERT INTO lot (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char renew_lot[] = "UPDATE lot SET expires = ?2, sterile = ?3 WHERE id = ?1";
static const char mark_lot[] = "UPDATE lot SET quarantined = ?2, recalled = ?3 WHERE id = ?1";
static const char find_lot[] = "SELECT " COLUMNS " FROM lot WHERE id = ?1";
static const char named_lots[] = "SELECT " COLUMNS " FROM lot WHERE name = ?1 ORDER BY id";
static const char named_lots_of_product[] =
    "SELECT " COLUMNS " FROM lot WHERE name = ?1 AND product = ?2";
static const char received_of_lot[] =
    "SELECT 1 FROM bottle b JOIN entry e ON e.bottle = b.id WHERE b.lot = ?1"
    " AND e.kind = 'receive' AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.undoes = e.id) LIMIT 1";
static const char in_other_letters[] = "SELECT " COLUMNS " FROM lot WHERE name = ?1 COLLATE NOCASE"
                                       " AND name <> ?1 ORDER BY id";
static const char in_other_letters_of_product[] =
    "SELECT " COLUMNS " FROM lot WHERE name = ?1 COLLATE NOCASE"
    " AND name <> ?1 AND product = ?2 ORDER BY id";
static const char next_lot[] = "SELECT coalesce(max(id), 0) + 1 FROM lot";

bool tns_lot_insert(tns_db *db, const tns_lot *lot, tns_error *err)
{
    const tns_value values[] = {
        tns_integer(lot->id),          tns_text_value(lot->product),      tns_text_value(lot->name),
        tns_integer(lot->internal),    tns_integer_or_null(lot->expires), tns_integer(lot->sterile),
        tns_integer(lot->quarantined), tns_integer(lot->recalled),
    };
    return tns_db_run(db, insert_lot, values, sizeof values / sizeof *values, err);
}

bool tns_lot_renew(tns_db *db, const tns_lot *lot, tns_error *err)
{
    const tns_value values[] = {tns_integer(lot->id), tns_integer_or_null(lot->expires),
                                tns_integer(lot->sterile)};
    return tns_db_run(db, renew_lot, values, 3, err);
}

bool tns_lot_mark(tns_db *db, int64_t id, bool quarantined, bool recalled, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_integer(quarantined), tns_integer(recalled)};
    return tns_db_run(db, mark_lot, values, 3, err);
}

static void read_lot(const tns_query *q, tns_lot *lot)
{
    memset(lot, 0, sizeof *lot);
    lot->id = tns_query_integer(q, 0);
    tns_query_text(q, 1, lot->product, sizeof lot->product);
    tns_query_text(q, 2, lot->name, sizeof lot->name);
    lot->internal = tns_query_integer(q, 3) != 0;
    lot->expires = (tns_day)tns_query_integer(q, 4);
    lot->sterile = tns_query_integer(q, 5) != 0;
    lot->quarantined = tns_query_integer(q, 6) != 0;
    lot->recalled = tns_query_integer(q, 7) != 0;
}

/* The first row, and how many there are. */
static bool read_lots(tns_query *query, tns_lot *out, size_t *count, tns_error *err)
{
    bool done = query != NULL;
    for (*count = 0; tns_query_row(query, &done, err); (*count)++)
        if (*count == 0)
            read_lot(query, out);
    tns_query_end(query);
    return done;
}

bool tns_lot_find(tns_db *db, int64_t id, tns_lot *out, bool *found, tns_error *err)
{
    const tns_value value = tns_integer(id);
    size_t count;
    bool done = read_lots(tns_db_ask(db, find_lot, &value, 1, err), out, &count, err);
    *found = count > 0;
    return done;
}

bool tns_lot_named(tns_db *db, const char *name, const char *product, tns_lot *out, size_t *count,
                   tns_error *err)
{
    const tns_value values[] = {tns_text_value(name), tns_text_value(product)};
    tns_query *query = product ? tns_db_ask(db, named_lots_of_product, values, 2, err)
                               : tns_db_ask(db, named_lots, values, 1, err);
    return read_lots(query, out, count, err);
}

bool tns_lot_in_other_letters(tns_db *db, const char *name, const char *product, tns_lot *out,
                              bool *found, tns_error *err)
{
    const tns_value values[] = {tns_text_value(name), tns_text_value(product)};
    size_t count = 0;
    tns_query *query = product ? tns_db_ask(db, in_other_letters_of_product, values, 2, err)
                               : tns_db_ask(db, in_other_letters, values, 1, err);
    bool done = read_lots(query, out, &count, err);
    *found = count > 0;
    return done;
}

bool tns_lot_was_received(tns_db *db, int64_t id, bool *out, tns_error *err)
{
    const tns_value value = tns_integer(id);
    tns_query *query = tns_db_ask(db, received_of_lot, &value, 1, err);
    bool done = query != NULL;
    *out = tns_query_row(query, &done, err);
    tns_query_end(query);
    return done;
}

bool tns_lot_next_id(tns_db *db, int64_t *out, tns_error *err)
{
    return tns_db_number(db, next_lot, NULL, 0, out, err);
}
