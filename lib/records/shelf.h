/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several of the shelf's records are built of. */
#ifndef RECORDS_SHELF_H
#define RECORDS_SHELF_H

#include <tonsure/stock.h>

#include "base/json.h"

/* "2026-11-30", or null for none. */
void tns_json_set_day(tns_json *json, const char *key, tns_day day);

/* As in tns_text_time(). */
void tns_json_set_time(tns_json *json, const char *key, int64_t time);

void tns_json_set_hash(tns_json *json, const char *key, const unsigned char hash[TNS_HASH_SIZE]);

/* An array of the ledger's entries; the bottles that they are of tell units and lots. */
tns_json *tns_json_from_entries(const tns_entry_list *list, const tns_bottle_list *bottles);

/* An array of bottles, with what holds for their lots. */
tns_json *tns_json_from_bottles(const tns_bottle_list *list);

#endif
