/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an entry makes true, as the JSON object of its field `sets`; and how that is put into the
 * tables. Whether an entry is written, imported or played again to verify, it is this that makes
 * the tables, so that they hold nothing that is not in the ledger.
 */
#ifndef STOCK_FACTS_H
#define STOCK_FACTS_H

#include "stock/sql/tables.h"

/* Each fills entry->sets; false, out of memory or too long. */
bool tns_facts_of_product(const tns_product *product, tns_entry *entry, tns_error *err);
bool tns_facts_of_lot(const tns_lot *lot, tns_entry *entry, tns_error *err);
bool tns_facts_of_bottle(const tns_bottle *bottle, int64_t lot, tns_entry *entry, tns_error *err);
/* Of what changes, with what it was before. */
bool tns_facts_opened(tns_day opened, tns_day was, tns_entry *entry, tns_error *err);
bool tns_facts_place(const char *place, const char *was, tns_entry *entry, tns_error *err);
bool tns_facts_quarantined(bool quarantined, tns_entry *entry, tns_error *err);
bool tns_facts_retired(bool retired, tns_entry *entry, tns_error *err);
bool tns_facts_recalled(bool recalled, tns_entry *entry, tns_error *err);

/* The change of an entry, read: what is asked for when it is taken back. */
typedef struct tns_facts {
    bool has_opened, has_place, has_quarantined, has_recalled;
    tns_day opened, opened_was;
    char place[TNS_PLACE_SIZE], place_was[TNS_PLACE_SIZE];
    bool quarantined, recalled;
} tns_facts;

bool tns_facts_read(const tns_entry *entry, tns_facts *out, tns_error *err);

/* Into the tables of what it is of, its amount included. */
bool tns_entry_apply_facts(tns_db *db, const tns_entry *entry, tns_error *err); /* without */
bool tns_entry_apply(tns_db *db, const tns_entry *entry, tns_error *err);

#endif
