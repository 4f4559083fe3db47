/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record of a month. */
#include <tonsure/stock_records.h>

#include "records/parts.h"
#include "records/shelf.h"

static tns_json *json_from_wasted(const tns_month_product *p, int64_t all)
{
    tns_json *list = tns_json_array();
    for (int i = 0; i < TNS_WASTE_COUNT; i++) {
        if (p->wasted[i] == 0)
            continue;
        tns_json *one = tns_json_object();
        tns_json_set_text(one, "reason", tns_waste_name((tns_waste)i));
        tns_json_set_integer(one, "amount", p->wasted[i]);
        tns_json_set_number(one, "percent", tns_month_percent(p->wasted[i], p->used, all));
        tns_json_append(list, one);
    }
    return list;
}

static tns_json *json_from_product(const tns_month_product *p)
{
    int64_t wasted = tns_month_wasted(p);
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "product", p->product);
    tns_json_set_text(json, "unit", p->pieces ? "pc" : "ul");
    tns_json_set_integer(json, "received", p->received);
    tns_json_set_integer(json, "used", p->used);
    tns_json_set_integer(json, "wasted", wasted);
    tns_json_set_number(json, "waste_percent", tns_month_percent(wasted, p->used, wasted));
    tns_json_set(json, "waste", json_from_wasted(p, wasted));
    tns_json_set_integer(json, "counted", p->counted);
    tns_json_set_integer(json, "spent_cents", p->spent_cents);
    tns_json_set_integer(json, "used_cents", p->used_cents);
    tns_json_set_integer(json, "wasted_cents", p->wasted_cents);
    tns_json_set_bool(json, "unpriced", p->unpriced);
    return json;
}

static tns_json *json_from_shade(const tns_month_shade *s)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "recipe", s->recipe);
    tns_json_set_integer(json, "pots", s->pots);
    tns_json_set_integer(json, "ul", s->ul);
    tns_json_set_integer(json, "left_ul", s->left_ul);
    tns_json_set_integer(json, "cost_cents", s->cost_cents);
    return json;
}

static tns_json *json_from_visit(const tns_month_visit *v)
{
    tns_json *json = tns_json_object();
    tns_json_set_id(json, "visit", 'V', v->id);
    tns_json_set_text(json, "kind", tns_visit_kind_name(v->kind));
    tns_json_set_integer(json, "pots", v->pots);
    tns_json_set_integer(json, "ul", v->ul);
    tns_json_set_integer(json, "left_ul", v->left_ul);
    tns_json_set_integer(json, "cost_cents", v->cost_cents);
    return json;
}

static void set_cents(tns_json *json, const char *key, int64_t cents)
{
    if (cents < 0)
        tns_json_set_null(json, key);
    else
        tns_json_set_integer(json, key, cents);
}

char *tns_report_month_write(const tns_month *m)
{
    tns_json *record = tns_record("tonsure/report-month/1");
    tns_json *products = tns_json_array(), *shades = tns_json_array(), *visits = tns_json_array();
    for (size_t i = 0; i < m->product_count; i++)
        tns_json_append(products, json_from_product(&m->products[i]));
    for (size_t i = 0; i < m->shade_count; i++)
        tns_json_append(shades, json_from_shade(&m->shades[i]));
    for (size_t i = 0; i < m->visit_count; i++)
        tns_json_append(visits, json_from_visit(&m->visits[i]));
    tns_json_set_day(record, "from", m->from);
    tns_json_set_day(record, "to", m->to);
    tns_json_set_integer(record, "spent_cents", m->spent_cents);
    tns_json_set_integer(record, "used_cents", m->used_cents);
    tns_json_set_integer(record, "wasted_cents", m->wasted_cents);
    tns_json_set_number(record, "waste_percent",
                        tns_month_percent(m->wasted_cents, m->used_cents, m->wasted_cents));
    tns_json_set_bool(record, "unpriced", m->unpriced);
    tns_json_set_integer(record, "pots", m->pots);
    tns_json_set_integer(record, "pot_cents", m->pot_cents);
    set_cents(record, "pot_cents_a_visit", m->pot_cents_a_visit);
    set_cents(record, "all_cents_a_visit", m->all_cents_a_visit);
    tns_json_set(record, "products", products);
    tns_json_set(record, "shades", shades);
    tns_json_set(record, "visits", visits);
    return tns_record_finish(record);
}
