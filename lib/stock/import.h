/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STOCK_IMPORT_H
#define STOCK_IMPORT_H

#include "base/csv.h"
#include "stock/ledger_csv.h"
#include "stock/sql/tables.h"

/* The ledger's rows behind the header, and the cards (NULL = none): all, or nothing. */
bool tns_import_rows(tns_db *db, tns_ledger_reader *reader, const tns_csv *cards, bool dry_run,
                     tns_stock_copied *out, tns_error *err);

#endif
