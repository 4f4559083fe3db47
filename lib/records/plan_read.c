/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a plan. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/plan_records.h>

#include "records/parts.h"
#include "records/shelf_get.h"

enum { VISITS_MAX = 1000000 };

static const double AMOUNT_MAX = 1e15;

/* "booked" of "booked_ul" or "booked_pc". */
static bool get_amount(const tns_json_at *at, const char *what, bool *pieces, double *out,
                       tns_error *err)
{
    char key[48];
    snprintf(key, sizeof key, "%s_pc", what);
    *pieces = tns_json_has(at, key);
    if (!*pieces)
        snprintf(key, sizeof key, "%s_ul", what);
    return tns_json_get_number(at, key, 0, AMOUNT_MAX, out, err);
}

/* By its key a pigment, or what is none. */
static bool get_id(const tns_json_at *at, char out[TNS_ID_SIZE], bool *pigment, tns_error *err)
{
    *pigment = tns_json_has(at, "pigment");
    return tns_json_get_text(at, *pigment ? "pigment" : "item", out, TNS_ID_SIZE, err);
}

/* ---- what is there, and what will be asked for ---- */

static bool get_forecast(const tns_json_at *at, tns_planned_item *out, tns_error *err)
{
    const char *patterns[TNS_DEMAND_LUMPY + 1], *methods[TNS_DEMAND_MEAN + 1];
    int pattern = 0, method = 0;
    for (int i = 0; i <= TNS_DEMAND_LUMPY; i++)
        patterns[i] = tns_demand_class_name((tns_demand_class)i);
    for (int i = 0; i <= TNS_DEMAND_MEAN; i++)
        methods[i] = tns_demand_method_name((tns_demand_method)i);
    bool done = tns_json_get_choice(at, "pattern", patterns, TNS_DEMAND_LUMPY + 1, &pattern, err) &&
                tns_json_get_choice(at, "method", methods, TNS_DEMAND_MEAN + 1, &method, err);
    out->pattern = (tns_demand_class)pattern;
    out->method = (tns_demand_method)method;
    return done;
}

static bool get_item(const tns_json_at *at, void *item, tns_error *err)
{
    tns_planned_item *out = item;
    bool pigment = false;
    bool done = get_id(at, out->id, &pigment, err) &&
                get_amount(at, "on_hand", &out->pieces, &out->on_hand, err) &&
                get_amount(at, "usable", &out->pieces, &out->usable, err) &&
                tns_json_get_day(at, "lasts", &out->lasts, err) &&
                get_amount(at, "per_week", &out->pieces, &out->per_week, err) &&
                get_forecast(at, out, err);
    bool water = done && !pigment && strcmp(out->id, "diluent") == 0;
    out->kind = pigment ? TNS_PRODUCT_PIGMENT
                : water ? TNS_PRODUCT_DILUENT
                        : TNS_PRODUCT_CONSUMABLE;
    return done;
}

/* "2026-W48": its Monday, which is a day of the week that holds 4 January, and so many weeks on. */
static bool get_week(const tns_json_at *at, tns_day *out, tns_error *err)
{
    char text[TNS_WEEK_TEXT], january[TNS_DAY_TEXT], again[TNS_WEEK_TEXT] = "";
    int year = 0, week = 0, used = 0;
    tns_json_at member = tns_json_member(at, "week");
    if (!tns_json_get_text(at, "week", text, sizeof text, err))
        return false;
    if (sscanf(text, "%4d-W%2d%n", &year, &week, &used) == 2 && text[used] == '\0') {
        snprintf(january, sizeof january, "%04d-01-04", year);
        if (tns_day_parse(january, out, NULL)) {
            *out = tns_week_monday(*out) + 7 * (week - 1);
            tns_week_write(*out, again);
        }
    }
    return strcmp(again, text) == 0 || tns_json_fail(&member, err, TNS_ERROR_FORMAT,
                                                     "expected a week such as 2026-W48, found "
                                                     "\"%s\"",
                                                     text);
}

