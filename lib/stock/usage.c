/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used of each product, week by week. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/usage.h>

#include "base/text.h"
#include "stock/ledger.h"
#include "stock/sql/usage.h"

enum { WEEK = 7 };

/* A whole number by another one; 0 for those that are not there. */
typedef struct numbers {
    size_t room;
    size_t *of; /* owned */
} numbers;

typedef struct counting {
    tns_usage_list *list;
    tns_day from;
    numbers product_of; /* by lot: the number of its product, from 1 */
    numbers lot_of;     /* by bottle */
    tns_day first_use;  /* of anything; none = nothing was ever used */
    int64_t *last;      /* by product, the last operation that was counted */
    size_t undone_count, undone_room;
    int64_t *undone; /* entries, by number */
} counting;

static bool keep_product(void *user, const char *id, tns_error *err)
{
    tns_usage_list *list = user;
    if ((list->count & (list->count - 1)) == 0) {
        size_t room = list->count ? 2 * list->count : 1;
        tns_product_usage *more = realloc(list->products, room * sizeof *more);
        if (!more)
            return tns_error_set(err, TNS_ERROR_MEMORY, "usage: out of memory");
        list->products = more;
    }
    tns_product_usage *usage = &list->products[list->count++];
    memset(usage, 0, sizeof *usage);
    return tns_text_copy(usage->product, sizeof usage->product, id);
}

static int by_id(const void *key, const void *usage)
{
    return strcmp(key, ((const tns_product_usage *)usage)->product);
}

static bool set_number(numbers *n, int64_t key, size_t value, tns_error *err)
{
    size_t room = n->room ? n->room : 64;
    while ((size_t)key >= room)
        room *= 2;
    if (room > n->room) {
        size_t *more = realloc(n->of, room * sizeof *more);
        if (!more)
            return tns_error_set(err, TNS_ERROR_MEMORY, "usage: out of memory");
        memset(more + n->room, 0, (room - n->room) * sizeof *more);
        n->of = more;
        n->room = room;
    }
    n->of[key] = value;
    return true;
}

static size_t number_of(const numbers *n, int64_t key)
{
    return (size_t)key < n->room ? n->of[key] : 0;
}

static bool keep_lot(void *user, int64_t lot, const char *product, tns_error *err)
{
    counting *c = user;
    const tns_product_usage *found =
        bsearch(product, c->list->products, c->list->count, sizeof *c->list->products, by_id);
    return set_number(&c->product_of, lot, found ? (size_t)(found - c->list->products) + 1 : 0,
                      err);
}

/* The weeks that end with the last one and hold this day, 0 to 52. */
static int weeks_since(const counting *c, tns_day day)
{
    tns_day since = day > c->from ? (day - c->from) / WEEK : 0;
    return since < TNS_USAGE_WEEKS ? TNS_USAGE_WEEKS - since : 0;
}

/* Nobody noted uses of it before the first use of anything. */
static void know_since(const counting *c, size_t product, tns_day received)
{
    int weeks = weeks_since(c, received > c->first_use ? received : c->first_use);
    int *known = product ? &c->list->products[product - 1].known : NULL;
    if (known && c->first_use != TNS_NO_DAY && *known < weeks)
        *known = weeks;
}

static bool keep_bottle(void *user, int64_t bottle, int64_t lot, tns_day received, tns_error *err)
{
    counting *c = user;
    know_since(c, number_of(&c->product_of, lot), received);
    return set_number(&c->lot_of, bottle, (size_t)lot, err);
}

static bool keep_undone(void *user, int64_t entry, tns_error *err)
{
    counting *c = user;
    if (c->undone_count == c->undone_room) {
        size_t room = c->undone_room ? 2 * c->undone_room : 64;
        int64_t *more = realloc(c->undone, room * sizeof *more);
        if (!more)
            return tns_error_set(err, TNS_ERROR_MEMORY, "usage: out of memory");
        c->undone = more;
        c->undone_room = room;
    }
    c->undone[c->undone_count++] = entry;
    return true;
}

static int by_number(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

static bool was_undone(const counting *c, int64_t entry)
{
    return c->undone_count > 0 &&
           bsearch(&entry, c->undone, c->undone_count, sizeof entry, by_number);
}

static void count_use(void *user, const tns_use *use)
{
    counting *c = user;
    size_t week = (size_t)(use->day - c->from) / WEEK;
    size_t number = number_of(&c->product_of, (int64_t)number_of(&c->lot_of, use->bottle));
    if (number == 0 || was_undone(c, use->entry))
        return;
    tns_product_usage *usage = &c->list->products[number - 1];
    usage->amount[week] += use->amount;
    usage->uses[week] += c->last[number - 1] != use->operation;
    c->last[number - 1] = use->operation;
}

static bool count_all(tns_db *db, tns_day monday, counting *c, tns_error *err)
{
    if (!tns_use_first(db, &c->first_use, err) ||
        !tns_product_walk(db, keep_product, c->list, err) ||
        !tns_lot_products_walk(db, keep_lot, c, err) ||
        !tns_bottle_lots_walk(db, keep_bottle, c, err))
        return false;
    c->last = calloc(c->list->count + 1, sizeof *c->last);
    if (!c->last)
        return tns_error_set(err, TNS_ERROR_MEMORY, "usage: out of memory");
    return tns_undone_walk(db, keep_undone, c, err) &&
           tns_use_walk(db, c->from, monday, count_use, c, err);
}

bool tns_stock_usage(tns_stock *stock, tns_day monday, tns_usage_list *out, tns_error *err)
{
    counting c = {.list = out, .from = monday - WEEK * TNS_USAGE_WEEKS};
    *out = (tns_usage_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = count_all(stock->db, monday, &c, err);
    tns_db_rollback(stock->db);
    free(c.product_of.of);
    free(c.lot_of.of);
    free(c.last);
    free(c.undone);
    return done;
}

void tns_usage_list_finish(tns_usage_list *list)
{
    free(list->products);
    *list = (tns_usage_list){0};
}

/* ---- what there is ---- */

static int by_receipt(const void *one, const void *other)
{
    const tns_bottle *a = one, *b = other;
    if (a->received != b->received)
        return a->received < b->received ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static bool visit_product(tns_db *db, const tns_product *product, tns_supply_visit *visit,
                          void *user, tns_error *err)
{
    tns_bottle_list list = {0};
    bool done = tns_bottle_candidates(db, product, &list, err);
    if (done && list.count > 1)
        qsort(list.bottles, list.count, sizeof *list.bottles, by_receipt);
    for (size_t i = 0; done && i < list.count; i++)
        done = visit(user, product, &list.bottles[i], err);
    tns_bottle_list_finish(&list);
    return done;
}

bool tns_stock_supply(tns_stock *stock, const tns_product_list *products, tns_supply_visit *visit,
                      void *user, tns_error *err)
{
    bool done = tns_db_begin_reading(stock->db, err);
    if (!done)
        return false;
    for (size_t i = 0; done && i < products->count; i++)
        done = visit_product(stock->db, &products->products[i].product, visit, user, err);
    tns_db_rollback(stock->db);
    return done;
}
