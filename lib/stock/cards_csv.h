/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clients' cards and readings as CSV: what is in no ledger, a row each. Of a card its name,
 * below it its allergies, each in a row, in their order; then readings by visit.
 */
#ifndef STOCK_CARDS_CSV_H
#define STOCK_CARDS_CSV_H

#include <stdio.h>

#include "base/csv.h"
#include "stock/sql/people.h"

/* Within a transaction. */
bool tns_cards_write(tns_db *db, FILE *to, tns_stock_copied *out, tns_error *err);
bool tns_cards_take(tns_db *db, const tns_csv *csv, tns_stock_copied *out, tns_error *err);

#endif
