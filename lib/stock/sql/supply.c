/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/sql/supply.h"

static const char all_lots[] =
    "SELECT id, product, expires, sterile, quarantined, recalled, on_hand FROM lot ORDER BY id";
static const char stocked[] =
    "SELECT id, lot, on_hand, received, opened FROM bottle WHERE on_hand > 0 ORDER BY id";

bool tns_lot_walk(tns_db *db, tns_lot_visit *visit, void *user, tns_error *err)
{
    tns_query *query = tns_db_ask(db, all_lots, NULL, 0, err);
    bool done = query != NULL;
    tns_lot lot = {0};
    while (tns_query_row(query, &done, err)) {
        lot.id = tns_query_integer(query, 0);
        tns_query_text(query, 1, lot.product, sizeof lot.product);
        lot.expires = (tns_day)tns_query_integer(query, 2);
        lot.sterile = tns_query_integer(query, 3) != 0;
        lot.quarantined = tns_query_integer(query, 4) != 0;
        lot.recalled = tns_query_integer(query, 5) != 0;
        done = visit(user, &lot, tns_query_integer(query, 6), err);
    }
    tns_query_end(query);
    return done;
}

bool tns_stocked_walk(tns_db *db, tns_stocked_visit *visit, void *user, tns_error *err)
{
    tns_query *query = tns_db_ask(db, stocked, NULL, 0, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        const tns_stocked bottle = {.id = tns_query_integer(query, 0),
                                    .lot = tns_query_integer(query, 1),
                                    .on_hand = tns_query_integer(query, 2),
                                    .received = (tns_day)tns_query_integer(query, 3),
                                    .opened = (tns_day)tns_query_integer(query, 4)};
        done = visit(user, &bottle, err);
    }
    tns_query_end(query);
    return done;
}
