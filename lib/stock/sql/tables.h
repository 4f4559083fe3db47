/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables as values: what the rest of the room sees of them. Nothing here decides anything, and
 * each call is within a transaction of its caller's.
 */
#ifndef STOCK_SQL_TABLES_H
#define STOCK_SQL_TABLES_H

#include "stock/sql/database.h"

/* ---- entries ---- */

bool tns_entry_insert(tns_db *db, const tns_entry *entry, tns_error *err);
/*
 * The two halves of that: rows, and which one is the last. A full block goes in by one statement,
 * in two thirds of the time.
 */
enum { TNS_ENTRY_BLOCK = 32 };
bool tns_entry_insert_block(tns_db *db, const tns_entry *entries, size_t count, tns_error *err);
bool tns_entry_set_last(tns_db *db, int64_t id, const unsigned char hash[TNS_HASH_SIZE],
                        tns_error *err);
/* The last one's number and hash, as kept apart; 0 and zeros when there is none. */
bool tns_entry_last(tns_db *db, int64_t *id, unsigned char hash[TNS_HASH_SIZE], tns_error *err);

/* False ends the walk, with *err set. */
typedef bool tns_entry_visit(void *user, const tns_entry *entry, tns_error *err);

/* Each from `first` on that was recorded at or after `since`, by number. */
bool tns_entry_walk(tns_db *db, int64_t first, int64_t since, tns_entry_visit *visit, void *user,
                    tns_error *err);

/* Those of the days from one to another, both included, that were not taken back, by number. */
bool tns_entry_walk_days(tns_db *db, tns_day from, tns_day to, tns_entry_visit *visit, void *user,
                         tns_error *err);

/* Whose entries: of a product with all its lots and bottles, else of a lot with its bottles, else
   of a bottle, else all there are. */
typedef struct tns_log_subject {
    const char *product;
    int64_t lot, bottle;
} tns_log_subject;

bool tns_entry_walk_of(tns_db *db, const tns_log_subject *subject, int64_t since,
                       tns_entry_visit *visit, void *user, tns_error *err);
/* The entry; *found is false where there is none of that number. */
bool tns_entry_find(tns_db *db, int64_t id, tns_entry *out, bool *found, tns_error *err);
/* The entry that undoes another, 0 = none. */
bool tns_entry_undoing(tns_db *db, int64_t id, int64_t *out, tns_error *err);
/* The last entry of a bottle that took something from it and was not taken back, 0 = none. */
bool tns_entry_last_taking(tns_db *db, int64_t bottle, int64_t after, int64_t *out, tns_error *err);

/* The first entry after a day that says how much is in a bottle and was not taken back, 0 = none.
 */
bool tns_entry_telling_after(tns_db *db, int64_t bottle, tns_day day, int64_t *out, tns_error *err);
/* The last count of a bottle of a day after one, that was not taken back; 0 = none. */
bool tns_entry_counted_after(tns_db *db, int64_t bottle, tns_day day, int64_t *out, tns_error *err);
/* What came into a bottle when it was received, 0 where that was taken back. */
bool tns_entry_received(tns_db *db, int64_t bottle, int64_t *amount, tns_error *err);

/* ---- products ---- */

/* Or in the place of its figures, where it is there. */
bool tns_product_insert(tns_db *db, const tns_product *product, tns_error *err);
bool tns_product_set_retired(tns_db *db, const char *id, bool retired, tns_error *err);
bool tns_product_find(tns_db *db, const char *id, tns_product *out, bool *found, tns_error *err);

/* Of bottles in which something is left, of lots that may be used on a day: those that were opened
   on another day or before. */
typedef struct tns_opened {
    char product[TNS_ID_SIZE];
    tns_day opened;
    int64_t on_hand;
} tns_opened;

typedef bool tns_opened_visit(void *user, const tns_opened *bottle, tns_error *err);
bool tns_product_opened_before(tns_db *db, tns_day day, tns_day opened, tns_opened_visit *visit,
                               void *user, tns_error *err);

