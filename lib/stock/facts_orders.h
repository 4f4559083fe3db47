/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What entries of terms and orders make true; else like facts.h. */
#ifndef STOCK_FACTS_ORDERS_H
#define STOCK_FACTS_ORDERS_H

#include "base/json.h"
#include "stock/sql/orders.h"

bool tns_facts_of_terms(const tns_terms *terms, tns_entry *entry, tns_error *err);
bool tns_facts_of_order(const tns_order *order, tns_entry *entry, tns_error *err);
/* The product and the reason are the entry's own. */
bool tns_facts_of_order_line(int64_t order, int place, const tns_order_item *line, tns_entry *entry,
                             tns_error *err);
bool tns_facts_of_order_received(int64_t order, int place, int64_t packs, tns_entry *entry,
                                 tns_error *err);
/* From `was`, with its days, to `now`. */
bool tns_facts_of_order_state(const tns_order *now, const tns_order *was, tns_entry *entry,
                              tns_error *err);

/* order.c: those asked for; finish the list in every case. */
bool tns_order_collect(tns_db *db, const tns_order_question *q, tns_order_list *list,
                       tns_error *err);
/* Packs of it that are still to come. */
int64_t tns_order_brings(const tns_order *o, const char *product);

/* An entry of an order, read, for who takes it back. */
typedef struct tns_order_facts {
    int64_t order;
    int place;        /* 0 = of the whole */
    int64_t received; /* packs that came */
    bool has_state;
    tns_order now, was; /* state, sent, expected */
} tns_order_facts;

bool tns_order_facts_read(const tns_entry *entry, tns_order_facts *out, tns_error *err);

/* Into the tables: of entries whose `sets` have "terms", and "order". */
bool tns_terms_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets, tns_error *err);
bool tns_order_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets, tns_error *err);

#endif
