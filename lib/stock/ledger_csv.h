/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ledger as CSV (RFC 4180), row by row: a store's may have millions, so that neither the file nor
 * its rows are held in memory.
 */
#ifndef STOCK_LEDGER_CSV_H
#define STOCK_LEDGER_CSV_H

#include <stdio.h>

#include <tonsure/stock.h>

/* A row has at most so many bytes: twice an entry's texts, which may be nothing but quotation
 * marks.
 */
enum { TNS_LEDGER_COLUMNS = 15, TNS_LEDGER_ROW = 4096, TNS_LEDGER_BLOCK = 32768 };

/* The header's names, in their order. */
extern const char *const tns_ledger_columns[TNS_LEDGER_COLUMNS];

/* What the last line, a comment, begins with; then the count of the entries and the last one's
   hash: a chain of hashes does not know its end. */
#define TNS_LEDGER_END "# end of "

typedef struct tns_ledger_reader {
    FILE *from;       /* the caller's */
    const char *name; /* for errors */
    size_t line;      /* that the row began on, from 1 */
    size_t next_line;
    size_t count;                        /* of fields */
    char *field[TNS_LEDGER_COLUMNS + 1]; /* each where it stands in the block */
    bool ended;                          /* the file, with this block */
    char *at, *end;                      /* what is still to be read of the block */
    char block[TNS_LEDGER_BLOCK + 1];
    char comment[128]; /* the last one that tells of an end; cut */
} tns_ledger_reader;

/* Reads the header; TNS_ERROR_FORMAT where it is not a ledger's. */
bool tns_ledger_begin(tns_ledger_reader *reader, FILE *from, const char *name, tns_error *err);

/* The next entry; *more is false behind the last. Errors name the line and the column. */
bool tns_ledger_next(tns_ledger_reader *reader, tns_entry *entry, bool *more, tns_error *err);

/* That line, without what ends it, for so many entries; 128 bytes hold it. */
void tns_ledger_end_write(int64_t entries, const unsigned char head[TNS_HASH_SIZE], char *out,
                          size_t size);

/* That the end which was told of is this one: TNS_ERROR_TAMPERED; *told is false where none was. */
bool tns_ledger_check_end(const tns_ledger_reader *reader, int64_t entries,
                          const unsigned char head[TNS_HASH_SIZE], bool *told, tns_error *err);

#endif
