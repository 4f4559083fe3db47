/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was used week by week while a whole ledger is played into an empty store: as tally.h has
 * what is on hand, in memory, and into the table at the end, once a week of a product.
 */
#ifndef STOCK_TALLY_USED_H
#define STOCK_TALLY_USED_H

#include "stock/sql/tables.h"

typedef struct tns_used_product {
    char id[TNS_ID_SIZE];
    int64_t last_use, last_undo; /* operations that were counted */
} tns_used_product;

/* A week of a product. */
typedef struct tns_used_sum {
    uint64_t key; /* its number and the Monday; 0 = nothing is here */
    int64_t amount, operations;
} tns_used_sum;

typedef struct tns_used_tally {
    size_t entry_room;
    tns_day *mondays; /* owned; by entry: of the week of a use, none for what is no use */
    size_t bottle_room;
    size_t *number_of; /* owned; by bottle: that of its product, from 1; 0 = not asked yet */
    size_t product_count;
    tns_used_product *products; /* owned; by number */
    size_t order_count;
    size_t *order; /* owned; the numbers by the products' ids */
    size_t sum_count, sum_room;
    tns_used_sum *sums; /* owned; a hash table, half of it empty */
} tns_used_tally;

/* As tns_used_enter(). What the entry says of bottles is in the tables by now. */
bool tns_used_tally_apply(tns_used_tally *tally, tns_db *db, const tns_entry *entry,
                          tns_error *err);

/* All sums into the table. */
bool tns_used_tally_flush(const tns_used_tally *tally, tns_db *db, tns_error *err);
void tns_used_tally_finish(tns_used_tally *tally);

#endif
