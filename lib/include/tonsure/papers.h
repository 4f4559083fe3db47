/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clinic's papers, made of what is in the store: labels, ink passports, order sheets. */
#ifndef TONSURE_PAPERS_H
#define TONSURE_PAPERS_H

#include <tonsure/clinic_records.h>
#include <tonsure/documents.h>
#include <tonsure/month.h>
#include <tonsure/order.h>
#include <tonsure/palette.h>
#include <tonsure/paper_record.h>
#include <tonsure/pot.h>
#include <tonsure/stock.h>

TNS_BEGIN_DECLS

/* What is on a paper besides what is in the store; zeroed: nothing. */
typedef struct tns_paper_request {
    const char *clinic; /* its name; NULL = not stated */
    bool with_name;     /* of the client, where the card has one */
    bool with_reasons;  /* of an order's lines */
    bool opened;        /* a bottle's label tells until when it is good, now that it is open */
    const tns_palette *palette; /* what is known of pigments beyond their labels; NULL = nothing */
    const tns_context *context;
    bool dry_run; /* make the paper, write nothing: refused is what would be */
} tns_paper_request;

/*
 * Of each below: into a file whose name ends with .html or .pdf, all or nothing. TNS_ERROR_USAGE
 * for another name, and for a number that is not there.
 */

/* The ink passport of a visit, of all its pots that were not taken back. */
TNS_API bool tns_service_passport_save(tns_stock *stock, int64_t visit,
                                       const tns_paper_request *request, const char *path,
                                       tns_error *err);

/* Labels, each of a bottle (letter 'B') or a pot ('P'). */
typedef struct tns_label_of {
    char letter;
    int64_t number;
} tns_label_of;
TNS_API bool tns_service_labels_save(tns_stock *stock, const tns_label_of *things, size_t count,
                                     const tns_paper_request *request, const char *path,
                                     tns_error *err);

/* An order; also as a table, ".csv". */
TNS_API bool tns_service_order_save(tns_stock *stock, int64_t order,
                                    const tns_paper_request *request, const char *path,
                                    tns_error *err);

/* A month's figures. */
TNS_API bool tns_service_month_save(const tns_month *month, const tns_paper_request *request,
                                    const char *path, tns_error *err);

/*
 * A visit with its client, pots, readings and follow-ups, and what its ink passport would warn of;
 * of one that was cancelled too. Without `with_name` the client is a number. Finish it in every
 * case. And the same on a page.
 */
TNS_API bool tns_service_visit_file(tns_stock *stock, int64_t visit,
                                    const tns_paper_request *request, tns_visit_file *out,
                                    tns_error *err);
TNS_API bool tns_service_visit_save(const tns_visit_file *file, const tns_paper_request *request,
                                    const char *path, tns_error *err);

/* Looks at a file that was written, as it is on the disk; after a dry run at the place for it. */
TNS_API bool tns_service_paper_look(const char *path, const char *kind, bool dry_run,
                                    tns_paper_file *out, tns_error *err);

/* "V31" or "31", of a letter of 'B', 'P', 'V', 'O'. */
TNS_API bool tns_service_numbered(char letter, const char *text, int64_t *out, tns_error *err);

TNS_END_DECLS

#endif
