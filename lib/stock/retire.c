/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product that is no longer kept, or was entered by mistake: it stays in the ledger, and goes
   from lists and plans. */
#include <inttypes.h>
#include <string.h>

#include <tonsure/order.h>
#include <tonsure/products.h>

#include "base/text.h"
#include "stock/facts.h"
#include "stock/facts_orders.h"
#include "stock/ledger.h"
#include "stock/undo_people.h"

/* What is on the shelf would be out of sight. */
static bool check_bottles(tns_operation *o, const char *id, bool with_stock, tns_error *err)
{
    tns_bottle_list list = {0};
    bool done = tns_bottle_collect(o->db, id, 0, false, &list, err);
    size_t count = list.count;
    tns_bottle_list_finish(&list);
    if (!done || count == 0)
        return done;
    if (!with_stock)
        return tns_error_set(err, TNS_ERROR_CONFLICT,
                             "product %s: there is something in %zu of its bottles: waste it or "
                             "count it first, or say --with-stock",
                             id, count);
    tns_warn(&o->out->warnings, "%zu of its bottles %s on the shelf", count,
             count == 1 ? "stays" : "stay");
    return true;
}

/* What is still to come could not be received. */
static bool tell_order(tns_operation *o, const tns_order *order, const char *id, tns_error *err)
{
    int64_t left = tns_order_brings(order, id);
    const char *state = tns_order_state_name(order->state);
    if (left == 0)
        return true;
    if (!o->act->override)
        return tns_error_set(err, TNS_ERROR_CONFLICT,
                             "O%" PRId64 " (%s) is to bring %" PRId64
                             " of %s: stock order cancel, or say --override WHY",
                             order->id, state, left, id);
    tns_warn(&o->out->warnings,
             "O%" PRId64 " (%s) is to bring %" PRId64 " of %s: they cannot be received", order->id,
             state, left, id);
    return true;
}

static bool check_orders(tns_operation *o, const char *id, tns_error *err)
{
    tns_order_list list = {0};
    const tns_order_question open = {.product = id, .open = true};
    bool done = tns_order_collect(o->db, &open, &list, err);
    for (size_t i = 0; done && i < list.count; i++)
        done = tell_order(o, &list.orders[i], id, err);
    tns_order_list_finish(&list);
    return done;
}

static bool retire_it(tns_operation *o, const char *id, bool with_stock, tns_error *err)
{
    tns_product product;
    tns_entry entry = {.kind = TNS_ENTRY_RETIRE};
    return tns_act_has_reason(o->act, "retire", err) &&
           tns_expect_kept_product(o->db, id, &product, err) && check_orders(o, product.id, err) &&
           check_bottles(o, product.id, with_stock, err) &&
           tns_text_copy(entry.product, sizeof entry.product, product.id) &&
           tns_facts_retired(true, &entry, err) && tns_operation_enter(o, &entry, err);
}

bool tns_stock_retire_product(tns_stock *stock, const char *id, bool with_stock,
                              const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, retire_it(&o, id, with_stock, err), err);
}

/* Its article number may be another's by now. */
bool tns_undo_retirement(tns_operation *o, const tns_entry *e, tns_entry *counter, tns_error *err)
{
    tns_product product, other;
    bool found = false;
    if (!tns_expect_product(o->db, e->product, &product, err))
        return false;
    if (!product.retired)
        return tns_undo_conflict(e, err, "it is kept again");
    if (product.gtin[0] && !tns_product_with_gtin(o->db, product.gtin, &other, &found, err))
        return false;
    if (found)
        return tns_undo_conflict(e, err, "its article number is another product's by now");
    return tns_text_copy(counter->product, sizeof counter->product, e->product) &&
           tns_facts_retired(false, counter, err);
}
