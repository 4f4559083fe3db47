/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a lot to its bottles, to the pots they went into, to the visits and the clients. */
#include <stdlib.h>
#include <string.h>

#include "stock/ledger.h"

static bool add_visit(tns_db *db, int64_t id, tns_visit_list *list, tns_error *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->visits[i].id == id)
            return true;
    tns_visit *one = tns_list_grow(&list->visits, &list->count, sizeof *one);
    return one ? tns_expect_visit(db, id, one, err)
               : tns_error_set(err, TNS_ERROR_MEMORY, "recall: out of memory");
}

static bool add_client(tns_db *db, int64_t id, tns_client_list *list, tns_error *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->clients[i].id == id)
            return true;
    tns_client *one = tns_list_grow(&list->clients, &list->count, sizeof *one);
    return one ? tns_expect_client(db, id, one, err) && tns_client_card_find(db, one, err)
               : tns_error_set(err, TNS_ERROR_MEMORY, "recall: out of memory");
}

static bool trace(tns_db *db, const char *name, const char *product, tns_trace *out, tns_error *err)
{
    tns_lot lot;
    bool done = tns_expect_lot(db, name, product, &lot, err) &&
                tns_bottle_collect(db, NULL, lot.id, true, &out->bottles, err) &&
                tns_pot_rows_of_lot(db, lot.id, &out->pots, err) &&
                tns_lot_used_elsewhere(db, lot.id, &out->elsewhere, err);
    for (size_t i = 0; done && i < out->pots.count; i++)
        done = add_visit(db, out->pots.pots[i].visit, &out->visits, err) &&
               add_client(db, out->pots.pots[i].client, &out->clients, err);
    return done;
}

bool tns_stock_trace(tns_stock *stock, const char *lot, const char *product, tns_trace *out,
                     tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = trace(stock->db, lot, product, out, err);
    tns_db_rollback(stock->db);
    tns_day today = tns_day_today(NULL);
    for (size_t i = 0; i < out->bottles.count; i++)
        out->bottles.bottles[i].status = tns_bottle_status_on(&out->bottles.bottles[i], today);
    return done;
}

void tns_trace_finish(tns_trace *t)
{
    tns_bottle_list_finish(&t->bottles);
    tns_pot_list_finish(&t->pots);
    tns_visit_list_finish(&t->visits);
    tns_client_list_finish(&t->clients);
}
