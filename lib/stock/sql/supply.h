/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is, read from one end of a table to the other: for who asks of all bottles at once. */
#ifndef STOCK_SQL_SUPPLY_H
#define STOCK_SQL_SUPPLY_H

#include "stock/sql/tables.h"

/* By id; of a lot without its name, with what is in its bottles. */
typedef bool tns_lot_visit(void *user, const tns_lot *lot, int64_t on_hand, tns_error *err);
bool tns_lot_walk(tns_db *db, tns_lot_visit *visit, void *user, tns_error *err);

/* A bottle in which something is left. */
typedef struct tns_stocked {
    int64_t id, lot, on_hand;
    tns_day received, opened;
} tns_stocked;

/* By id. */
typedef bool tns_stocked_visit(void *user, const tns_stocked *bottle, tns_error *err);
bool tns_stocked_walk(tns_db *db, tns_stocked_visit *visit, void *user, tns_error *err);

#endif