/* 14 digits; of one that is kept. */
bool tns_product_with_gtin(tns_db *db, const char *gtin, tns_product *out, bool *found,
                           tns_error *err);
/* Of each by its id, in order. */
typedef bool tns_product_visit(void *user, const char *id, tns_error *err);
bool tns_product_walk(tns_db *db, tns_product_visit *visit, void *user, tns_error *err);

/* ---- lots ---- */

typedef struct tns_lot {
    int64_t id;
    char product[TNS_ID_SIZE], name[TNS_LOT_SIZE];
    bool internal, sterile, quarantined, recalled;
    tns_day expires;
} tns_lot;

bool tns_lot_insert(tns_db *db, const tns_lot *lot, tns_error *err);
/* Its expiry and whether it is sterile, anew. */
bool tns_lot_renew(tns_db *db, const tns_lot *lot, tns_error *err);
bool tns_lot_mark(tns_db *db, int64_t id, bool quarantined, bool recalled, tns_error *err);
bool tns_lot_find(tns_db *db, int64_t id, tns_lot *out, bool *found, tns_error *err);
/* By name, of one product or (NULL) of any; how many there are, of which the first is given. */
bool tns_lot_named(tns_db *db, const char *name, const char *product, tns_lot *out, size_t *count,
                   tns_error *err);
/* One that differs from it by the case of letters A to Z alone. */
bool tns_lot_in_other_letters(tns_db *db, const char *name, const char *product, tns_lot *out,
                              bool *found, tns_error *err);
/* Whether any of it ever came, but for what was taken back. */
bool tns_lot_was_received(tns_db *db, int64_t id, bool *out, tns_error *err);
bool tns_lot_next_id(tns_db *db, int64_t *out, tns_error *err);

/* ---- bottles ---- */

/* What the table holds, of a tns_bottle: its own number, and its lot's. */
bool tns_bottle_insert(tns_db *db, const tns_bottle *bottle, int64_t lot, tns_error *err);
bool tns_bottle_set_opened(tns_db *db, int64_t id, tns_day opened, tns_error *err);
bool tns_bottle_set_place(tns_db *db, int64_t id, const char *place, tns_error *err);
bool tns_bottle_add(tns_db *db, int64_t id, int64_t amount, tns_error *err);
/* The same of many, but for their lots: those by tns_lots_sum(), when all are filled. */
bool tns_bottle_fill(tns_db *db, int64_t id, int64_t amount, tns_error *err);
bool tns_lots_sum(tns_db *db, tns_error *err);
bool tns_bottle_find(tns_db *db, int64_t id, tns_bottle *out, bool *found, tns_error *err);
bool tns_bottle_next_id(tns_db *db, int64_t *out, tns_error *err);

/* Appended to the list; `lot` 0 = of all lots, `product` NULL = of all. Status is left alone. */
bool tns_bottle_collect(tns_db *db, const char *product, int64_t lot, bool with_empty,
                        tns_bottle_list *list, tns_error *err);

/* Those of a kind: of a pigment, or (NULL) all diluents, in microlitres; by id. free() the array.
 */
bool tns_products_alike(tns_db *db, const char *pigment, tns_product **out, size_t *count,
                        tns_error *err);

/*
 * Appends, of the bottles of a product in which something is left, what decides which comes first:
 * no names, no place, nothing to weigh or drop by. A use looks at all of them and takes from one or
 * two.
 */
bool tns_bottle_candidates(tns_db *db, const tns_product *product, tns_bottle_list *list,
                           tns_error *err);

/* ---- all ---- */

/* Compares all that the ledger makes, and then the schema, with another store's; TNS_ERROR_TAMPERED
   names the first figure, or table, that is not alike. */
bool tns_tables_compare(tns_db *db, tns_db *right, tns_error *err);

#endif
