/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products as a whole, and what was scanned. */
#include <stdio.h>

#include <tonsure/stock_records.h>

#include "records/parts.h"
#include "records/shelf.h"

#define SCHEMA_PRODUCTS "tonsure/stock-products/1"
#define SCHEMA_SCAN "tonsure/stock-scan/1"

static void set_known(tns_json *json, const char *key, int64_t value)
{
    if (value)
        tns_json_set_integer(json, key, value);
    else
        tns_json_set_null(json, key);
}

/* ---- products ---- */

static tns_json *json_from_product(const tns_product_state *state)
{
    const tns_product *p = &state->product;
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "id", p->id);
    tns_json_set_text(json, "kind", tns_product_kind_name(p->kind));
    tns_json_set_text_if(json, "pigment", p->pigment);
    tns_json_set_text(json, "unit", p->pieces ? "pc" : "ul");
    tns_json_set_text_or_null(json, "supplier", p->supplier);
    tns_json_set_text_or_null(json, "gtin", p->gtin);
    tns_json_set_text_if(json, "states", tns_label_states_name(p->states));
    if (p->retired)
        tns_json_set_bool(json, "retired", true);
    set_known(json, "pao_months", p->pao_months > 0 ? p->pao_months : 0);
    tns_json_set_bool(json, "single_use", p->pao_months == TNS_SINGLE_USE);
    set_known(json, "pack", p->pack);
    set_known(json, "cost_cents", p->cost_cents);
    set_known(json, "lead_days", p->lead_days);
    tns_json_set_integer(json, "density_mg_ml", p->density_mg_ml);
    tns_json_set_integer(json, "on_hand", state->on_hand);
    tns_json_set_integer(json, "usable", state->usable);
    return json;
}

char *tns_stock_products_write(const tns_product_list *list)
{
    tns_json *record = tns_record(SCHEMA_PRODUCTS), *products = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(products, json_from_product(&list->products[i]));
    tns_json_set(record, "products", products);
    return tns_record_finish(record);
}

/* ---- scanned ---- */

static tns_json *json_from_others(const tns_scan *scan)
{
    tns_json *array = tns_json_array();
    for (int i = 0; i < scan->other_count && i < TNS_SCAN_OTHERS; i++)
        tns_json_append(array, tns_json_string(scan->others[i]));
    return array;
}

static void set_elements(tns_json *json, const tns_scan *s)
{
    tns_json_set_text_or_null(json, "gtin", s->gtin);
    tns_json_set_text_or_null(json, "lot", s->lot);
    tns_json_set_text_or_null(json, "serial", s->serial);
    tns_json_set_day(json, "produced", s->produced);
    tns_json_set_day(json, "best_before", s->best_before);
    tns_json_set_day(json, "expires", s->expires);
    set_known(json, "count", s->count);
    set_known(json, "net_weight_mg", s->net_weight_mg);
    tns_json_set(json, "passed_over", json_from_others(s));
}

char *tns_stock_scan_write(const tns_scan *scan, const tns_scan_match *match)
{
    char label[32];
    tns_json *record = tns_record(SCHEMA_SCAN);
    tns_json_set_text(record, "kind", tns_scan_kind_name(scan->kind));
    tns_json_set_text_if(record, "symbology", scan->symbology);
    if (scan->kind == TNS_SCAN_OWN) {
        snprintf(label, sizeof label, "%c%lld", scan->own, (long long)scan->number);
        tns_json_set_text(record, "label", label);
    } else {
        set_elements(record, scan);
    }
    tns_json_set_text_or_null(record, "product", match->product);
    tns_json_set_bool(record, "known", match->lot_is_known);
    const tns_subject *of = &match->subject;
    if (of->pot)
        tns_json_set_id(record, "pot", 'P', of->pot);
    if (of->visit)
        tns_json_set_id(record, "visit", 'V', of->visit);
    if (of->client)
        tns_json_set_id(record, "client", 'C', of->client);
    if (of->order)
        tns_json_set_id(record, "order", 'O', of->order);
    tns_json_set(record, "bottles", tns_json_from_bottles(&match->bottles));
    return tns_record_finish(record);
}
