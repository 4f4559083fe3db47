/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders and suppliers' terms. */
#include <tonsure/stock_records.h>

#include "records/parts.h"
#include "records/shelf.h"

#define SCHEMA_ORDERS "tonsure/stock-orders/1"
#define SCHEMA_TERMS "tonsure/stock-terms/1"

static tns_json *json_from_item(const tns_order_item *item)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "product", item->product);
    tns_json_set_integer(json, "packs", item->packs);
    tns_json_set_integer(json, "received", item->received);
    tns_json_set_integer(json, "pack", item->pack);
    tns_json_set_integer(json, "cost_cents", item->cost_cents);
    tns_json_set_text(json, "reason", item->reason);
    return json;
}

static tns_json *json_from_order(const tns_order *order)
{
    tns_json *json = tns_json_object(), *lines = tns_json_array();
    for (size_t i = 0; i < order->line_count; i++)
        tns_json_append(lines, json_from_item(&order->lines[i]));
    tns_json_set_id(json, "id", 'O', order->id);
    tns_json_set_text(json, "supplier", order->supplier);
    tns_json_set_text(json, "state", tns_order_state_name(order->state));
    tns_json_set_day(json, "on", order->day);
    tns_json_set_day(json, "sent", order->sent);
    tns_json_set_day(json, "expected", order->expected);
    tns_json_set(json, "lines", lines);
    return json;
}

char *tns_stock_orders_write(const tns_order_list *list)
{
    tns_json *record = tns_record(SCHEMA_ORDERS), *orders = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(orders, json_from_order(&list->orders[i]));
    tns_json_set(record, "orders", orders);
    return tns_record_finish(record);
}

static tns_json *json_from_terms(const tns_terms *terms)
{
    tns_json *json = tns_json_object(), *prices = tns_json_array();
    for (size_t i = 0; i < terms->price_count; i++) {
        tns_json *price = tns_json_object();
        tns_json_set_integer(price, "packs", terms->prices[i].packs);
        tns_json_set_integer(price, "cents", terms->prices[i].cents);
        tns_json_append(prices, price);
    }
    tns_json_set_text(json, "product", terms->product);
    tns_json_set_text(json, "supplier", terms->supplier);
    tns_json_set_integer(json, "least_packs", terms->least_packs);
    tns_json_set_integer(json, "step_packs", terms->step_packs);
    tns_json_set_integer(json, "lead_days", terms->lead_days);
    tns_json_set_number(json, "spread_days", (double)terms->spread_tenths / 10);
    tns_json_set(json, "prices", prices);
    return json;
}

char *tns_stock_terms_write(const tns_terms_list *list)
{
    tns_json *record = tns_record(SCHEMA_TERMS), *all = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(all, json_from_terms(&list->terms[i]));
    tns_json_set(record, "terms", all);
    return tns_record_finish(record);
}
