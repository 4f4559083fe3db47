/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ledger as CSV (RFC 4180), row by row: a store's may have millions, so that neither the file nor
 * its rows are held in memory.
 */
#ifndef STOCK_LEDGER_CSV_H
#define STOCK_LEDGER_CSV_H

#include <stdio.h>

#include <tonsure/stock.h>

enum { TNS_LEDGER_COLUMNS = 15, TNS_LEDGER_ROW = 4096 };

/* The header's names, in their order. */
extern const char *const tns_ledger_columns[TNS_LEDGER_COLUMNS];

typedef struct tns_ledger_reader {
    FILE *from;       /* the caller's */
    const char *name; /* for errors */
    size_t line;      /* that the row began on, from 1 */
    size_t next_line;
    size_t count; /* of fields */
    char *field[TNS_LEDGER_COLUMNS + 1];
    size_t used;
    char row[TNS_LEDGER_ROW];
} tns_ledger_reader;

/* Reads the header; TNS_ERROR_FORMAT where it is not a ledger's. */
bool tns_ledger_begin(tns_ledger_reader *reader, FILE *from, const char *name, tns_error *err);

/* The next entry; *more is false behind the last. Errors name the line and the column. */
bool tns_ledger_next(tns_ledger_reader *reader, tns_entry *entry, bool *more, tns_error *err);

#endif