static bool get_planned_week(const tns_json_at *at, void *item, tns_error *err)
{
    tns_planned_week *out = item;
    bool pigment;
    return get_id(at, out->item, &pigment, err) && get_week(at, &out->monday, err) &&
           get_amount(at, "booked", &out->pieces, &out->booked, err) &&
           get_amount(at, "expected", &out->pieces, &out->expected, err) &&
           get_amount(at, "sd", &out->pieces, &out->sd, err);
}

/* ---- what to order, and what will expire ---- */

static bool get_mix(const tns_json_at *order, tns_planned_order *out, tns_error *err)
{
    tns_json_at at;
    bool pieces;
    if (!tns_json_has(order, "or_mix"))
        return true;
    if (!tns_json_get_object(order, "or_mix", &at, err) ||
        !tns_json_get_whole(&at, "own_cents_a_year", 0, &out->own_cents, err) ||
        !tns_json_get_whole(&at, "mixed_cents_a_year", 0, &out->mixed_cents, err))
        return false;
    out->even_at = INFINITY; /* null: never */
    return !(tns_json_has(&at, "even_at_a_year_ul") || tns_json_has(&at, "even_at_a_year_pc")) ||
           get_amount(&at, "even_at_a_year", &pieces, &out->even_at, err);
}

static bool get_cause(const tns_json_at *at, tns_planned_order *out, tns_error *err)
{
    const char *words[TNS_ORDER_SERVICE + 1];
    int cause = 0;
    for (int i = 0; i <= TNS_ORDER_SERVICE; i++)
        words[i] = tns_order_cause_name((tns_order_cause)i);
    bool done = tns_json_get_choice(at, "cause", words, TNS_ORDER_SERVICE + 1, &cause, err);
    out->cause = (tns_order_cause)cause;
    return done;
}

static bool get_order(const tns_json_at *at, void *item, tns_error *err)
{
    tns_planned_order *out = item;
    bool pigment;
    double pack = 0;
    bool done = tns_json_get_text(at, "product", out->product, sizeof out->product, err) &&
                get_id(at, out->item, &pigment, err) &&
                tns_json_get_text(at, "supplier", out->supplier, sizeof out->supplier, err) &&
                tns_json_get_integer(at, "bottles", 0, VISITS_MAX, &out->bottles, err) &&
                get_amount(at, "pack", &out->pieces, &pack, err) &&
                tns_json_get_day(at, "by", &out->by, err) &&
                tns_json_get_day(at, "arrives", &out->arrives, err) &&
                tns_json_get_whole(at, "cost_cents", 0, &out->cost_cents, err) &&
                get_cause(at, out, err) &&
                tns_json_get_text(at, "reason", out->reason, sizeof out->reason, err) &&
                get_amount(at, "will_expire_unused", &out->pieces, &out->will_expire, err) &&
                tns_json_get_day(at, "expires_on", &out->expires_on, err) && get_mix(at, out, err);
    out->pack = (int64_t)pack;
    return done;
}

static bool get_expiry(const tns_json_at *at, void *item, tns_error *err)
{
    tns_planned_expiry *out = item;
    return tns_json_get_id(at, "bottle", 'B', &out->bottle, err) &&
           tns_json_get_text(at, "product", out->product, sizeof out->product, err) &&
           get_amount(at, "will_expire_unused", &out->pieces, &out->left, err) &&
           tns_json_get_day(at, "expires_on", &out->expires, err);
}

/* ---- the whole ---- */

static bool get_lists(const tns_json_at *at, tns_plan *out, tns_error *err)
{
    void *items = NULL, *weeks = NULL, *orders = NULL, *expiries = NULL;
    bool done = tns_json_get_items(at, "items", sizeof *out->items, get_item, &items,
                                   &out->item_count, err) &&
                tns_json_get_items(at, "demand", sizeof *out->weeks, get_planned_week, &weeks,
                                   &out->week_count, err) &&
                tns_json_get_items(at, "orders", sizeof *out->orders, get_order, &orders,
                                   &out->order_count, err) &&
                tns_json_get_items(at, "expiring", sizeof *out->expiries, get_expiry, &expiries,
                                   &out->expiry_count, err);
    out->items = items;
    out->weeks = weeks;
    out->orders = orders;
    out->expiries = expiries;
    return done;
}

