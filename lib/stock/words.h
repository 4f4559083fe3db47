/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that stand in the store and in records for what is a number here. */
#ifndef STOCK_WORDS_H
#define STOCK_WORDS_H

#include <tonsure/order.h>
#include <tonsure/pot.h>

/* False for a word that is none of them. */
bool tns_entry_kind_parse(const char *word, tns_entry_kind *out);
bool tns_product_kind_parse(const char *word, tns_product_kind *out);
bool tns_visit_state_parse(const char *word, tns_visit_state *out);
bool tns_pot_state_parse(const char *word, tns_pot_state *out);

bool tns_order_state_parse(const char *word, tns_order_state *out);

/* "pc" or "ul". */
const char *tns_unit_name(bool pieces);

/* One of the reasons that waste is for. */
bool tns_is_waste_reason(const char *word);

#endif
