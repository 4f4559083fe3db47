/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What there is of many products: lots and bottles are each read once, in the order they lie in,
 * and put to their products here. To ask for each product's is to jump about in both tables.
 */
#include <stdlib.h>
#include <string.h>

#include <tonsure/usage.h>

#include "stock/ledger.h"
#include "stock/list.h"
#include "stock/sql/supply.h"

typedef struct shelf_lot {
    int64_t id;
    size_t product; /* its place in the list; none of those = the list's length */
    tns_day expires;
    bool sterile, quarantined, recalled;
} shelf_lot;

typedef struct shelf {
    const tns_product_list *products;
    size_t lot_count;
    shelf_lot *lots; /* owned; by id */
    size_t bottle_count;
    tns_stocked *bottles; /* owned; by id, of these products alone */
    tns_stocked *sorted;  /* owned; product by product */
    size_t *ends;         /* owned; by product, where its own end there */
} shelf;

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "supply: out of memory");
}

/* ---- lots and bottles ---- */

static int by_id(const void *key, const void *state)
{
    return strcmp(key, ((const tns_product_state *)state)->product.id);
}

static bool keep_lot(void *user, const tns_lot *lot, int64_t on_hand, tns_error *err)
{
    (void)on_hand;
    shelf *s = user;
    const tns_product_list *list = s->products;
    const tns_product_state *found =
        bsearch(lot->product, list->products, list->count, sizeof *list->products, by_id);
    shelf_lot *one = tns_list_grow(&s->lots, &s->lot_count, sizeof *one);
    if (!one)
        return no_memory(err);
    *one = (shelf_lot){.id = lot->id,
                       .product = found ? (size_t)(found - list->products) : list->count,
                       .expires = lot->expires,
                       .sterile = lot->sterile,
                       .quarantined = lot->quarantined,
                       .recalled = lot->recalled};
    return true;
}

static int is_lot(const void *id, const void *lot)
{
    int64_t a = *(const int64_t *)id, b = ((const shelf_lot *)lot)->id;
    return (a > b) - (a < b);
}

/* They are numbered from 1 without gaps, but in a damaged store. NULL = it is not there. */
static const shelf_lot *lot_of(const shelf *s, const tns_stocked *bottle)
{
    size_t at = (size_t)bottle->lot - 1;
    if (at < s->lot_count && s->lots[at].id == bottle->lot)
        return &s->lots[at];
    return s->lots ? bsearch(&bottle->lot, s->lots, s->lot_count, sizeof *s->lots, is_lot) : NULL;
}

static bool keep_bottle(void *user, const tns_stocked *bottle, tns_error *err)
{
    shelf *s = user;
    const shelf_lot *lot = lot_of(s, bottle);
    if (!lot || lot->product == s->products->count)
        return true;
    tns_stocked *one = tns_list_grow(&s->bottles, &s->bottle_count, sizeof *one);
    if (!one)
        return no_memory(err);
    *one = *bottle;
    return true;
}

/* ---- in the order they came ---- */

static int by_receipt(const void *one, const void *other)
{
    const tns_stocked *a = one, *b = other;
    if (a->received != b->received)
        return a->received < b->received ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

/* Most stand so as they are: who comes later has the higher number, but for what is told late. */
static void sort_by_receipt(tns_stocked *bottles, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (bottles[i].received < bottles[i - 1].received) {
            qsort(bottles, count, sizeof *bottles, by_receipt);
            return;
        }
}

/* By counting: how many there are of each product says where the next one's begin. */
static bool sort_by_product(shelf *s, tns_error *err)
{
    size_t begin = 0;
    s->sorted = malloc((s->bottle_count + 1) * sizeof *s->sorted);
    s->ends = calloc(s->products->count + 1, sizeof *s->ends);
    if (!s->sorted || !s->ends)
        return no_memory(err);
    for (size_t i = 0; i < s->bottle_count; i++)
        s->ends[lot_of(s, &s->bottles[i])->product]++;
    for (size_t i = 0; i < s->products->count; i++) {
        size_t count = s->ends[i];
        s->ends[i] = begin;
        begin += count;
    }
    for (size_t i = 0; i < s->bottle_count; i++)
        s->sorted[s->ends[lot_of(s, &s->bottles[i])->product]++] = s->bottles[i];
    for (size_t i = 0; i < s->products->count; i++) {
        size_t first = i > 0 ? s->ends[i - 1] : 0;
        sort_by_receipt(s->sorted + first, s->ends[i] - first);
    }
    return true;
}

/* ---- told ---- */

static bool tell(const shelf *s, const tns_stocked *b, tns_bottle *bottle, tns_supply_visit *visit,
                 void *user, tns_error *err)
{
    const shelf_lot *lot = lot_of(s, b);
    const tns_product *p = &s->products->products[lot->product].product;
    bottle->id = b->id;
    bottle->lot_number = b->lot;
    bottle->kind = p->kind;
    bottle->pao_months = p->pao_months;
    bottle->on_hand = b->on_hand;
    bottle->received = b->received;
    bottle->opened = b->opened;
    bottle->expires = lot->expires;
    bottle->sterile = lot->sterile;
    bottle->quarantined = lot->quarantined;
    bottle->recalled = lot->recalled;
    bottle->use_by = tns_bottle_use_by(lot->expires, b->opened, p->pao_months);
    return visit(user, p, bottle, err);
}

static bool gather(tns_db *db, shelf *s, tns_error *err)
{
    return tns_lot_walk(db, keep_lot, s, err) && tns_stocked_walk(db, keep_bottle, s, err) &&
           sort_by_product(s, err);
}

bool tns_stock_supply(tns_stock *stock, const tns_product_list *products, tns_supply_visit *visit,
                      void *user, tns_error *err)
{
    shelf s = {.products = products};
    tns_bottle bottle = {0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = gather(stock->db, &s, err);
    tns_db_rollback(stock->db);
    for (size_t i = 0; done && i < s.bottle_count; i++)
        done = tell(&s, &s.sorted[i], &bottle, visit, user, err);
    free(s.lots);
    free(s.bottles);
    free(s.sorted);
    free(s.ends);
    return done;
}
