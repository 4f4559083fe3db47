/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document as a list of blocks, in the order they are read: what is drawn is the same, by whom it
 * is drawn, HTML or PDF, is another matter. Text goes in as it is; each way out escapes it itself.
 */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include <tonsure/documents.h>

#include "report/qr.h"

enum { TNS_CELLS_MAX = 8 };

typedef enum tns_block_kind {
    TNS_BLOCK_HEADING,
    TNS_BLOCK_TEXT,
    TNS_BLOCK_NOTE,    /* small */
    TNS_BLOCK_WARNING, /* with a bar at its side */
    TNS_BLOCK_FACT,    /* a name and a value */
    TNS_BLOCK_TABLE,   /* the head of a table; its rows follow */
    TNS_BLOCK_ROW
} tns_block_kind;

typedef struct tns_block {
    tns_block_kind kind;
    size_t count;               /* of cells */
    char *cells[TNS_CELLS_MAX]; /* owned */
    int width[TNS_CELLS_MAX];   /* of a table's columns: shares of its width; below 0 = figures,
                                   which stand at the right */
} tns_block;

typedef struct tns_document {
    char *title, *over, *under; /* the title, a word over it, a line under it */
    tns_qr qr;                  /* beside the title; side 0 = none */
    size_t count;
    tns_block *blocks;
    bool failed; /* out of memory; what was added then is lost */
} tns_document;

/* A document with its three lines of a head. */
void tns_document_begin(tns_document *d, const char *over, const char *title, const char *under);
void tns_document_finish(tns_document *d);

void tns_document_add(tns_document *d, tns_block_kind kind, const char *text);
void tns_document_addf(tns_document *d, tns_block_kind kind, const char *format, ...)
    TNS_PRINTF(3, 4);
/* Left out where the value is "" or NULL. */
void tns_document_fact(tns_document *d, const char *name, const char *value);
void tns_document_table(tns_document *d, size_t columns, const char *const *names,
                        const int *width);
void tns_document_row(tns_document *d, size_t columns, const char *const *cells);

/* Either way; finishes the document. */
bool tns_document_write(tns_document *d, tns_document_format format, tns_document_bytes *out,
                        tns_error *err);

/* A label's line is set so much closer in HTML where it is too long; then it is cut. */
#define TNS_LABEL_CLOSEST 1.6

/* free(); NULL when out of memory. */
char *tns_document_html(const tns_document *d);
char *tns_labels_html(const tns_label *labels, const tns_qr *qr, size_t count);

#endif
