/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several of the shelf's records are built of. */
#ifndef RECORDS_SHELF_H
#define RECORDS_SHELF_H

#include <tonsure/stock.h>

#include "base/json.h"

/* "C12", of a letter and a number; `set` gives null for 0. */
tns_json *tns_json_from_id(char letter, int64_t id);
void tns_json_set_id(tns_json *json, const char *key, char letter, int64_t id);

void tns_json_set_hash(tns_json *json, const char *key, const unsigned char hash[TNS_HASH_SIZE]);

/* The bottle that an entry is of, or one of its lot; NULL when the list has none. */
const tns_bottle *tns_bottle_of_entry(const tns_entry *entry, const tns_bottle_list *list);

/* An array of the ledger's entries; the bottles that they are of tell units and lots. */
tns_json *tns_json_from_entries(const tns_entry_list *list, const tns_bottle_list *bottles);

/* An array of bottles, with what holds for their lots. */
tns_json *tns_json_from_bottles(const tns_bottle_list *list);

#endif
