/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pots as they are: listed, and what is left of them at what it cost. */
#include <stdlib.h>

#include "stock/ledger.h"

bool tns_pot_list_find(tns_stock *stock, const tns_pot_question *question, tns_pot_list *out,
                       tns_error *err)
{
    *out = (tns_pot_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_pot_rows(stock->db, question, out, err);
    tns_db_rollback(stock->db);
    return done;
}

void tns_pot_list_finish(tns_pot_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->pots[i].parts);
    free(list->pots);
    *list = (tns_pot_list){0};
}

int64_t tns_pot_waste_cents(const tns_pot *pot)
{
    if (pot->ul == 0)
        return 0;
    /* A double holds both factors exactly, and the share to far less than a hundredth. */
    double cost = (double)pot->cost_millicents * (double)pot->left_ul / (double)pot->ul;
    return (int64_t)(cost / 1000 + 0.5);
}