static bool get_bookings(const tns_json_at *record, tns_plan *out, tns_error *err)
{
    tns_json_at at;
    int visits = 0, follow_ups = 0, passed_over = 0;
    bool done = tns_json_get_object(record, "bookings", &at, err) &&
                tns_json_get_integer(&at, "visits", 0, VISITS_MAX, &visits, err) &&
                tns_json_get_integer(&at, "follow_ups", 0, VISITS_MAX, &follow_ups, err) &&
                tns_json_get_integer(&at, "passed_over", 0, VISITS_MAX, &passed_over, err);
    out->visits = (size_t)visits;
    out->follow_ups = (size_t)follow_ups;
    out->passed_over = (size_t)passed_over;
    return done;
}

static bool get_proposed(const tns_json_at *at, tns_plan *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_has(at, "proposed"))
        return true;
    if (!tns_json_get_list(at, "proposed", TNS_PLAN_PROPOSED, &list, &count, err))
        return false;
    for (; out->proposed_count < count; out->proposed_count++) {
        tns_json_at id = tns_json_item(&list, out->proposed_count);
        if (!tns_json_id(&id, 'O', &out->proposed[out->proposed_count], err))
            return false;
    }
    return true;
}

static bool get_sum(const tns_json_at *mix, const char *name, tns_planned_sum *out, tns_error *err)
{
    tns_json_at at;
    int orders = 0, unpriced = 0;
    bool pieces;
    bool done = tns_json_get_object(mix, name, &at, err) &&
                tns_json_get_integer(&at, "orders", 0, VISITS_MAX, &orders, err) &&
                tns_json_get_integer(&at, "unpriced", 0, VISITS_MAX, &unpriced, err) &&
                tns_json_get_whole(&at, "cost_cents", 0, &out->cost_cents, err) &&
                get_amount(&at, "will_expire_unused", &pieces, &out->will_expire, err);
    out->orders = (size_t)orders;
    out->unpriced = (size_t)unpriced;
    return done;
}

static bool get_instead(const tns_json_at *record, tns_planned_mix *out, tns_error *err)
{
    tns_json_at at;
    if (!tns_json_has(record, "mix"))
        return true;
    if (!tns_json_get_object(record, "mix", &at, err) ||
        !tns_json_get_text(&at, "pigment", out->pigment, sizeof out->pigment, err) ||
        !tns_json_get_text(&at, "of", out->of, sizeof out->of, err) ||
        !tns_json_get_day(&at, "from", &out->from, err) || !get_sum(&at, "with", &out->with, err) ||
        !get_sum(&at, "without", &out->without, err))
        return false;
    out->has_color = tns_json_has(&at, "delta_e_00");
    return !out->has_color ||
           (tns_json_get_number(&at, "delta_e_00", 0, 1000, &out->de00, err) &&
            tns_json_get_number(&at, "strength", 0, AMOUNT_MAX, &out->strength, err) &&
            tns_json_get_number(&at, "diluent_parts", 0, AMOUNT_MAX, &out->diluent, err));
}

static bool get_plan(const tns_json_at *at, void *record, tns_error *err)
{
    tns_plan *out = record;
    return tns_record_expect(at, "tonsure/plan/1", err) &&
           tns_json_get_day(at, "from", &out->from, err) &&
           tns_json_get_day(at, "until", &out->until, err) &&
           tns_json_get_number(at, "service", 0, 1, &out->service, err) &&
           get_bookings(at, out, err) && get_lists(at, out, err) &&
           get_instead(at, &out->mix, err) && get_proposed(at, out, err) &&
           tns_json_opt_warnings(at, &out->warnings, err);
}

bool tns_plan_parse(const char *text, size_t length, const char *name, tns_plan *out,
                    tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_plan, out, err))
        return true;
    tns_plan_finish(out);
    return false;
}
