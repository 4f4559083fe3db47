/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used of each product in each week: a table, kept with every use that is entered. */
#ifndef STOCK_SQL_USAGE_H
#define STOCK_SQL_USAGE_H

#include "stock/sql/database.h"

typedef struct tns_used {
    tns_day monday; /* the week begins with it */
    char product[TNS_ID_SIZE];
    int64_t amount, operations; /* of one pot, whatever bottles it took, one */
} tns_used;

/* The Monday of a day's week. */
tns_day tns_used_monday(tns_day day);

/*
 * What an entry used, into its week; or what it took back, out of the week of that use. Any other
 * entry changes nothing. Before the entry itself is in its table.
 */
bool tns_used_enter(tns_db *db, const tns_entry *entry, tns_error *err);
/* Added to what the week has. */
bool tns_used_add(tns_db *db, const tns_used *used, tns_error *err);

typedef void tns_used_visit(void *user, const tns_used *used);

/* The weeks that begin with the Monday `from` to the one before `to`, by week, then by product. */
bool tns_used_walk(tns_db *db, tns_day from, tns_day to, tns_used_visit *visit, void *user,
                   tns_error *err);

/* The Monday of the first use there is, taken back or not; none = there is none. */
bool tns_used_first(tns_db *db, tns_day *out, tns_error *err);

typedef bool tns_came_visit(void *user, const char *product, tns_day came, tns_error *err);

/* Every product, by id, with the day the first bottle of it came, or none. */
bool tns_came_walk(tns_db *db, tns_came_visit *visit, void *user, tns_error *err);

/* The product of a bottle, "" where there is no such bottle. */
bool tns_bottle_product(tns_db *db, int64_t bottle, char out[TNS_ID_SIZE], tns_error *err);

#endif
