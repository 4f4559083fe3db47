/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Uses in the ledger, for who adds them up. */
#ifndef STOCK_SQL_USAGE_H
#define STOCK_SQL_USAGE_H

#include "stock/sql/database.h"

/* The first entry that was recorded at a time or after. */
bool tns_entry_first_since(tns_db *db, int64_t time, int64_t *out, tns_error *err);

typedef struct tns_use {
    int64_t bottle, amount, operation;
    tns_day day;
} tns_use;

typedef void tns_use_visit(void *user, const tns_use *use);

/* Uses of the days `from` to the one before `to` that were not taken back, from entry `first` on,
   in order. */
bool tns_use_walk(tns_db *db, int64_t first, tns_day from, tns_day to, tns_use_visit *visit,
                  void *user, tns_error *err);

typedef bool tns_bottle_product_visit(void *user, int64_t bottle, const char *product,
                                      tns_error *err);

/* Every bottle that ever came, by number. */
bool tns_bottle_products_walk(tns_db *db, tns_bottle_product_visit *visit, void *user,
                              tns_error *err);

#endif
