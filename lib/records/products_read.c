/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads products, what was scanned, orders and suppliers' terms. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/stock_records.h>

#include "records/parts.h"
#include "records/shelf_get.h"

enum { DAYS_MAX = 100000, PAO_MAX = 120, DENSITY_MAX = 100000 };

/* ---- products ---- */

static bool get_kind(const tns_json_at *at, tns_product *out, tns_error *err)
{
    static const char *const units[] = {"ul", "pc"};
    const char *words[TNS_PRODUCT_CONSUMABLE + 1];
    int kind = 0, unit = 0;
    for (int i = 0; i <= TNS_PRODUCT_CONSUMABLE; i++)
        words[i] = tns_product_kind_name((tns_product_kind)i);
    bool done = tns_json_get_choice(at, "kind", words, TNS_PRODUCT_CONSUMABLE + 1, &kind, err) &&
                tns_json_get_choice(at, "unit", units, 2, &unit, err);
    out->kind = (tns_product_kind)kind;
    out->pieces = unit == 1;
    return done;
}

static bool get_use(const tns_json_at *at, tns_product *out, tns_error *err)
{
    bool single;
    if (!tns_json_opt_integer(at, "pao_months", 1, PAO_MAX, &out->pao_months, err) ||
        !tns_json_get_bool(at, "single_use", &single, err))
        return false;
    if (single)
        out->pao_months = TNS_SINGLE_USE;
    return true;
}

static bool get_states(const tns_json_at *at, tns_product *out, tns_error *err)
{
    char word[16] = "";
    return tns_json_opt_text(at, "states", word, sizeof word, err) &&
           (!word[0] || tns_label_states_parse(word, &out->states) ||
            tns_json_fail(at, err, TNS_ERROR_FORMAT, "unknown states \"%s\"", word)) &&
           tns_json_opt_bool(at, "retired", &out->retired, err);
}

static bool get_product(const tns_json_at *at, void *item, tns_error *err)
{
    tns_product_state *out = item;
    tns_product *p = &out->product;
    return tns_json_get_text(at, "id", p->id, sizeof p->id, err) && get_kind(at, p, err) &&
           tns_json_opt_text(at, "pigment", p->pigment, sizeof p->pigment, err) &&
           tns_json_opt_text(at, "supplier", p->supplier, sizeof p->supplier, err) &&
           tns_json_opt_text(at, "gtin", p->gtin, sizeof p->gtin, err) && get_use(at, p, err) &&
           get_states(at, p, err) && tns_json_get_known(at, "pack", &p->pack, err) &&
           tns_json_get_known(at, "cost_cents", &p->cost_cents, err) &&
           tns_json_opt_integer(at, "lead_days", 0, DAYS_MAX, &p->lead_days, err) &&
           tns_json_get_integer(at, "density_mg_ml", 0, DENSITY_MAX, &p->density_mg_ml, err) &&
           tns_json_get_whole(at, "on_hand", 0, &out->on_hand, err) &&
           tns_json_get_whole(at, "usable", 0, &out->usable, err);
}

static bool get_products(const tns_json_at *at, void *record, tns_error *err)
{
    tns_product_list *out = record;
    void *items = NULL;
    bool done = tns_record_expect(at, "tonsure/stock-products/1", err) &&
                tns_json_get_items(at, "products", sizeof *out->products, get_product, &items,
                                   &out->count, err);
    out->products = items;
    return done;
}

bool tns_stock_products_parse(const char *text, size_t length, const char *name,
                              tns_product_list *out, tns_error *err)
{
    *out = (tns_product_list){0};
    if (tns_record_parse(text, length, name, get_products, out, err))
        return true;
    tns_product_list_finish(out);
    return false;
}

/* ---- scanned ---- */

static bool get_passed_over(const tns_json_at *at, tns_scan *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "passed_over", TNS_SCAN_OTHERS, &list, &count, err))
        return false;
    for (; (size_t)out->other_count < count; out->other_count++) {
        tns_json_at other = tns_json_item(&list, (size_t)out->other_count);
        if (!tns_json_text(&other, out->others[out->other_count], sizeof *out->others, err))
            return false;
    }
    return true;
}

static bool get_elements(const tns_json_at *at, tns_scan *out, tns_error *err)
{
    return tns_json_opt_text(at, "gtin", out->gtin, sizeof out->gtin, err) &&
           tns_json_opt_text(at, "lot", out->lot, sizeof out->lot, err) &&
           tns_json_opt_text(at, "serial", out->serial, sizeof out->serial, err) &&
           tns_json_get_day(at, "produced", &out->produced, err) &&
           tns_json_get_day(at, "best_before", &out->best_before, err) &&
           tns_json_get_day(at, "expires", &out->expires, err) &&
           tns_json_get_known(at, "count", &out->count, err) &&
           tns_json_get_known(at, "net_weight_mg", &out->net_weight_mg, err) &&
           get_passed_over(at, out, err);
}

/* "B17": any letter. */
static bool get_label(const tns_json_at *at, tns_scan *out, tns_error *err)
{
    char text[32];
    if (!tns_json_get_text(at, "label", text, sizeof text, err))
        return false;
    out->own = text[0] >= 'A' && text[0] <= 'Z' ? text[0] : 'B';
    return tns_json_get_id(at, "label", out->own, &out->number, err);
}

static bool get_scanned(const tns_json_at *at, tns_scan *out, tns_error *err)
{
    const char *words[TNS_SCAN_OWN + 1];
    int kind = 0;
    for (int i = 0; i <= TNS_SCAN_OWN; i++)
        words[i] = tns_scan_kind_name((tns_scan_kind)i);
    if (!tns_json_get_choice(at, "kind", words, TNS_SCAN_OWN + 1, &kind, err) ||
        !tns_json_opt_text(at, "symbology", out->symbology, sizeof out->symbology, err))
        return false;
    out->kind = (tns_scan_kind)kind;
    return kind == TNS_SCAN_OWN ? get_label(at, out, err) : get_elements(at, out, err);
}

typedef struct scan_record {
    tns_scan *scan;
    tns_scan_match *match;
} scan_record;

static bool get_scan(const tns_json_at *at, void *record, tns_error *err)
{
    const scan_record *out = record;
    tns_scan_match *m = out->match;
    return tns_record_expect(at, "tonsure/stock-scan/1", err) && get_scanned(at, out->scan, err) &&
           tns_json_opt_text(at, "product", m->product, sizeof m->product, err) &&
           tns_json_get_bool(at, "known", &m->lot_is_known, err) &&
           tns_json_opt_id(at, "pot", 'P', &m->subject.pot, err) &&
           tns_json_opt_id(at, "visit", 'V', &m->subject.visit, err) &&
           tns_json_opt_id(at, "client", 'C', &m->subject.client, err) &&
           tns_json_opt_id(at, "order", 'O', &m->subject.order, err) &&
           tns_json_get_bottles(at, "bottles", &m->bottles, err);
}

bool tns_stock_scan_parse(const char *text, size_t length, const char *name, tns_scan *scan,
                          tns_scan_match *match, tns_error *err)
{
    scan_record record = {scan, match};
    memset(scan, 0, sizeof *scan);
    memset(match, 0, sizeof *match);
    if (tns_record_parse(text, length, name, get_scan, &record, err))
        return true;
    tns_scan_match_finish(match);
    return false;
}
