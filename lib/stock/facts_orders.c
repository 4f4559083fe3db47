/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "stock/facts_next.h"
#include "stock/facts_orders.h"
#include "stock/sets.h"
#include "stock/words.h"

/* ---- writing ---- */

bool tns_facts_of_terms(const tns_terms *t, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object(), *prices = tns_json_array();
    for (size_t i = 0; i < t->price_count; i++) {
        const double pair[] = {(double)t->prices[i].packs, (double)t->prices[i].cents};
        tns_json_append(prices, tns_json_numbers(pair, 2));
    }
    tns_json_set_text(json, "terms", t->supplier);
    tns_json_set_integer(json, "least_packs", t->least_packs);
    tns_json_set_integer(json, "step_packs", t->step_packs);
    tns_json_set_integer(json, "lead_days", t->lead_days);
    tns_json_set_integer(json, "spread_tenths", t->spread_tenths);
    tns_json_set(json, "prices", prices);
    return tns_sets_finish(json, entry, err);
}

static void set_state(tns_json *json, const char *key, const tns_order *o)
{
    tns_json *state = tns_json_object();
    tns_json_set_text(state, "state", tns_order_state_name(o->state));
    tns_sets_day(state, "sent", o->sent);
    tns_sets_day(state, "expected", o->expected);
    tns_json_set(json, key, state);
}

bool tns_facts_of_order(const tns_order *o, tns_entry *entry, tns_error *err)
{
    const tns_order was = {.state = TNS_ORDER_CANCELLED};
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "order", o->id);
    tns_json_set_text(json, "supplier", o->supplier);
    set_state(json, "now", o);
    set_state(json, "was", &was);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_order_line(int64_t order, int place, const tns_order_item *line, tns_entry *entry,
                             tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "order", order);
    tns_json_set_integer(json, "place", place);
    tns_json_set_integer(json, "packs", line->packs);
    tns_json_set_integer(json, "pack", line->pack);
    tns_json_set_integer(json, "cost_cents", line->cost_cents);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_order_received(int64_t order, int place, int64_t packs, tns_entry *entry,
                                 tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "order", order);
    tns_json_set_integer(json, "place", place);
    tns_json_set_integer(json, "received", packs);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_order_state(const tns_order *now, const tns_order *was, tns_entry *entry,
                              tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "order", now->id);
    set_state(json, "now", now);
    set_state(json, "was", was);
    return tns_sets_finish(json, entry, err);
}

/* ---- reading ---- */

static bool get_state(const tns_json_at *at, const char *key, tns_order *out, tns_error *err)
{
    char word[16];
    tns_json_at state = tns_json_member(at, key);
    return tns_json_expect_object(&state, err) &&
           tns_json_get_text(&state, "state", word, sizeof word, err) &&
           tns_sets_get_day(&state, "sent", &out->sent, err) &&
           tns_sets_get_day(&state, "expected", &out->expected, err) &&
           (tns_order_state_parse(word, &out->state) ||
            tns_json_fail(&state, err, TNS_ERROR_FORMAT, "an unknown state \"%s\"", word));
}

static bool get_order(const tns_json_at *at, tns_order_facts *f, tns_error *err)
{
    memset(f, 0, sizeof *f);
    f->has_state = tns_json_has(at, "now");
    bool done =
        tns_sets_get_amount(at, "order", &f->order, err) &&
        tns_json_opt_integer(at, "place", 1, TNS_ORDER_LINES_MAX, &f->place, err) &&
        (!tns_json_has(at, "received") || tns_sets_get_number(at, "received", &f->received, err)) &&
        (!f->has_state ||
         (get_state(at, "now", &f->now, err) && get_state(at, "was", &f->was, err)));
    f->now.id = f->was.id = f->order;
    return done;
}

bool tns_order_facts_read(const tns_entry *entry, tns_order_facts *out, tns_error *err)
{
    tns_json_at root;
    tns_json *json = tns_sets_open(entry, &root, err);
    bool done = json && get_order(&root, out, err);
    tns_json_destroy(json);
    return done;
}

/* ---- into the tables ---- */

static bool get_prices(const tns_json_at *sets, tns_terms *t, tns_error *err)
{
    tns_json_at prices = tns_json_member(sets, "prices");
    t->price_count = tns_json_size(&prices);
    if (!tns_json_expect_array(&prices, err))
        return false;
    if (t->price_count > TNS_PRICES_MAX)
        return tns_json_fail(&prices, err, TNS_ERROR_FORMAT, "too many");
    for (size_t i = 0; i < t->price_count; i++) {
        double pair[2];
        tns_json_at at = tns_json_item(&prices, i);
        if (!tns_json_each_number(&at, 1, 2e9, pair, 2, err))
            return false;
        t->prices[i] = (tns_price){(int64_t)pair[0], (int64_t)pair[1]};
    }
    return true;
}

bool tns_terms_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets, tns_error *err)
{
    tns_terms t = {0};
    return tns_text_copy(t.product, sizeof t.product, entry->product) &&
           tns_json_get_text(sets, "terms", t.supplier, sizeof t.supplier, err) &&
           tns_sets_get_amount(sets, "least_packs", &t.least_packs, err) &&
           tns_sets_get_amount(sets, "step_packs", &t.step_packs, err) &&
           tns_json_get_integer(sets, "lead_days", 0, 1000000, &t.lead_days, err) &&
           tns_json_get_integer(sets, "spread_tenths", 0, 1000000, &t.spread_tenths, err) &&
           get_prices(sets, &t, err) && tns_terms_put(db, &t, err);
}

static bool apply_new(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                      const tns_order_facts *f, tns_error *err)
{
    tns_order order = {.id = f->order, .state = f->now.state, .day = entry->day};
    return tns_json_get_text(sets, "supplier", order.supplier, sizeof order.supplier, err) &&
           tns_facts_are_of_next(db, tns_order_next_id, "order O", order.id, err) &&
           tns_order_insert(db, &order, err);
}

static bool apply_line(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                       const tns_order_facts *f, tns_error *err)
{
    tns_order_item line = {0};
    if (tns_json_has(sets, "received"))
        return tns_order_line_add_received(db, f->order, f->place, f->received, err);
    return tns_text_copy(line.product, sizeof line.product, entry->product) &&
           tns_text_copy(line.reason, sizeof line.reason, entry->reason) &&
           tns_sets_get_amount(sets, "packs", &line.packs, err) &&
           tns_sets_get_amount(sets, "pack", &line.pack, err) &&
           tns_sets_get_amount(sets, "cost_cents", &line.cost_cents, err) &&
           tns_order_line_insert(db, f->order, f->place, &line, err);
}

bool tns_order_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets, tns_error *err)
{
    tns_order_facts f;
    if (!get_order(sets, &f, err))
        return false;
    if (tns_json_has(sets, "supplier"))
        return apply_new(db, entry, sets, &f, err);
    if (f.place)
        return apply_line(db, entry, sets, &f, err);
    return tns_order_set_state(db, f.order, f.now.state, f.now.sent, f.now.expected, err);
}
