/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Uses in the ledger, for who adds them up. */
#ifndef STOCK_SQL_USAGE_H
#define STOCK_SQL_USAGE_H

#include "stock/sql/database.h"

typedef struct tns_use {
    int64_t entry, bottle, amount, operation;
    tns_day day;
} tns_use;

typedef void tns_use_visit(void *user, const tns_use *use);

/* Uses of the days `from` to the one before `to`, taken back or not, by day, then by operation. */
bool tns_use_walk(tns_db *db, tns_day from, tns_day to, tns_use_visit *visit, void *user,
                  tns_error *err);

/* The day of the first use there is, taken back or not; none = there is none. */
bool tns_use_first(tns_db *db, tns_day *out, tns_error *err);

typedef bool tns_undone_visit(void *user, int64_t entry, tns_error *err);

/* Every entry that was taken back, by number. */
bool tns_undone_walk(tns_db *db, tns_undone_visit *visit, void *user, tns_error *err);

typedef bool tns_lot_product_visit(void *user, int64_t lot, const char *product, tns_error *err);
typedef bool tns_bottle_lot_visit(void *user, int64_t bottle, int64_t lot, tns_day received,
                                  tns_error *err);

/* Every lot and every bottle that ever came. */
bool tns_lot_products_walk(tns_db *db, tns_lot_product_visit *visit, void *user, tns_error *err);
bool tns_bottle_lots_walk(tns_db *db, tns_bottle_lot_visit *visit, void *user, tns_error *err);

#endif
