/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads orders and suppliers' terms. */
#include <math.h>
#include <string.h>

#include <tonsure/stock_records.h>

#include "records/parts.h"
#include "records/shelf_get.h"

static const int LEAD_MAX_DAYS = 100000;

/* ---- orders ---- */

static bool get_item(const tns_json_at *at, void *item, tns_error *err)
{
    tns_order_item *out = item;
    return tns_json_get_text(at, "product", out->product, sizeof out->product, err) &&
           tns_json_get_whole(at, "packs", 0, &out->packs, err) &&
           tns_json_get_whole(at, "received", 0, &out->received, err) &&
           tns_json_get_whole(at, "pack", 0, &out->pack, err) &&
           tns_json_get_whole(at, "cost_cents", 0, &out->cost_cents, err) &&
           tns_json_get_text(at, "reason", out->reason, sizeof out->reason, err);
}

static bool get_lines(const tns_json_at *at, tns_order *out, tns_error *err)
{
    void *items = NULL;
    bool done = tns_json_get_items(at, "lines", sizeof *out->lines, get_item, &items,
                                   &out->line_count, err);
    out->lines = items;
    return done;
}

static bool get_state(const tns_json_at *at, tns_order_state *out, tns_error *err)
{
    const char *words[TNS_ORDER_CANCELLED + 1];
    int state = 0;
    for (int i = 0; i <= TNS_ORDER_CANCELLED; i++)
        words[i] = tns_order_state_name((tns_order_state)i);
    bool done = tns_json_get_choice(at, "state", words, TNS_ORDER_CANCELLED + 1, &state, err);
    *out = (tns_order_state)state;
    return done;
}

static bool get_order(const tns_json_at *at, void *item, tns_error *err)
{
    tns_order *out = item;
    return tns_json_get_id(at, "id", 'O', &out->id, err) &&
           tns_json_get_text(at, "supplier", out->supplier, sizeof out->supplier, err) &&
           get_state(at, &out->state, err) && tns_json_get_day(at, "on", &out->day, err) &&
           tns_json_get_day(at, "sent", &out->sent, err) &&
           tns_json_get_day(at, "expected", &out->expected, err) && get_lines(at, out, err);
}

static bool get_orders(const tns_json_at *at, void *record, tns_error *err)
{
    tns_order_list *out = record;
    void *items = NULL;
    bool done =
        tns_record_expect(at, "tonsure/stock-orders/1", err) &&
        tns_json_get_items(at, "orders", sizeof *out->orders, get_order, &items, &out->count, err);
    out->orders = items;
    return done;
}

bool tns_stock_orders_parse(const char *text, size_t length, const char *name, tns_order_list *out,
                            tns_error *err)
{
    *out = (tns_order_list){0};
    if (tns_record_parse(text, length, name, get_orders, out, err))
        return true;
    tns_order_list_finish(out);
    return false;
}

/* ---- terms ---- */

static bool get_prices(const tns_json_at *at, tns_terms *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "prices", TNS_PRICES_MAX, &list, &count, err))
        return false;
    for (; out->price_count < count; out->price_count++) {
        tns_price *price = &out->prices[out->price_count];
        tns_json_at item = tns_json_item(&list, out->price_count);
        if (!tns_json_expect_object(&item, err) ||
            !tns_json_get_whole(&item, "packs", 1, &price->packs, err) ||
            !tns_json_get_whole(&item, "cents", 0, &price->cents, err))
            return false;
    }
    return true;
}

static bool get_terms(const tns_json_at *at, void *item, tns_error *err)
{
    tns_terms *out = item;
    double spread = 0;
    bool done = tns_json_get_text(at, "product", out->product, sizeof out->product, err) &&
                tns_json_get_text(at, "supplier", out->supplier, sizeof out->supplier, err) &&
                tns_json_get_whole(at, "least_packs", 0, &out->least_packs, err) &&
                tns_json_get_whole(at, "step_packs", 0, &out->step_packs, err) &&
                tns_json_get_integer(at, "lead_days", 0, LEAD_MAX_DAYS, &out->lead_days, err) &&
                tns_json_get_number(at, "spread_days", 0, LEAD_MAX_DAYS, &spread, err) &&
                get_prices(at, out, err);
    out->spread_tenths = (int)lround(spread * 10);
    return done;
}

static bool get_all_terms(const tns_json_at *at, void *record, tns_error *err)
{
    tns_terms_list *out = record;
    void *items = NULL;
    bool done =
        tns_record_expect(at, "tonsure/stock-terms/1", err) &&
        tns_json_get_items(at, "terms", sizeof *out->terms, get_terms, &items, &out->count, err);
    out->terms = items;
    return done;
}

bool tns_stock_terms_parse(const char *text, size_t length, const char *name, tns_terms_list *out,
                           tns_error *err)
{
    *out = (tns_terms_list){0};
    if (tns_record_parse(text, length, name, get_all_terms, out, err))
        return true;
    tns_terms_list_finish(out);
    return false;
}
