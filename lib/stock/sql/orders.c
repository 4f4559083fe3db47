/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/sql/orders.h"
#include "stock/words.h"

static const char insert_order[] =
    "INSERT INTO purchase (id, supplier, state, day) VALUES (?1, ?2, ?3, ?4)";
static const char insert_line[] =
    "INSERT INTO purchase_line (purchase, place, product, packs, pack, cost_cents, received,"
    " reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7)";
static const char set_state[] =
    "UPDATE purchase SET state = ?2, sent = ?3, expected = ?4 WHERE id = ?1";
static const char add_received[] = "UPDATE purchase_line SET received = received + ?3"
                                   " WHERE purchase = ?1 AND place = ?2";
static const char next_order[] = "SELECT coalesce(max(id), 0) + 1 FROM purchase";

#define ORDERS                                                                                     \
    "SELECT o.id, o.supplier, o.state, o.day, o.sent, o.expected, l.product, l.packs, l.pack,"     \
    " l.cost_cents, l.received, l.reason FROM purchase o"                                          \
    " LEFT JOIN purchase_line l ON l.purchase = o.id"
#define IN_ORDER " ORDER BY o.id, l.place"

static const char all_orders[] = ORDERS IN_ORDER;
static const char one_order[] = ORDERS " WHERE o.id = ?1" IN_ORDER;
static const char orders_of_product[] =
    ORDERS " WHERE o.id IN (SELECT purchase FROM purchase_line WHERE product = ?1)" IN_ORDER;

bool tns_order_insert(tns_db *db, const tns_order *o, tns_error *err)
{
    const tns_value values[] = {tns_integer(o->id), tns_text_value(o->supplier),
                                tns_text_value(tns_order_state_name(o->state)),
                                tns_integer(o->day)};
    return tns_db_run(db, insert_order, values, 4, err);
}

bool tns_order_line_insert(tns_db *db, int64_t order, int place, const tns_order_item *line,
                           tns_error *err)
{
    const tns_value values[] = {
        tns_integer(order),          tns_integer(place),      tns_text_value(line->product),
        tns_integer(line->packs),    tns_integer(line->pack), tns_integer(line->cost_cents),
        tns_text_value(line->reason)};
    return tns_db_run(db, insert_line, values, sizeof values / sizeof *values, err);
}

bool tns_order_set_state(tns_db *db, int64_t id, tns_order_state state, tns_day sent,
                         tns_day expected, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_text_value(tns_order_state_name(state)),
                                tns_integer_or_null(sent), tns_integer_or_null(expected)};
    return tns_db_change(db, set_state, values, 4, "order O", id, err);
}

bool tns_order_line_add_received(tns_db *db, int64_t order, int place, int64_t packs,
                                 tns_error *err)
{
    const tns_value values[] = {tns_integer(order), tns_integer(place), tns_integer(packs)};
    return tns_db_change(db, add_received, values, 3, "such line of order O", order, err);
}

bool tns_order_next_id(tns_db *db, int64_t *out, tns_error *err)
{
    return tns_db_number(db, next_order, NULL, 0, out, err);
}

/* ---- orders with their lines ---- */

static void read_order(const tns_query *q, tns_order *o)
{
    char word[16];
    o->id = tns_query_integer(q, 0);
    tns_query_text(q, 1, o->supplier, sizeof o->supplier);
    tns_query_text(q, 2, word, sizeof word); /* one of those it may be: the table sees to that */
    tns_order_state_parse(word, &o->state);
    o->day = (tns_day)tns_query_integer(q, 3);
    o->sent = (tns_day)tns_query_integer(q, 4);
    o->expected = (tns_day)tns_query_integer(q, 5);
}

static void read_line(const tns_query *q, tns_order_item *line)
{
    memset(line, 0, sizeof *line);
    tns_query_text(q, 6, line->product, sizeof line->product);
    line->packs = tns_query_integer(q, 7);
    line->pack = tns_query_integer(q, 8);
    line->cost_cents = tns_query_integer(q, 9);
    line->received = tns_query_integer(q, 10);
    tns_query_text(q, 11, line->reason, sizeof line->reason);
}

/* A row is a line of the last order of the list, or the first one of another. */
static bool take_row(const tns_query *q, tns_order_list *list, tns_error *err)
{
    tns_order *order = list->count ? &list->orders[list->count - 1] : NULL;
    if (!order || order->id != tns_query_integer(q, 0)) {
        order = tns_list_grow(&list->orders, &list->count, sizeof *order);
        if (!order)
            return tns_error_set(err, TNS_ERROR_MEMORY, "orders: out of memory");
        memset(order, 0, sizeof *order);
        read_order(q, order);
    }
    if (tns_query_is_null(q, 6))
        return true;
    tns_order_item *line = tns_list_grow(&order->lines, &order->line_count, sizeof *line);
    if (!line)
        return tns_error_set(err, TNS_ERROR_MEMORY, "orders: out of memory");
    read_line(q, line);
    return true;
}

bool tns_order_rows(tns_db *db, const tns_order_question *question, tns_order_list *list,
                    tns_error *err)
{
    const tns_value value = question->order
                                ? tns_integer(question->order)
                                : tns_text_value(question->product ? question->product : "");
    const char *sql = question->order     ? one_order
                      : question->product ? orders_of_product
                                          : all_orders;
    tns_query *query = tns_db_ask(db, sql, &value, sql != all_orders, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err))
        done = take_row(query, list, err);
    tns_query_end(query);
    return done;
}
