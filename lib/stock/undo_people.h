/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What taking back means of visits, pots and orders: each fills the counter-entry. */
#ifndef STOCK_UNDO_PEOPLE_H
#define STOCK_UNDO_PEOPLE_H

#include "stock/ledger.h"

/* TNS_ERROR_CONFLICT, with why; false. */
bool tns_undo_conflict(const tns_entry *entry, tns_error *err, const char *why);

/* Fails where the reason has the name of the client in it whom the entry is of. */
bool tns_undo_nameless(tns_operation *o, const tns_entry *entry, tns_error *err);

/* *skip where the visit stays as it is, since another pot was mixed for it. */
bool tns_undo_visit(tns_operation *o, const tns_entry *entry, tns_entry *counter, bool *skip,
                    tns_error *err);
bool tns_undo_pot(tns_operation *o, const tns_entry *entry, tns_entry *counter, tns_error *err);
/* Of an entry that took from a bottle for a pot; nothing for another. */
bool tns_undo_part(const tns_entry *entry, tns_entry *counter, tns_error *err);

/* Of a product. */
bool tns_undo_retirement(tns_operation *o, const tns_entry *entry, tns_entry *counter,
                         tns_error *err);

/* *skip of a line, which goes with its order. */
bool tns_undo_order(tns_operation *o, const tns_entry *entry, tns_entry *counter, bool *skip,
                    tns_error *err);

#endif
