/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking an amount from bottles: for a use of one product, for a pot of several that are alike. */
#ifndef STOCK_TAKE_H
#define STOCK_TAKE_H

#include "stock/ledger.h"

/* What was opened after a day was then closed. */
void tns_bottle_set_back(tns_bottle *bottle, tns_day day);

/* Leaves those that were there on that day, first expired first. */
void tns_take_order(tns_bottle_list *list, tns_day day);

typedef struct tns_taking {
    const char *what; /* in errors */
    bool pieces;
    int64_t amount;
    int64_t pot;  /* that it goes into; 0 = none */
    int64_t unit; /* whole ones of each bottle where that is enough; 0 = 1 */
} tns_taking;

/*
 * Takes it from the bottles in their order, and opens what is closed. What must not be used stays,
 * and is refused by name where there is not enough without it, unless the act overrides.
 */
bool tns_take(tns_operation *o, const tns_taking *taking, const tns_bottle_list *list,
              tns_error *err);

/*
 * Before something is booked as gone on a day: where the bottle was counted after that day, it was
 * gone by then, and the count stands. Enters that much as counted, so that what is on hand stays.
 */
bool tns_count_stands(tns_operation *o, int64_t bottle, int64_t amount, tns_error *err);

bool tns_enter_opening(tns_operation *o, const tns_bottle *bottle, const char *reason,
                       tns_error *err);

/* The reason to write down: why in spite of a refusal, or why at all. */
void tns_say_why(const tns_stock_act *act, tns_code refusal, char *out, size_t size);

#endif
