/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/sql/usage.h"

/* All of it stands in the index entry_used. */
static const char uses_between[] =
    "SELECT id, bottle, day, amount, operation FROM entry WHERE kind = 'use' AND day >= ?1"
    " AND day < ?2 ORDER BY day, operation";
static const char first_use[] =
    "SELECT day FROM entry WHERE kind = 'use' ORDER BY day, operation LIMIT 1";
static const char undone[] = "SELECT undoes FROM entry WHERE undoes IS NOT NULL ORDER BY undoes";
static const char lot_products[] = "SELECT id, product FROM lot";
static const char bottle_lots[] = "SELECT id, lot, received FROM bottle";

bool tns_use_walk(tns_db *db, tns_day from, tns_day to, tns_use_visit *visit, void *user,
                  tns_error *err)
{
    const tns_value values[] = {tns_integer(from), tns_integer(to)};
    tns_query *query = tns_db_ask(db, uses_between, values, 2, err);
    bool more = query != NULL, done = query != NULL;
    while (more) {
        done = tns_query_next(query, &more, err);
        more = done && more;
        if (more)
            visit(user, &(tns_use){.entry = tns_query_integer(query, 0),
                                   .bottle = tns_query_integer(query, 1),
                                   .day = (tns_day)tns_query_integer(query, 2),
                                   .amount = -tns_query_integer(query, 3),
                                   .operation = tns_query_integer(query, 4)});
    }
    tns_query_end(query);
    return done;
}

bool tns_use_first(tns_db *db, tns_day *out, tns_error *err)
{
    bool found = false;
    tns_query *query = tns_db_ask(db, first_use, NULL, 0, err);
    bool done = query && tns_query_next(query, &found, err);
    *out = done && found ? (tns_day)tns_query_integer(query, 0) : TNS_NO_DAY;
    tns_query_end(query);
    return done;
}

bool tns_undone_walk(tns_db *db, tns_undone_visit *visit, void *user, tns_error *err)
{
    tns_query *query = tns_db_ask(db, undone, NULL, 0, err);
    bool more = query != NULL, done = query != NULL;
    while (more) {
        done = tns_query_next(query, &more, err);
        more = done && more;
        if (more)
            done = more = visit(user, tns_query_integer(query, 0), err);
    }
    tns_query_end(query);
    return done;
}

bool tns_lot_products_walk(tns_db *db, tns_lot_product_visit *visit, void *user, tns_error *err)
{
    tns_query *query = tns_db_ask(db, lot_products, NULL, 0, err);
    bool more = query != NULL, done = query != NULL;
    while (more) {
        char product[TNS_ID_SIZE];
        done = tns_query_next(query, &more, err);
        more = done && more;
        if (more) {
            tns_query_text(query, 1, product, sizeof product);
            done = more = visit(user, tns_query_integer(query, 0), product, err);
        }
    }
    tns_query_end(query);
    return done;
}

bool tns_bottle_lots_walk(tns_db *db, tns_bottle_lot_visit *visit, void *user, tns_error *err)
{
    tns_query *query = tns_db_ask(db, bottle_lots, NULL, 0, err);
    bool more = query != NULL, done = query != NULL;
    while (more) {
        done = tns_query_next(query, &more, err);
        more = done && more;
        if (more)
            done = more = visit(user, tns_query_integer(query, 0), tns_query_integer(query, 1),
                                (tns_day)tns_query_integer(query, 2), err);
    }
    tns_query_end(query);
    return done;
}
