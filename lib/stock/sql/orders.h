/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of terms and orders, as values; else like tables.h. */
#ifndef STOCK_SQL_ORDERS_H
#define STOCK_SQL_ORDERS_H

#include <tonsure/order.h>

#include "stock/list.h"
#include "stock/sql/tables.h"

/* In the place of what was. */
bool tns_terms_put(tns_db *db, const tns_terms *terms, tns_error *err);
bool tns_terms_rows(tns_db *db, const char *product, tns_terms_list *list, tns_error *err);

/* Its id, supplier, state and day. */
bool tns_order_insert(tns_db *db, const tns_order *order, tns_error *err);
bool tns_order_line_insert(tns_db *db, int64_t order, int place, const tns_order_item *line,
                           tns_error *err);
/* `sent` and `expected` are none of one that is not sent. */
bool tns_order_set_state(tns_db *db, int64_t id, tns_order_state state, tns_day sent,
                         tns_day expected, tns_error *err);
bool tns_order_line_add_received(tns_db *db, int64_t order, int place, int64_t packs,
                                 tns_error *err);
bool tns_order_next_id(tns_db *db, int64_t *out, tns_error *err);
/* With their lines. */
bool tns_order_rows(tns_db *db, const tns_order_question *question, tns_order_list *list,
                    tns_error *err);

#endif
