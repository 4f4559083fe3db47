/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used of each product, week by week. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/usage.h>

#include "base/text.h"
#include "stock/ledger.h"
#include "stock/list.h"
#include "stock/sql/usage.h"

enum { WEEK = 7 };

typedef struct counting {
    tns_usage_list *list;
    tns_day from, first; /* Mondays; of the first use of anything, none = nothing was ever used */
} counting;

/* The weeks that end with the last one and hold this day, 0 to 52. */
static int weeks_since(const counting *c, tns_day day)
{
    tns_day since = day > c->from ? (day - c->from) / WEEK : 0;
    return since < TNS_USAGE_WEEKS ? TNS_USAGE_WEEKS - since : 0;
}

/* Nobody noted uses of it before the first use of anything. */
static bool keep_product(void *user, const char *id, tns_day came, tns_error *err)
{
    counting *c = user;
    tns_product_usage *usage = tns_list_grow(&c->list->products, &c->list->count, sizeof *usage);
    if (!usage)
        return tns_error_set(err, TNS_ERROR_MEMORY, "usage: out of memory");
    memset(usage, 0, sizeof *usage);
    if (came != TNS_NO_DAY && c->first != TNS_NO_DAY)
        usage->known = weeks_since(c, came > c->first ? came : c->first);
    return tns_text_copy(usage->product, sizeof usage->product, id);
}

static int by_id(const void *key, const void *usage)
{
    return strcmp(key, ((const tns_product_usage *)usage)->product);
}

static void count_week(void *user, const tns_used *used)
{
    const counting *c = user;
    size_t week = (size_t)(used->monday - c->from) / WEEK;
    tns_product_usage *usage =
        bsearch(used->product, c->list->products, c->list->count, sizeof *c->list->products, by_id);
    if (!usage)
        return;
    usage->amount[week] = used->amount;
    usage->uses[week] = (int)used->operations;
}

bool tns_stock_usage(tns_stock *stock, tns_day monday, tns_usage_list *out, tns_error *err)
{
    tns_day to = tns_used_monday(monday);
    counting c = {.list = out, .from = to - WEEK * TNS_USAGE_WEEKS};
    *out = (tns_usage_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_used_first(stock->db, &c.first, err) &&
                tns_came_walk(stock->db, keep_product, &c, err) &&
                tns_used_walk(stock->db, c.from, to, count_week, &c, err);
    tns_db_rollback(stock->db);
    return done;
}

void tns_usage_list_finish(tns_usage_list *list)
{
    free(list->products);
    *list = (tns_usage_list){0};
}
