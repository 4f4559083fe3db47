/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used of each product, week by week. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/usage.h>

#include "base/text.h"
#include "stock/ledger.h"
#include "stock/sql/usage.h"

enum { WEEK = 7, DAY_SECONDS = 86400 };

typedef struct counting {
    tns_usage_list *list;
    tns_day from;
    size_t *product_of; /* by bottle, the number of its product; from 1 */
    size_t bottles;
    int64_t *last; /* by product, the last operation that was counted */
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

/* Bottles come by number, so that there is always room for the next power of two. */
static bool keep_bottle(void *user, int64_t bottle, const char *product, tns_error *err)
{
    counting *c = user;
    size_t room = c->bottles ? c->bottles : 64;
    while ((size_t)bottle >= room)
        room *= 2;
    if (room > c->bottles) {
        size_t *more = realloc(c->product_of, room * sizeof *more);
        if (!more)
            return tns_error_set(err, TNS_ERROR_MEMORY, "usage: out of memory");
        memset(more + c->bottles, 0, (room - c->bottles) * sizeof *more);
        c->product_of = more;
        c->bottles = room;
    }
    const tns_product_usage *found =
        bsearch(product, c->list->products, c->list->count, sizeof *c->list->products, by_id);
    c->product_of[bottle] = found ? (size_t)(found - c->list->products) + 1 : 0;
    return true;
}

static void count_use(void *user, const tns_use *use)
{
    counting *c = user;
    size_t bottle = (size_t)use->bottle, week = (size_t)(use->day - c->from) / WEEK;
    size_t number = bottle < c->bottles ? c->product_of[bottle] : 0;
    if (number == 0)
        return;
    tns_product_usage *usage = &c->list->products[number - 1];
    usage->amount[week] += use->amount;
    usage->uses[week] += c->last[number - 1] != use->operation;
    c->last[number - 1] = use->operation;
}

static bool count_all(tns_db *db, tns_day monday, counting *c, tns_error *err)
{
    int64_t first;
    if (!tns_product_walk(db, keep_product, c->list, err) ||
        !tns_bottle_products_walk(db, keep_bottle, c, err))
        return false;
    c->last = calloc(c->list->count + 1, sizeof *c->last);
    if (!c->last)
        return tns_error_set(err, TNS_ERROR_MEMORY, "usage: out of memory");
    /* A day begins up to half a day before it does in UTC. */
    return tns_entry_first_since(db, (int64_t)(c->from - 1) * DAY_SECONDS, &first, err) &&
           tns_use_walk(db, first, c->from, monday, count_use, c, err);
}

bool tns_stock_usage(tns_stock *stock, tns_day monday, tns_usage_list *out, tns_error *err)
{
    counting c = {.list = out, .from = monday - WEEK * TNS_USAGE_WEEKS};
    *out = (tns_usage_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = count_all(stock->db, monday, &c, err);
    tns_db_rollback(stock->db);
    free(c.product_of);
    free(c.last);
    return done;
}

void tns_usage_list_finish(tns_usage_list *list)
{
    free(list->products);
    *list = (tns_usage_list){0};
}
