/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STOCK_IMPORT_H
#define STOCK_IMPORT_H

#include "stock/ledger_csv.h"
#include "stock/sql/tables.h"

/* Behind the header: all rows, or nothing. */
bool tns_import_rows(tns_db *db, tns_ledger_reader *reader, bool dry_run, int64_t *entries,
                     tns_error *err);

#endif
