/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store is opened, and asked what is there. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stock/chain.h"
#include "stock/ledger.h"
#include "stock/sql/people.h"
#include "stock/sql/schema.h"

/* In an order that leaves alone what is not ours, or newer. */
static bool make_ready(tns_db *db, int schema, tns_stock_access access, tns_error *err)
{
    if (schema == 0 && access == TNS_STOCK_EXISTING)
        return tns_error_set(err, TNS_ERROR_NOT_FOUND,
                             "%s: there is no store yet: stock product add makes one",
                             tns_db_name(db));
    return tns_schema_is_known(db, schema, err) && tns_db_prepare(db, err) &&
           tns_schema_bring_up(db, schema, err);
}

tns_stock *tns_stock_open(const char *path, tns_stock_access access, tns_error *err)
{
    int schema = 0;
    tns_stock *stock = calloc(1, sizeof *stock);
    if (!stock) {
        tns_error_set(err, TNS_ERROR_MEMORY, "stock: out of memory");
        return NULL;
    }
    stock->db = tns_db_open(path ? path : "", access, &schema, err);
    if (stock->db && make_ready(stock->db, schema, access, err))
        return stock;
    tns_stock_close(stock);
    return NULL;
}

void tns_stock_close(tns_stock *stock)
{
    if (!stock)
        return;
    tns_db_close(stock->db);
    free(stock);
}

bool tns_stock_begin_reading(tns_stock *stock, tns_error *err)
{
    return tns_db_begin_reading(stock->db, err);
}

void tns_stock_end_reading(tns_stock *stock)
{
    tns_db_rollback(stock->db);
}

void tns_stock_libraries(char *text, size_t size)
{
    char nettle[64];
    tns_chain_version(nettle, sizeof nettle);
    tns_text_format(text, size, "%s, %s", tns_db_version(), nettle);
}

/* ---- questions ---- */

static int by_use_by(const void *one, const void *other)
{
    const tns_bottle *a = one, *b = other;
    if (a->use_by != b->use_by)
        return a->use_by < b->use_by ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static bool expires_within(const tns_bottle *bottle, tns_day day, int days)
{
    return bottle->use_by != TNS_NO_DAY && bottle->use_by <= day + days;
}

static void keep_expiring(tns_bottle_list *list, tns_day day, int days)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (expires_within(&list->bottles[i], day, days))
            list->bottles[kept++] = list->bottles[i];
    list->count = kept;
    if (kept > 1)
        qsort(list->bottles, kept, sizeof *list->bottles, by_use_by);
}

static bool collect(tns_stock *stock, const tns_stock_question *q, tns_bottle_list *out,
                    tns_error *err)
{
    tns_product product;
    return (!q->product || tns_expect_product(stock->db, q->product, &product, err)) &&
           tns_bottle_collect(stock->db, q->product, 0, q->with_empty, out, err);
}

bool tns_stock_list(tns_stock *stock, const tns_stock_question *question, tns_bottle_list *out,
                    tns_error *err)
{
    tns_day day = question->on ? question->on : tns_day_today(question->context);
    *out = (tns_bottle_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = collect(stock, question, out, err);
    tns_db_rollback(stock->db);
    if (!done)
        return false;
    for (size_t i = 0; i < out->count; i++)
        out->bottles[i].status = tns_bottle_status_on(&out->bottles[i], day);
    if (question->expiring)
        keep_expiring(out, day, question->within_days);
    return true;
}

bool tns_stock_bottle(tns_stock *stock, int64_t id, tns_bottle *out, tns_error *err)
{
    if (!tns_expect_bottle(stock->db, id, out, err))
        return false;
    out->status = tns_bottle_status_on(out, tns_day_today(NULL));
    return true;
}

bool tns_stock_product(tns_stock *stock, const char *id, tns_product *out, tns_error *err)
{
    return tns_expect_product(stock->db, id, out, err) && tns_ingredients_find(stock->db, out, err);
}

bool tns_stock_next(tns_stock *stock, const char *product, tns_bottle *out, tns_error *err)
{
    tns_bottle_list list = {0};
    const tns_stock_question question = {.product = product};
    bool done = tns_stock_list(stock, &question, &list, err);
    if (done && list.count == 0)
        done = tns_error_set(err, TNS_ERROR_NOT_ENOUGH, "%s: there is none left", product);
    if (done) {
        tns_bottles_sort(list.bottles, list.count, tns_day_today(NULL));
        *out = list.bottles[0];
    }
    tns_bottle_list_finish(&list);
    return done;
}

/* ---- the log ---- */

static bool keep_entry(void *user, const tns_entry *entry, tns_error *err)
{
    return tns_entry_list_add(user, entry, err);
}

bool tns_stock_log(tns_stock *stock, int64_t since, tns_entry_list *out, tns_error *err)
{
    *out = (tns_entry_list){0};
    return tns_entry_walk(stock->db, 1, since, keep_entry, out, err);
}
