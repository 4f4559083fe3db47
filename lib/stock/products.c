/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products as a whole, and what a scanned code belongs to. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/order.h>
#include <tonsure/pot.h>
#include <tonsure/products.h>

#include "base/text.h"
#include "stock/ledger.h"
#include "stock/sql/supply.h"

/* ---- all products ---- */

static bool keep_product(void *user, const char *id, tns_error *err)
{
    tns_product_list *list = user;
    tns_product_state *state = tns_list_grow(&list->products, &list->count, sizeof *state);
    if (!state)
        return tns_error_set(err, TNS_ERROR_MEMORY, "products: out of memory");
    memset(state, 0, sizeof *state);
    return tns_text_copy(state->product.id, sizeof state->product.id, id);
}

typedef struct day_list {
    tns_product_list *list;
    tns_day day;
} day_list;

static int by_id(const void *key, const void *state)
{
    return strcmp(key, ((const tns_product_state *)state)->product.id);
}

/* As tns_bottle_refusal() has it, but for what depends on the opening. */
static bool may_be_used(const tns_lot *lot, tns_product_kind kind, tns_day day)
{
    return !lot->quarantined && !lot->recalled &&
           (lot->expires == TNS_NO_DAY || lot->expires >= day) &&
           (lot->sterile || kind != TNS_PRODUCT_DILUENT);
}

static bool take_lot(void *user, const tns_lot *lot, int64_t on_hand, tns_error *err)
{
    (void)err;
    day_list *all = user;
    tns_product_state *state = bsearch(lot->product, all->list->products, all->list->count,
                                       sizeof *all->list->products, by_id);
    if (!state)
        return true;
    state->on_hand += on_hand;
    state->usable += may_be_used(lot, state->product.kind, all->day) ? on_hand : 0;
    return true;
}

/* What was opened so long ago that it is no longer good, though its label's day is still to come.
 */
static bool take_opened(void *user, const tns_opened *b, tns_error *err)
{
    (void)err;
    day_list *all = user;
    tns_product_state *state = bsearch(b->product, all->list->products, all->list->count,
                                       sizeof *all->list->products, by_id);
    if (state && tns_bottle_use_by(TNS_NO_DAY, b->opened, state->product.pao_months) < all->day)
        state->usable -= b->on_hand;
    return true;
}

/* The shortest time that anything is good once opened: what was opened later is not looked at. */
static int shortest_months(const tns_product_list *list)
{
    int months = 0;
    for (size_t i = 0; i < list->count; i++) {
        int pao = list->products[i].product.pao_months;
        if (pao == TNS_SINGLE_USE)
            return pao;
        months = pao > 0 && (months == 0 || pao < months) ? pao : months;
    }
    return months;
}

static bool fill_products(tns_db *db, tns_day day, tns_product_list *list, tns_error *err)
{
    bool done = tns_product_walk(db, keep_product, list, err);
    for (size_t i = 0; done && i < list->count; i++) {
        bool found;
        done = tns_product_find(db, list->products[i].product.id, &list->products[i].product,
                                &found, err);
    }
    day_list all = {list, day};
    int months = shortest_months(list);
    return done && tns_lot_walk(db, take_lot, &all, err) &&
           (months == 0 ||
            tns_product_opened_before(db, day, day - 28 * months, take_opened, &all, err));
}

static void drop_retired(tns_product_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!list->products[i].product.retired)
            list->products[kept++] = list->products[i];
    list->count = kept;
}

bool tns_stock_products(tns_stock *stock, tns_day on, const tns_context *context,
                        tns_product_list *out, tns_error *err)
{
    bool done = tns_stock_all_products(stock, on, context, out, err);
    drop_retired(out);
    return done;
}

