/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What suppliers ask. */
#include <string.h>

#include "base/text.h"
#include "stock/facts_orders.h"
#include "stock/ledger.h"

enum { PACKS_MAX = 1000000, DAYS_MAX = 3650 };

static bool check_prices(const tns_terms *t, tns_error *err)
{
    for (size_t i = 0; i < t->price_count; i++)
        if (t->prices[i].cents < 1 || t->prices[i].cents > 2000000000 || t->prices[i].packs < 1 ||
            t->prices[i].packs > PACKS_MAX ||
            (i > 0 && t->prices[i].packs <= t->prices[i - 1].packs))
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "terms of %s: expected prices from few packs to many", t->product);
    return true;
}

static bool check_terms(const tns_terms *t, tns_error *err)
{
    bool reasonable = t->least_packs >= 1 && t->least_packs <= PACKS_MAX && t->step_packs >= 1 &&
                      t->step_packs <= PACKS_MAX && t->lead_days >= 0 && t->lead_days <= DAYS_MAX &&
                      t->spread_tenths >= 0 && t->spread_tenths <= 10 * DAYS_MAX &&
                      t->price_count <= TNS_PRICES_MAX;
    if (!reasonable)
        return tns_error_set(err, TNS_ERROR_USAGE, "terms of %s: a figure outside reason",
                             t->product);
    return check_prices(t, err);
}

static bool enter_terms(tns_operation *o, const tns_terms *told, tns_error *err)
{
    tns_product product;
    tns_terms t = *told;
    tns_entry entry = {.kind = TNS_ENTRY_TERMS};
    return tns_expect_kept_product(o->db, t.product, &product, err) &&
           tns_stock_name("supplier", told->supplier, t.supplier, sizeof t.supplier, err) &&
           tns_text_copy(entry.product, sizeof entry.product, product.id) &&
           tns_facts_of_terms(&t, &entry, err) && tns_operation_enter(o, &entry, err);
}

bool tns_terms_set(tns_stock *stock, const tns_terms *terms, const tns_stock_act *act,
                   tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    return check_terms(terms, err) && tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, enter_terms(&o, terms, err), err);
}

bool tns_terms_list_find(tns_stock *stock, const char *product, tns_terms_list *out, tns_error *err)
{
    tns_product known;
    *out = (tns_terms_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = (!product || tns_expect_product(stock->db, product, &known, err)) &&
                tns_terms_rows(stock->db, product, out, err);
    tns_db_rollback(stock->db);
    return done;
}

/* Below the first price that a supplier told the product's own cost holds. */
static void begin_with_cost(tns_terms *t, int64_t cents)
{
    bool begins = t->price_count > 0 && t->prices[0].packs <= 1;
    if (cents <= 0 || begins || t->price_count == TNS_PRICES_MAX)
        return;
    memmove(&t->prices[1], &t->prices[0], t->price_count++ * sizeof *t->prices);
    t->prices[0] = (tns_price){1, cents};
}

bool tns_expect_terms(tns_db *db, const char *id, const char *supplier, tns_terms *out,
                      tns_error *err)
{
    tns_product product;
    tns_terms_list list = {0};
    memset(out, 0, sizeof *out);
    bool done = tns_expect_product(db, id, &product, err) && tns_terms_rows(db, id, &list, err);
    if (done) {
        *out = (tns_terms){.least_packs = 1, .step_packs = 1, .lead_days = product.lead_days};
        tns_text_copy(out->product, sizeof out->product, id);
        tns_text_copy(out->supplier, sizeof out->supplier, supplier ? supplier : product.supplier);
    }
    for (size_t i = 0; done && i < list.count; i++)
        if (tns_text_same(list.terms[i].supplier, out->supplier))
            *out = list.terms[i];
    if (done)
        begin_with_cost(out, product.cost_cents);
    tns_terms_list_finish(&list);
    return done;
}

bool tns_terms_of(tns_stock *stock, const char *product, tns_terms *out, tns_error *err)
{
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_expect_terms(stock->db, product, NULL, out, err);
    tns_db_rollback(stock->db);
    return done;
}

int64_t tns_terms_price(const tns_terms *t, int64_t packs)
{
    int64_t cents = 0;
    for (size_t i = 0; i < t->price_count && t->prices[i].packs <= packs; i++)
        cents = t->prices[i].cents;
    return cents;
}

int64_t tns_terms_packs(const tns_terms *t, int64_t packs)
{
    int64_t step = t->step_packs > 0 ? t->step_packs : 1;
    int64_t least = packs > t->least_packs ? packs : t->least_packs;
    return (least + step - 1) / step * step;
}
