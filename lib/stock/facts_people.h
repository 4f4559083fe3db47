/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What entries make true of ingredients, clients, visits and pots: the part of facts.h that is
   about people. */
#ifndef STOCK_FACTS_PEOPLE_H
#define STOCK_FACTS_PEOPLE_H

#include "base/json.h"
#include "stock/sql/people.h"

/* Each fills entry->sets; false, out of memory or too long. */

/* One line of a product's label, its place from 1: an ingredient, or (NULL) a Colour Index. */
bool tns_facts_of_ingredient(int place, const tns_ingredient *ingredient, const char *color_index,
                             tns_entry *entry, tns_error *err);
/* Of a client's card as it is put: its digest, and nothing that outlives an erasure and tells. */
bool tns_facts_of_card(int64_t client, const unsigned char digest[TNS_HASH_SIZE], tns_entry *entry,
                       tns_error *err);
bool tns_facts_of_erasure(int64_t client, tns_entry *entry, tns_error *err);

/* A new one. What it was before, for when that is taken back: cancelled; undone. */
bool tns_facts_of_visit(const tns_visit *visit, tns_entry *entry, tns_error *err);
bool tns_facts_of_pot(const tns_pot *pot, tns_entry *entry, tns_error *err);
/* What a pot took of a bottle, in an entry that is of the bottle. */
bool tns_facts_of_part(int64_t pot, int64_t cost_millicents, tns_entry *entry, tns_error *err);

bool tns_facts_visit_state(int64_t visit, tns_visit_state state, tns_visit_state was,
                           tns_entry *entry, tns_error *err);
bool tns_facts_pot_state(int64_t pot, tns_pot_state state, tns_pot_state was, int64_t left_ul,
                         tns_entry *entry, tns_error *err);

/* The change of state that an entry made, read: what is asked for when it is taken back. */
typedef struct tns_people_facts {
    int64_t visit, pot; /* one of them, else 0 */
    tns_visit_state visit_state, visit_was;
    tns_pot_state pot_state, pot_was;
    int64_t cost; /* of a part */
} tns_people_facts;

bool tns_people_facts_read(const tns_entry *entry, tns_people_facts *out, tns_error *err);

/* ---- into the tables ---- */

/* Of an entry that is of a product; of a bottle; of neither, nor of a lot. */
bool tns_ingredient_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                          tns_error *err);
bool tns_part_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets, tns_error *err);
bool tns_people_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets, tns_error *err);

#endif
