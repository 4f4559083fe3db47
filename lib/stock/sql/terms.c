/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/sql/orders.h"

static const char put_terms[] =
    "INSERT INTO terms (product, supplier, least_packs, step_packs, lead_days, spread_tenths)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (product, supplier) DO UPDATE SET"
    " least_packs = ?3, step_packs = ?4, lead_days = ?5, spread_tenths = ?6";
static const char remove_prices[] = "DELETE FROM price WHERE product = ?1 AND supplier = ?2";
static const char insert_price[] =
    "INSERT INTO price (product, supplier, packs, cents) VALUES (?1, ?2, ?3, ?4)";

#define TERMS                                                                                      \
    "SELECT t.product, t.supplier, t.least_packs, t.step_packs, t.lead_days, t.spread_tenths,"     \
    " p.packs, p.cents FROM terms t"                                                               \
    " LEFT JOIN price p ON p.product = t.product AND p.supplier = t.supplier"
#define IN_ORDER " ORDER BY t.product, t.supplier, p.packs"

static const char all_terms[] = TERMS IN_ORDER;
static const char terms_of_product[] = TERMS " WHERE t.product = ?1" IN_ORDER;

bool tns_terms_put(tns_db *db, const tns_terms *t, tns_error *err)
{
    const tns_value values[] = {tns_text_value(t->product),  tns_text_value(t->supplier),
                                tns_integer(t->least_packs), tns_integer(t->step_packs),
                                tns_integer(t->lead_days),   tns_integer(t->spread_tenths)};
    bool done = tns_db_run(db, put_terms, values, sizeof values / sizeof *values, err) &&
                tns_db_run(db, remove_prices, values, 2, err);
    for (size_t i = 0; done && i < t->price_count; i++) {
        const tns_value price[] = {values[0], values[1], tns_integer(t->prices[i].packs),
                                   tns_integer(t->prices[i].cents)};
        done = tns_db_run(db, insert_price, price, 4, err);
    }
    return done;
}

static void read_terms(const tns_query *q, tns_terms *t)
{
    memset(t, 0, sizeof *t);
    tns_query_text(q, 0, t->product, sizeof t->product);
    tns_query_text(q, 1, t->supplier, sizeof t->supplier);
    t->least_packs = tns_query_integer(q, 2);
    t->step_packs = tns_query_integer(q, 3);
    t->lead_days = (int)tns_query_integer(q, 4);
    t->spread_tenths = (int)tns_query_integer(q, 5);
}

/* A row is a price of the last terms of the list, or the first one of others. */
static bool take_row(const tns_query *q, tns_terms_list *list, tns_error *err)
{
    tns_terms found, *last = list->count ? &list->terms[list->count - 1] : NULL;
    read_terms(q, &found);
    if (!last || strcmp(last->product, found.product) != 0 ||
        strcmp(last->supplier, found.supplier) != 0) {
        last = tns_list_grow(&list->terms, &list->count, sizeof *last);
        if (!last)
            return tns_error_set(err, TNS_ERROR_MEMORY, "terms: out of memory");
        *last = found;
    }
    if (!tns_query_is_null(q, 6) && last->price_count < TNS_PRICES_MAX)
        last->prices[last->price_count++] =
            (tns_price){tns_query_integer(q, 6), tns_query_integer(q, 7)};
    return true;
}

bool tns_terms_rows(tns_db *db, const char *product, tns_terms_list *list, tns_error *err)
{
    const tns_value value = tns_text_value(product ? product : "");
    tns_query *query =
        tns_db_ask(db, product ? terms_of_product : all_terms, &value, product != NULL, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err))
        done = take_row(query, list, err);
    tns_query_end(query);
    return done;
}
