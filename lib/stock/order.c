/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders, from the proposal to the last delivery. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stock/facts_orders.h"
#include "stock/ledger.h"
#include "stock/undo_people.h"

static const int64_t PACKS_MAX = 1000000;

/* ---- what is there ---- */

static bool all_came(const tns_order *o)
{
    for (size_t i = 0; i < o->line_count; i++)
        if (o->lines[i].received < o->lines[i].packs)
            return false;
    return o->line_count > 0;
}

static bool is_open(const tns_order *o)
{
    return o->state == TNS_ORDER_PROPOSED || o->state == TNS_ORDER_SENT;
}

/* Of those found, the ones that were asked for; one that all came of is received. */
static void keep(const tns_order_question *q, tns_order_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        tns_order *o = &list->orders[i];
        if (o->state == TNS_ORDER_SENT && all_came(o))
            o->state = TNS_ORDER_RECEIVED;
        if (q->open && !is_open(o))
            free(o->lines);
        else
            list->orders[kept++] = *o;
    }
    list->count = kept;
}

bool tns_order_collect(tns_db *db, const tns_order_question *q, tns_order_list *list,
                       tns_error *err)
{
    tns_product product;
    bool done = (!q->product || tns_expect_product(db, q->product, &product, err)) &&
                tns_order_rows(db, q, list, err);
    if (done)
        keep(q, list);
    return done;
}

/* The one of a number, or TNS_ERROR_NO_SUCH; finish the list in every case. */
static bool expect_order(tns_db *db, int64_t id, tns_order_list *list, tns_error *err)
{
    const tns_order_question one = {.order = id};
    *list = (tns_order_list){0};
    return (id <= 0 || tns_order_collect(db, &one, list, err)) &&
           (list->count == 1 ||
            tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no order O%" PRId64, id));
}

bool tns_order_list_find(tns_stock *stock, const tns_order_question *question, tns_order_list *out,
                         tns_error *err)
{
    *out = (tns_order_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = question->order ? expect_order(stock->db, question->order, out, err)
                                : tns_order_collect(stock->db, question, out, err);
    tns_db_rollback(stock->db);
    return done;
}

static int64_t packs_to_come(const tns_order_item *line)
{
    return line->packs > line->received ? line->packs - line->received : 0;
}

static void add_order(const tns_order *o, const char *product, tns_on_order *out)
{
    for (size_t i = 0; i < o->line_count; i++) {
        const tns_order_item *line = &o->lines[i];
        int64_t left = packs_to_come(line);
        if (strcmp(line->product, product) != 0 || left == 0)
            continue;
        if (o->state == TNS_ORDER_PROPOSED) {
            out->proposed += left * line->pack;
            continue;
        }
        out->sent += left * line->pack;
        if (o->expected != TNS_NO_DAY &&
            (out->expected == TNS_NO_DAY || o->expected < out->expected))
            out->expected = o->expected;
    }
}

bool tns_stock_on_order(tns_stock *stock, const char *product, tns_on_order *out, tns_error *err)
{
    tns_order_list list;
    const tns_order_question open = {.product = product, .open = true};
    memset(out, 0, sizeof *out);
    bool done = tns_order_list_find(stock, &open, &list, err);
    for (size_t i = 0; i < list.count; i++)
        add_order(&list.orders[i], product, out);
    tns_order_list_finish(&list);
    return done;
}

/* ---- proposing ---- */

int64_t tns_order_brings(const tns_order *o, const char *product)
{
    int64_t left = 0;
    for (size_t i = 0; i < o->line_count; i++)
        if (strcmp(o->lines[i].product, product) == 0)
            left += packs_to_come(&o->lines[i]);
    return left;
}

/* Nothing that is on order, by another than this one, is ordered twice. */
static bool check_not_on_order(tns_operation *o, const char *product, int64_t order,
                               bool overridden, tns_error *err)
{
    tns_order_list list = {0};
    const tns_order_question open = {.product = product, .open = true};
    bool done = tns_order_collect(o->db, &open, &list, err);
    size_t i = 0;
    while (done && i < list.count &&
           (list.orders[i].id == order || tns_order_brings(&list.orders[i], product) == 0))
        i++;
    if (done && i < list.count) {
        done =
            overridden ||
            tns_error_set(err, TNS_ERROR_CONFLICT, "%s is on order already, by O%" PRId64 " (%s)",
                          product, list.orders[i].id, tns_order_state_name(list.orders[i].state));
        if (done)
            tns_warn(&o->out->warnings, "%s is on order already, by O%" PRId64, product,
                     list.orders[i].id);
    }
    tns_order_list_finish(&list);
    return done;
}

static bool is_repeated(const tns_order_item *lines, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(lines[k].product, lines[i].product) == 0)
            return true;
    return false;
}

/* Of one who told no terms for it, and is not whom it comes from. */
static bool warn_of_stranger(tns_operation *o, const tns_product *product, const char *supplier,
                             tns_error *err)
{
    tns_terms_list list = {0};
    bool known = !product->supplier[0] || tns_text_same(product->supplier, supplier);
    bool done = known || tns_terms_rows(o->db, product->id, &list, err);
    for (size_t i = 0; i < list.count; i++)
        known = known || tns_text_same(list.terms[i].supplier, supplier);
    if (done && !known)
        tns_warn(&o->out->warnings, "%s comes from %s", product->id, product->supplier);
    tns_terms_list_finish(&list);
    return done;
}

static bool enter_line(tns_operation *o, const char *supplier, const tns_order_item *told,
                       int place, tns_error *err)
{
    tns_terms terms;
    tns_product product;
    tns_order_item line = *told;
    tns_entry entry = {.kind = TNS_ENTRY_ORDER};
    if (line.packs < 1 || line.packs > PACKS_MAX || line.cost_cents < 0 || line.pack < 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "order: %s: expected 1 to %" PRId64 " packs",
                             line.product, PACKS_MAX);
    if (!tns_expect_kept_product(o->db, line.product, &product, err) ||
        !tns_expect_terms(o->db, line.product, supplier, &terms, err) ||
        !warn_of_stranger(o, &product, supplier, err) ||
        !check_not_on_order(o, line.product, o->out->made.order, o->act->override != NULL, err))
        return false;
    if (tns_terms_packs(&terms, line.packs) != line.packs)
        tns_warn(&o->out->warnings,
                 "%s: %s sells %" PRId64 " packs or more, in multiples of %" PRId64, line.product,
                 supplier, terms.least_packs, terms.step_packs);
    line.pack = line.pack ? line.pack : product.pack;
    line.cost_cents = line.cost_cents ? line.cost_cents : tns_terms_price(&terms, line.packs);
    return tns_text_copy(entry.product, sizeof entry.product, product.id) &&
           tns_stock_text("reason", told->reason[0] ? told->reason : tns_act_reason(o->act),
                          entry.reason, sizeof entry.reason, err) &&
           tns_facts_of_order_line(o->out->made.order, place, &line, &entry, err) &&
           tns_operation_append(o, &entry, err);
}

static bool propose_it(tns_operation *o, const char *supplier, const tns_order_item *lines,
                       size_t count, tns_error *err)
{
    tns_order order = {.state = TNS_ORDER_PROPOSED};
    tns_entry entry = {.kind = TNS_ENTRY_ORDER};
    if (count < 1 || count > TNS_ORDER_LINES_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "order: expected 1 to %d products",
                             TNS_ORDER_LINES_MAX);
    if (!tns_stock_name("supplier", supplier, order.supplier, sizeof order.supplier, err) ||
        !tns_order_next_id(o->db, &order.id, err))
        return false;
    o->out->made.order = order.id;
    bool done = tns_facts_of_order(&order, &entry, err) && tns_operation_enter(o, &entry, err);
    for (size_t i = 0; done && i < count; i++)
        done = is_repeated(lines, i)
                   ? tns_error_set(err, TNS_ERROR_USAGE, "order: %s stands twice", lines[i].product)
                   : enter_line(o, order.supplier, &lines[i], (int)i + 1, err);
    return done;
}

bool tns_order_propose(tns_stock *stock, const char *supplier, const tns_order_item *lines,
                       size_t count, const tns_stock_act *act, tns_stock_change *out,
                       tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, propose_it(&o, supplier, lines, count, err), err);
}

