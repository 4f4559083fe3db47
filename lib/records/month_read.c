/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the record of a month. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/stock_records.h>

#include "records/parts.h"
#include "records/shelf_get.h"

/* What a correction, an undo or a return took back is less than nothing. */
static const int64_t LEAST = -INT64_MAX;

static bool get_wasted(const tns_json_at *at, tns_month_product *out, tns_error *err)
{
    const char *words[TNS_WASTE_COUNT];
    tns_json_at list;
    size_t count;
    int reason = 0;
    for (int i = 0; i < TNS_WASTE_COUNT; i++)
        words[i] = tns_waste_name((tns_waste)i);
    if (!tns_json_get_list(at, "waste", TNS_WASTE_COUNT, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        tns_json_at one = tns_json_item(&list, i);
        if (!tns_json_expect_object(&one, err) ||
            !tns_json_get_choice(&one, "reason", words, TNS_WASTE_COUNT, &reason, err) ||
            !tns_json_get_whole(&one, "amount", LEAST, &out->wasted[reason], err))
            return false;
    }
    return true;
}

static bool get_product(const tns_json_at *at, void *item, tns_error *err)
{
    static const char *const units[] = {"ul", "pc"};
    tns_month_product *out = item;
    int unit = 0;
    bool done = tns_json_get_text(at, "product", out->product, sizeof out->product, err) &&
                tns_json_get_choice(at, "unit", units, 2, &unit, err) &&
                tns_json_get_whole(at, "received", LEAST, &out->received, err) &&
                tns_json_get_whole(at, "used", LEAST, &out->used, err) &&
                get_wasted(at, out, err) &&
                tns_json_get_whole(at, "counted", LEAST, &out->counted, err) &&
                tns_json_get_whole(at, "spent_cents", LEAST, &out->spent_cents, err) &&
                tns_json_get_whole(at, "used_cents", LEAST, &out->used_cents, err) &&
                tns_json_get_whole(at, "wasted_cents", LEAST, &out->wasted_cents, err) &&
                tns_json_get_bool(at, "unpriced", &out->unpriced, err);
    out->pieces = unit == 1;
    return done;
}

static bool get_shade(const tns_json_at *at, void *item, tns_error *err)
{
    tns_month_shade *out = item;
    return tns_json_get_text(at, "recipe", out->recipe, sizeof out->recipe, err) &&
           tns_json_get_whole(at, "pots", 0, &out->pots, err) &&
           tns_json_get_whole(at, "ul", 0, &out->ul, err) &&
           tns_json_get_whole(at, "left_ul", 0, &out->left_ul, err) &&
           tns_json_get_whole(at, "cost_cents", LEAST, &out->cost_cents, err);
}

static bool get_visit(const tns_json_at *at, void *item, tns_error *err)
{
    tns_month_visit *out = item;
    return tns_json_get_id(at, "visit", 'V', &out->id, err) &&
           tns_json_get_visit_kind(at, &out->kind, err) &&
           tns_json_get_whole(at, "pots", 0, &out->pots, err) &&
           tns_json_get_whole(at, "ul", 0, &out->ul, err) &&
           tns_json_get_whole(at, "left_ul", 0, &out->left_ul, err) &&
           tns_json_get_whole(at, "cost_cents", LEAST, &out->cost_cents, err);
}

static bool get_lists(const tns_json_at *at, tns_month *out, tns_error *err)
{
    void *products = NULL, *shades = NULL, *visits = NULL;
    bool done = tns_json_get_items(at, "products", sizeof *out->products, get_product, &products,
                                   &out->product_count, err) &&
                tns_json_get_items(at, "shades", sizeof *out->shades, get_shade, &shades,
                                   &out->shade_count, err) &&
                tns_json_get_items(at, "visits", sizeof *out->visits, get_visit, &visits,
                                   &out->visit_count, err);
    out->products = products;
    out->shades = shades;
    out->visits = visits;
    return done;
}

/* Null where no visit was. */
static bool get_mean(const tns_json_at *at, const char *key, int64_t *out, tns_error *err)
{
    *out = -1;
    return !tns_json_has(at, key) || tns_json_get_whole(at, key, 0, out, err);
}

static bool get_month(const tns_json_at *at, void *record, tns_error *err)
{
    tns_month *out = record;
    return tns_record_expect(at, "tonsure/report-month/1", err) &&
           tns_json_get_day(at, "from", &out->from, err) &&
           tns_json_get_day(at, "to", &out->to, err) &&
           tns_json_get_whole(at, "spent_cents", LEAST, &out->spent_cents, err) &&
           tns_json_get_whole(at, "used_cents", LEAST, &out->used_cents, err) &&
           tns_json_get_whole(at, "wasted_cents", LEAST, &out->wasted_cents, err) &&
           tns_json_get_bool(at, "unpriced", &out->unpriced, err) &&
           tns_json_get_whole(at, "pots", 0, &out->pots, err) &&
           tns_json_get_whole(at, "pot_cents", LEAST, &out->pot_cents, err) &&
           get_mean(at, "pot_cents_a_visit", &out->pot_cents_a_visit, err) &&
           get_mean(at, "all_cents_a_visit", &out->all_cents_a_visit, err) &&
           get_lists(at, out, err);
}

bool tns_report_month_parse(const char *text, size_t length, const char *name, tns_month *out,
                            tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_month, out, err))
        return true;
    tns_month_finish(out);
    return false;
}
