/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is on hand, and was used, while a whole ledger is played into an empty store: in memory, and
 * into the tables at the end, once a bottle. Each step is checked all the same: nothing goes below
 * zero.
 */
#ifndef STOCK_TALLY_H
#define STOCK_TALLY_H

#include "stock/tally_used.h"

typedef struct tns_tally {
    size_t room;      /* bottles 1 .. room - 1 */
    int64_t *on_hand; /* owned */
    int64_t bottles;  /* so many are known to be there: they have no gaps */
    tns_used_tally used;
} tns_tally;

/* As tns_entry_apply(), but for the amount, which is added here, and for what was used. */
bool tns_tally_apply(tns_tally *tally, tns_db *db, const tns_entry *entry, tns_error *err);

/* All sums into the tables. */
bool tns_tally_flush(const tns_tally *tally, tns_db *db, tns_error *err);
void tns_tally_finish(tns_tally *tally);

#endif