/* ---- sending, cancelling ---- */

static bool enter_state(tns_operation *o, const tns_order *now, const tns_order *was,
                        tns_error *err)
{
    tns_entry entry = {.kind = TNS_ENTRY_ORDER};
    o->out->made.order = now->id;
    return tns_facts_of_order_state(now, was, &entry, err) && tns_operation_enter(o, &entry, err);
}

/* The day and the longest lead of its lines. */
static bool expect_by_terms(tns_operation *o, tns_order *order, tns_error *err)
{
    int longest = 0;
    for (size_t i = 0; i < order->line_count; i++) {
        tns_terms terms;
        if (!tns_expect_terms(o->db, order->lines[i].product, order->supplier, &terms, err))
            return false;
        longest = terms.lead_days > longest ? terms.lead_days : longest;
    }
    order->expected = longest ? o->day + longest : TNS_NO_DAY;
    return true;
}

static bool send_it(tns_operation *o, int64_t id, tns_day expected, tns_error *err)
{
    tns_order_list list;
    bool done = expect_order(o->db, id, &list, err);
    if (done && list.orders[0].state != TNS_ORDER_PROPOSED)
        done = tns_error_set(err, TNS_ERROR_CONFLICT, "order O%" PRId64 " is %s", id,
                             tns_order_state_name(list.orders[0].state));
    if (done && expected != TNS_NO_DAY && expected < o->day)
        done = tns_error_set(err, TNS_ERROR_USAGE, "order O%" PRId64 ": expected before it is sent",
                             id);
    if (done) {
        tns_order now = list.orders[0];
        now.state = TNS_ORDER_SENT;
        now.sent = o->day;
        now.expected = expected;
        done = (expected != TNS_NO_DAY || expect_by_terms(o, &now, err)) &&
               enter_state(o, &now, &list.orders[0], err);
    }
    tns_order_list_finish(&list);
    return done;
}

