/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record of a file that was written for people: what it is, and by what it is known again. */
#ifndef TONSURE_PAPER_RECORD_H
#define TONSURE_PAPER_RECORD_H

#include <tonsure/stock.h>

TNS_BEGIN_DECLS

typedef struct tns_paper_file {
    char kind[16];   /* "labels", "passport", "client" */
    char path[4096]; /* no longer than a system takes */
    bool dry_run;    /* nothing was written: no length, no hash */
    bool replaces;   /* of a dry run: a file is there that would be replaced */
    size_t length;   /* in bytes */
    unsigned char sha256[TNS_HASH_SIZE];
} tns_paper_file;

/* tonsure/paper/1 */
TNS_API char *tns_paper_write(const tns_paper_file *paper);
TNS_API bool tns_paper_parse(const char *text, size_t length, const char *name, tns_paper_file *out,
                             tns_error *err);

TNS_END_DECLS

#endif
