/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of clients, visits and pots, and the cards that no entry makes, as values; else like
   tables.h. */
#ifndef STOCK_SQL_PEOPLE_H
#define STOCK_SQL_PEOPLE_H

#include <tonsure/pot.h>

#include "stock/list.h"
#include "stock/sql/tables.h"

/* ---- ingredients ---- */

bool tns_ingredient_insert(tns_db *db, const char *product, int place, const char *name,
                           const char *cas, const char *color_index, tns_error *err);
/* Into the product, which has its id. */
bool tns_ingredients_find(tns_db *db, tns_product *product, tns_error *err);

/* ---- clients, by the ledger ---- */

bool tns_client_insert(tns_db *db, int64_t id, tns_day since, tns_error *err);
/* The digest of its card is forgotten too. */
bool tns_client_set_erased(tns_db *db, int64_t id, tns_day erased, tns_error *err);
bool tns_client_set_digest(tns_db *db, int64_t id, const unsigned char digest[TNS_HASH_SIZE],
                           tns_error *err);
bool tns_client_next_id(tns_db *db, int64_t *out, tns_error *err);
/* Its card is left empty. */
bool tns_client_row(tns_db *db, int64_t id, tns_client *out, bool *found, tns_error *err);
bool tns_client_rows(tns_db *db, bool with_erased, tns_client_list *list, tns_error *err);

/* ---- cards ---- */

/* salt NULL = of a card that is older than digests. */
bool tns_client_card_put(tns_db *db, int64_t client, const tns_client_card *card,
                         const unsigned char salt[TNS_HASH_SIZE], tns_error *err);
/* The digest by the ledger, and the salt on the card, where there are such. */
typedef struct tns_seal {
    bool has_digest, has_salt;
    unsigned char digest[TNS_HASH_SIZE], salt[TNS_HASH_SIZE];
} tns_seal;
bool tns_client_seal_find(tns_db *db, int64_t client, tns_seal *out, tns_error *err);
/* Sets has_card too. */
bool tns_client_card_find(tns_db *db, tns_client *client, tns_error *err);
/* With the readings. */
bool tns_client_card_remove(tns_db *db, int64_t client, tns_error *err);
/* A client that is erased and has a card or readings all the same; 0 = none. */
bool tns_client_card_of_erased(tns_db *db, int64_t *out, tns_error *err);

/* How many they were. */
bool tns_reading_delete(tns_db *db, int64_t visit, const char *site, int days, int64_t *count,
                        tns_error *err);
bool tns_reading_insert(tns_db *db, const tns_site_reading *reading, int64_t *id, tns_error *err);
/* By visit, or where that is 0 by client. */
bool tns_reading_collect(tns_db *db, int64_t client, int64_t visit, tns_site_reading_list *list,
                         tns_error *err);

/* ---- visits ---- */

bool tns_visit_insert(tns_db *db, const tns_visit *visit, tns_error *err);
/* `time` is that of the entry. */
bool tns_visit_set_state(tns_db *db, int64_t id, tns_visit_state state, int64_t time,
                         tns_error *err);
bool tns_visit_next_id(tns_db *db, int64_t *out, tns_error *err);
bool tns_visit_row(tns_db *db, int64_t id, tns_visit *out, bool *found, tns_error *err);
bool tns_visit_rows(tns_db *db, const tns_visit_question *question, tns_visit_list *list,
                    tns_error *err);

/* ---- pots ---- */

bool tns_pot_insert(tns_db *db, const tns_pot *pot, tns_day day, tns_error *err);
bool tns_pot_set_state(tns_db *db, int64_t id, tns_pot_state state, int64_t left_ul,
                       tns_error *err);
bool tns_pot_state_of(tns_db *db, int64_t id, tns_pot_state *out, bool *found, tns_error *err);
bool tns_pot_next_id(tns_db *db, int64_t *out, tns_error *err);
/* Adds to what a pot has of a bottle, negative too; what comes to nothing is no part. */
bool tns_part_add(tns_db *db, int64_t pot, int64_t bottle, int64_t ul, int64_t cost,
                  tns_error *err);
/* With their parts. */
bool tns_pot_rows(tns_db *db, const tns_pot_question *question, tns_pot_list *list, tns_error *err);
/* Those that have something of a lot; by number. */
bool tns_pot_rows_of_lot(tns_db *db, int64_t lot, tns_pot_list *list, tns_error *err);
/* What was used of a lot and went into no pot. */
bool tns_lot_used_elsewhere(tns_db *db, int64_t lot, int64_t *out, tns_error *err);
/* Of a bottle something is in a pot of the visit. */
bool tns_bottle_is_of_visit(tns_db *db, int64_t bottle, int64_t visit, bool *out, tns_error *err);

#endif