bool tns_order_send(tns_stock *stock, int64_t order, tns_day expected, const tns_stock_act *act,
                    tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, send_it(&o, order, expected, err), err);
}

static bool cancel_it(tns_operation *o, int64_t id, tns_error *err)
{
    tns_order_list list;
    bool done = expect_order(o->db, id, &list, err);
    if (done && !is_open(&list.orders[0]))
        done = tns_error_set(err, TNS_ERROR_CONFLICT, "order O%" PRId64 " is %s", id,
                             tns_order_state_name(list.orders[0].state));
    if (done) {
        tns_order now = list.orders[0];
        now.state = TNS_ORDER_CANCELLED;
        done = enter_state(o, &now, &list.orders[0], err);
    }
    tns_order_list_finish(&list);
    return done;
}

bool tns_order_cancel(tns_stock *stock, int64_t order, const tns_stock_act *act,
                      tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, cancel_it(&o, order, err), err);
}

/* ---- receiving ---- */

static bool enter_received(tns_operation *o, int64_t order, int place, const tns_order_item *line,
                           int bottles, tns_error *err)
{
    tns_entry entry = {.kind = TNS_ENTRY_ORDER};
    if (line->received + bottles > line->packs)
        tns_warn(&o->out->warnings, "%s: %" PRId64 " packs ordered, %" PRId64 " came",
                 line->product, line->packs, line->received + bottles);
    return tns_text_copy(entry.product, sizeof entry.product, line->product) &&
           tns_facts_of_order_received(order, place, bottles, &entry, err) &&
           tns_operation_enter(o, &entry, err);
}

static bool receive_line(tns_operation *o, const tns_order *order, const tns_delivery *d,
                         tns_error *err)
{
    size_t i = 0;
    while (i < order->line_count && strcmp(order->lines[i].product, d->product) != 0)
        i++;
    if (order->state != TNS_ORDER_SENT && order->state != TNS_ORDER_RECEIVED)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "order O%" PRId64 " is %s, not sent",
                             order->id, tns_order_state_name(order->state));
    if (o->day < order->sent)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "order O%" PRId64 " was sent after that day",
                             order->id);
    if (i == order->line_count)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "order O%" PRId64 " has no line of %s",
                             order->id, d->product);
    o->out->made.order = order->id;
    return tns_operation_enter_delivery(o, d, err) &&
           enter_received(o, order->id, (int)i + 1, &order->lines[i], d->bottles, err);
}

static bool receive_it(tns_operation *o, int64_t id, const tns_delivery *d, tns_error *err)
{
    tns_order_list list;
    bool done = expect_order(o->db, id, &list, err) && receive_line(o, &list.orders[0], d, err);
    tns_order_list_finish(&list);
    return done;
}

bool tns_order_receive(tns_stock *stock, int64_t order, const tns_delivery *delivery,
                       const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, receive_it(&o, order, delivery, err), err);
}

/* ---- undoing ---- */

/* What comes back with an order that is open again may have been ordered anew. */
static bool check_reopened(tns_operation *o, const tns_order *order, const tns_entry *e,
                           tns_error *err)
{
    for (size_t i = 0; i < order->line_count; i++)
        if (packs_to_come(&order->lines[i]) > 0 &&
            !check_not_on_order(o, order->lines[i].product, order->id, false, err))
            return tns_error_prefix(err, "entry %" PRId64 " (%s) cannot be taken back", e->id,
                                    tns_entry_kind_name(e->kind));
    return true;
}

bool tns_undo_order(tns_operation *o, const tns_entry *e, tns_entry *counter, bool *skip,
                    tns_error *err)
{
    tns_order_facts f;
    tns_order_list list;
    if (!tns_order_facts_read(e, &f, err))
        return false;
    tns_text_copy(counter->product, sizeof counter->product, e->product);
    *skip = f.place && f.received == 0; /* a line goes with its order */
    if (f.place)
        return *skip || (check_not_on_order(o, e->product, f.order, true, err) &&
                         tns_facts_of_order_received(f.order, f.place, -f.received, counter, err));
    bool done = expect_order(o->db, f.order, &list, err);
    bool received = done && list.orders[0].state == TNS_ORDER_RECEIVED;
    bool stands = done && (list.orders[0].state == f.now.state ||
                           (received && f.now.state == TNS_ORDER_SENT));
    for (size_t i = 0; stands && f.now.state == TNS_ORDER_SENT && i < list.orders[0].line_count;
         i++)
        stands = list.orders[0].lines[i].received == 0;
    bool free =
        !stands || f.now.state != TNS_ORDER_CANCELLED || check_reopened(o, &list.orders[0], e, err);
    tns_order_list_finish(&list);
    if (done && !stands)
        return tns_undo_conflict(e, err, "the order has gone on since");
    return done && free && tns_facts_of_order_state(&f.was, &f.now, counter, err);
}
