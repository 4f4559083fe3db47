/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of what entries make anew. */
#ifndef STOCK_FACTS_NEXT_H
#define STOCK_FACTS_NEXT_H

#include "stock/sql/database.h"

/*
 * What is made anew is numbered from 1 without gaps, each kind by itself: a table by number is
 * never longer than the ledger. Fails with TNS_ERROR_FORMAT where `id` is not the next.
 */
typedef bool tns_next_id(tns_db *db, int64_t *out, tns_error *err);
bool tns_facts_are_of_next(tns_db *db, tns_next_id *next, const char *what, int64_t id,
                           tns_error *err);

#endif
