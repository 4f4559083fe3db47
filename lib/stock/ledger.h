/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One operation: a transaction in which entries are appended, and the tables follow. */
#ifndef STOCK_LEDGER_H
#define STOCK_LEDGER_H

#include "stock/sql/orders.h"
#include "stock/sql/people.h"

struct tns_stock {
    tns_db *db;
};

typedef struct tns_operation {
    tns_db *db;
    const tns_stock_act *act;
    tns_stock_change *out;
    int64_t last; /* entry */
    unsigned char hash[TNS_HASH_SIZE];
    int64_t now, time;
    tns_day day;
} tns_operation;

/* Begins; `out` is made empty in any case. Where it fails nothing has begun. */
bool tns_operation_begin(tns_operation *o, tns_stock *stock, const tns_stock_act *act,
                         tns_stock_change *out, tns_error *err);

/*
 * Appends an entry of which the caller has set kind, subject, amount, reason, undoes and sets, and
 * puts it into the tables.
 */
bool tns_operation_append(tns_operation *o, const tns_entry *draft, tns_error *err);

/*
 * Ends: commits where all was `done` and this is no dry run, else rolls back. The change then has
 * its bottles. Gives `done`, or false where it cannot be written.
 */
bool tns_operation_end(tns_operation *o, bool done, tns_error *err);

/*
 * TNS_ERROR_CONFLICT where the act's day is before that of `since`, an entry's time; on that very
 * day the operation is as late. `what` says which: "visit V3 was opened".
 */
bool tns_operation_follows(tns_operation *o, int64_t since, const char *what, tns_error *err);

/* The day of an entry's time: what is told of a past day has that day's noon, in UTC; all else its
   moment. */
tns_day tns_entry_day_at(int64_t time);

/* An entry with the act's reason. */
bool tns_operation_enter(tns_operation *o, tns_entry *entry, tns_error *err);

/* The act's reason, "" for none. */
const char *tns_act_reason(const tns_stock_act *act);
/* Fails with TNS_ERROR_USAGE unless there is one. */
bool tns_act_has_reason(const tns_stock_act *act, const char *what, tns_error *err);

/* Text for the store: fits, and is one line of UTF-8; else TNS_ERROR_USAGE. NULL is "". */
bool tns_stock_text(const char *what, const char *text, char *out, size_t size, tns_error *err);

/* The same of a name: without blanks around it, and not blank itself. */
bool tns_stock_name(const char *what, const char *text, char *out, size_t size, tns_error *err);

/* "; near it: black", of what is kept and may be part of a recipe; "" where nothing is. */
bool tns_parts_near(tns_db *db, const char *word, char *text, size_t size, tns_error *err);

/* Within an operation; TNS_ERROR_NO_SUCH for one that is not there. */
bool tns_expect_bottle(tns_db *db, int64_t id, tns_bottle *out, tns_error *err);
bool tns_expect_product(tns_db *db, const char *id, tns_product *out, tns_error *err);
/* One that was not retired; else TNS_ERROR_CONFLICT. */
bool tns_expect_kept_product(tns_db *db, const char *id, tns_product *out, tns_error *err);
/* By its name, of one product or (NULL) of the only one that has such a lot. */
bool tns_expect_lot(tns_db *db, const char *name, const char *product, tns_lot *out,
                    tns_error *err);
/* TNS_ERROR_USAGE where what the act says has the client's name in it: the ledger keeps it for
   good, also when the card is long erased. 0 is no client. */
bool tns_expect_nameless(const tns_operation *o, int64_t client, tns_error *err);
/* Without its card. */
bool tns_expect_client(tns_db *db, int64_t id, tns_client *out, tns_error *err);
bool tns_expect_visit(tns_db *db, int64_t id, tns_visit *out, tns_error *err);

/* Of a product by a supplier (NULL: its own); by its own figures where none are told. */
bool tns_expect_terms(tns_db *db, const char *product, const char *supplier, tns_terms *out,
                      tns_error *err);

/* Within an operation: the lot, where it is new, and the bottles of a delivery. */
bool tns_operation_enter_delivery(tns_operation *o, const tns_delivery *delivery, tns_error *err);

/* At the list's end, a copy. */
bool tns_entry_list_add(tns_entry_list *list, const tns_entry *entry, tns_error *err);

enum { TNS_AMOUNT_TEXT = 32 };
/* "150 ul" or "3 pc". */
void tns_amount_write(int64_t amount, bool pieces, char out[TNS_AMOUNT_TEXT]);

#endif