bool tns_stock_all_products(tns_stock *stock, tns_day on, const tns_context *context,
                            tns_product_list *out, tns_error *err)
{
    *out = (tns_product_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = fill_products(stock->db, on ? on : tns_day_today(context), out, err);
    tns_db_rollback(stock->db);
    return done;
}

/* ---- scanned ---- */

static bool find_label(tns_stock *stock, const tns_scan *scan, tns_scan_match *out, tns_error *err)
{
    bool found = false;
    out->bottles.bottles = calloc(1, sizeof *out->bottles.bottles);
    if (!out->bottles.bottles)
        return tns_error_set(err, TNS_ERROR_MEMORY, "scan: out of memory");
    if (!tns_bottle_find(stock->db, scan->number, out->bottles.bottles, &found, err))
        return false;
    out->bottles.count = found;
    out->lot_is_known = found;
    return !found ||
           tns_text_copy(out->product, sizeof out->product, out->bottles.bottles[0].product);
}

static bool find_pot(tns_stock *stock, int64_t id, tns_subject *out, tns_error *err)
{
    tns_pot_list list;
    const tns_pot_question one = {.pot = id, .with_undone = true};
    bool done = tns_pot_list_find(stock, &one, &list, err);
    if (done && list.count > 0)
        *out = (tns_subject){.client = list.pots[0].client, .visit = list.pots[0].visit, .pot = id};
    tns_pot_list_finish(&list);
    return done;
}

static bool find_visit(tns_stock *stock, int64_t id, tns_subject *out, tns_error *err)
{
    tns_visit visit;
    if (!tns_visit_find(stock, id, &visit, err))
        return false;
    *out = (tns_subject){.client = visit.client, .visit = id};
    return true;
}

static bool find_order(tns_stock *stock, int64_t id, tns_subject *out, tns_error *err)
{
    tns_order_list list;
    const tns_order_question one = {.order = id};
    bool done = tns_order_list_find(stock, &one, &list, err);
    if (done && list.count > 0)
        out->order = id;
    tns_order_list_finish(&list);
    return done;
}

/* What is no bottle; what is not there stays unknown. */
static bool find_paper(tns_stock *stock, const tns_scan *scan, tns_scan_match *out, tns_error *err)
{
    tns_error why = {0};
    bool done = scan->own == 'P'   ? find_pot(stock, scan->number, &out->subject, &why)
                : scan->own == 'V' ? find_visit(stock, scan->number, &out->subject, &why)
                : scan->own == 'O' ? find_order(stock, scan->number, &out->subject, &why)
                                   : true;
    if (!done && why.code != TNS_ERROR_NO_SUCH)
        return tns_error_set(err, why.code, "%s", why.text);
    const tns_subject *s = &out->subject;
    out->lot_is_known = s->pot || s->visit || s->order;
    return true;
}

/* By its name, of the product where that is known; of the only one that has such a lot, else. */
static bool find_lot(tns_stock *stock, const tns_scan *scan, tns_scan_match *out, tns_error *err)
{
    tns_lot lot;
    tns_product article;
    size_t count = 0;
    bool known = false;
    if (scan->gtin[0] && !tns_product_with_gtin(stock->db, scan->gtin, &article, &known, err))
        return false;
    if (known && !tns_text_copy(out->product, sizeof out->product, article.id))
        return false;
    const char *product = out->product[0] ? out->product : NULL;
    if (!scan->lot[0])
        return true;
    if (!tns_lot_named(stock->db, scan->lot, product, &lot, &count, err))
        return false;
    out->lot_is_known = count > 0;
    if (count != 1)
        return true;
    return tns_text_copy(out->product, sizeof out->product, lot.product) &&
           tns_bottle_collect(stock->db, NULL, lot.id, true, &out->bottles, err);
}

bool tns_stock_find_scanned(tns_stock *stock, const tns_scan *scan, tns_scan_match *out,
                            tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (scan->kind == TNS_SCAN_OWN && scan->own != 'B')
        return find_paper(stock, scan, out, err);
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = scan->kind == TNS_SCAN_OWN ? find_label(stock, scan, out, err)
                                           : find_lot(stock, scan, out, err);
    tns_db_rollback(stock->db);
    tns_day today = tns_day_today(NULL);
    for (size_t i = 0; i < out->bottles.count; i++)
        out->bottles.bottles[i].status = tns_bottle_status_on(&out->bottles.bottles[i], today);
    return done;
}

void tns_scan_match_finish(tns_scan_match *match)
{
    tns_bottle_list_finish(&match->bottles);
}

/* ---- some entries ---- */

static bool keep_entry(void *user, const tns_entry *entry, tns_error *err)
{
    return tns_entry_list_add(user, entry, err);
}

/* What was asked for, by the store's own numbers. */
static bool find_subject(tns_db *db, const tns_log_question *q, tns_log_subject *out,
                         tns_error *err)
{
    tns_lot lot;
    tns_bottle bottle;
    tns_product product;
    *out = (tns_log_subject){.bottle = q->bottle};
    if (q->product && !tns_expect_product(db, q->product, &product, err))
        return false;
    if (q->bottle)
        return tns_expect_bottle(db, q->bottle, &bottle, err);
    if (!q->lot) {
        out->product = q->product;
        return true;
    }
    if (!tns_expect_lot(db, q->lot, q->product, &lot, err))
        return false;
    out->lot = lot.id;
    return true;
}

bool tns_stock_log_of(tns_stock *stock, const tns_log_question *question, tns_entry_list *out,
                      tns_error *err)
{
    tns_log_subject subject;
    *out = (tns_entry_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = find_subject(stock->db, question, &subject, err) &&
                tns_entry_walk_of(stock->db, &subject, question->since, keep_entry, out, err);
    tns_db_rollback(stock->db);
    return done;
}

/* ---- health ---- */

bool tns_stock_health_of(tns_stock *stock, const tns_context *context, tns_stock_health *out,
                         tns_error *err)
{
    tns_bottle_list bottles = {0};
    tns_day today = tns_day_today(context);
    memset(out, 0, sizeof *out);
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_entry_last(stock->db, &out->entries, out->head, err) &&
                tns_bottle_collect(stock->db, NULL, 0, false, &bottles, err);
    tns_db_rollback(stock->db);
    out->bottles = bottles.count;
    for (size_t i = 0; i < bottles.count; i++)
        out->expired +=
            bottles.bottles[i].use_by != TNS_NO_DAY && bottles.bottles[i].use_by < today;
    tns_bottle_list_finish(&bottles);
    return done;
}
