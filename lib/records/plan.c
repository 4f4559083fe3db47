/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan: demand, orders with their reasons, what expires. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/plan_records.h>

#include "records/parts.h"
#include "records/shelf.h"

#define SCHEMA_PLAN "tonsure/plan/1"

void tns_plan_finish(tns_plan *plan)
{
    if (!plan)
        return;
    free(plan->items);
    free(plan->weeks);
    free(plan->orders);
    free(plan->expiries);
    *plan = (tns_plan){0};
}

/* "booked" in "booked_ul" or "booked_pc", to a tenth. */
static void set_amount(tns_json *json, const char *what, bool pieces, double value)
{
    char key[48];
    snprintf(key, sizeof key, "%s_%s", what, pieces ? "pc" : "ul");
    tns_json_set_number(json, key, round(value * 10) / 10);
}

/* A pigment by its id; what is none by the item's. */
static void set_item(tns_json *json, const char *id, tns_product_kind kind)
{
    tns_json_set_text_or_null(json, "pigment", kind == TNS_PRODUCT_PIGMENT ? id : "");
    if (kind != TNS_PRODUCT_PIGMENT)
        tns_json_set_text(json, "item", id);
}

static tns_json *json_from_items(const tns_plan *plan)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < plan->item_count; i++) {
        const tns_planned_item *p = &plan->items[i];
        tns_json *json = tns_json_object();
        set_item(json, p->id, p->kind);
        set_amount(json, "on_hand", p->pieces, p->on_hand);
        set_amount(json, "usable", p->pieces, p->usable);
        tns_json_set_day(json, "lasts", p->lasts);
        set_amount(json, "per_week", p->pieces, p->per_week);
        tns_json_set_text(json, "pattern", tns_demand_class_name(p->pattern));
        tns_json_set_text(json, "method", tns_demand_method_name(p->method));
        tns_json_append(array, json);
    }
    return array;
}

static const tns_planned_item *item_of(const tns_plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->item_count; i++)
        if (strcmp(plan->items[i].id, id) == 0)
            return &plan->items[i];
    return NULL;
}

static tns_product_kind kind_of(const tns_plan *plan, const char *id)
{
    const tns_planned_item *item = item_of(plan, id);
    return item ? item->kind : TNS_PRODUCT_CONSUMABLE;
}

static tns_json *json_from_weeks(const tns_plan *plan)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < plan->week_count; i++) {
        const tns_planned_week *w = &plan->weeks[i];
        char week[TNS_WEEK_TEXT];
        tns_json *json = tns_json_object();
        tns_week_write(w->monday, week);
        set_item(json, w->item, kind_of(plan, w->item));
        tns_json_set_text(json, "week", week);
        set_amount(json, "booked", w->pieces, w->booked);
        set_amount(json, "expected", w->pieces, w->expected);
        set_amount(json, "sd", w->pieces, w->sd);
        tns_json_append(array, json);
    }
    return array;
}

static void set_mix(tns_json *json, const tns_planned_order *o)
{
    if (o->own_cents == 0)
        return;
    tns_json *mix = tns_json_object();
    tns_json_set_integer(mix, "own_cents_a_year", o->own_cents);
    tns_json_set_integer(mix, "mixed_cents_a_year", o->mixed_cents);
    set_amount(mix, "even_at_a_year", o->pieces, o->even_at);
    tns_json_set(json, "or_mix", mix);
}

static tns_json *json_from_orders(const tns_plan *plan)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < plan->order_count; i++) {
        const tns_planned_order *o = &plan->orders[i];
        tns_json *json = tns_json_object();
        tns_json_set_text(json, "product", o->product);
        set_item(json, o->item, kind_of(plan, o->item));
        tns_json_set_text(json, "supplier", o->supplier);
        tns_json_set_integer(json, "bottles", o->bottles);
        set_amount(json, "pack", o->pieces, (double)o->pack);
        tns_json_set_day(json, "by", o->by);
        tns_json_set_day(json, "arrives", o->arrives);
        tns_json_set_integer(json, "cost_cents", o->cost_cents);
        tns_json_set_text(json, "cause", tns_order_cause_name(o->cause));
        tns_json_set_text(json, "reason", o->reason);
        set_amount(json, "will_expire_unused", o->pieces, o->will_expire);
        tns_json_set_day(json, "expires_on", o->expires_on);
        set_mix(json, o);
        tns_json_append(array, json);
    }
    return array;
}

static tns_json *json_from_expiries(const tns_plan *plan)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < plan->expiry_count; i++) {
        const tns_planned_expiry *e = &plan->expiries[i];
        tns_json *json = tns_json_object();
        tns_json_set_id(json, "bottle", 'B', e->bottle);
        tns_json_set_text(json, "product", e->product);
        set_amount(json, "will_expire_unused", e->pieces, e->left);
        tns_json_set_day(json, "expires_on", e->expires);
        tns_json_append(array, json);
    }
    return array;
}

static tns_json *json_from_proposed(const tns_plan *plan)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < plan->proposed_count; i++)
        tns_json_append(array, tns_json_from_id('O', plan->proposed[i]));
    return array;
}

static tns_json *json_from_sum(const tns_planned_sum *sum)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "orders", (long long)sum->orders);
    tns_json_set_integer(json, "unpriced", (long long)sum->unpriced);
    tns_json_set_integer(json, "cost_cents", sum->cost_cents);
    set_amount(json, "will_expire_unused", false, sum->will_expire);
    return json;
}

static tns_json *json_from_instead(const tns_planned_mix *mix)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "pigment", mix->pigment);
    tns_json_set_text(json, "of", mix->of);
    tns_json_set_day(json, "from", mix->from);
    tns_json_set(json, "with", json_from_sum(&mix->with));
    tns_json_set(json, "without", json_from_sum(&mix->without));
    if (mix->has_color) {
        tns_json_set_number(json, "delta_e_00", round(mix->de00 * 100) / 100);
        tns_json_set_number(json, "strength", round(mix->strength * 1000) / 1000);
        tns_json_set_number(json, "diluent_parts", round(mix->diluent * 100) / 100);
    }
    return json;
}

char *tns_plan_write(const tns_plan *plan)
{
    tns_json *record = tns_record(SCHEMA_PLAN), *bookings = tns_json_object();
    tns_json_set_day(record, "from", plan->from);
    tns_json_set_day(record, "until", plan->until);
    tns_json_set_number(record, "service", plan->service);
    tns_json_set_integer(bookings, "visits", (long long)plan->visits);
    tns_json_set_integer(bookings, "follow_ups", (long long)plan->follow_ups);
    tns_json_set_integer(bookings, "passed_over", (long long)plan->passed_over);
    tns_json_set(record, "bookings", bookings);
    tns_json_set(record, "items", json_from_items(plan));
    tns_json_set(record, "demand", json_from_weeks(plan));
    tns_json_set(record, "orders", json_from_orders(plan));
    tns_json_set(record, "expiring", json_from_expiries(plan));
    if (plan->mix.pigment[0])
        tns_json_set(record, "mix", json_from_instead(&plan->mix));
    if (plan->proposed_count > 0)
        tns_json_set(record, "proposed", json_from_proposed(plan));
    tns_json_set(record, "warnings", tns_json_from_warnings(&plan->warnings));
    return tns_record_finish(record);
}
