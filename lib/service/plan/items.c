/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The items of a shelf: what is interchangeable is one. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/plan/work.h"

enum { WEEK = 7 };

const char *tns_plan_item_id(const tns_product *p)
{
    return p->kind == TNS_PRODUCT_PIGMENT   ? p->pigment
           : p->kind == TNS_PRODUCT_DILUENT ? TNS_DILUENT_ITEM
                                            : p->id;
}

static int by_id(const void *one, const void *other)
{
    return strcmp(((const tns_plan_item *)one)->id, ((const tns_plan_item *)other)->id);
}

tns_plan_item *tns_plan_find_item(tns_plan_work *w, const char *id)
{
    tns_plan_item key = {.id = ""};
    return tns_text_copy(key.id, sizeof key.id, id) && w->items
               ? bsearch(&key, w->items, w->item_count, sizeof key, by_id)
               : NULL;
}

const tns_product *tns_plan_find_product(const tns_plan_work *w, const char *id)
{
    size_t low = 0, high = w->products.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(w->products.products[middle].product.id, id);
        if (order == 0)
            return &w->products.products[middle].product;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

tns_plan_item *tns_plan_item_of(tns_plan_work *w, const char *what)
{
    tns_plan_item *item = tns_plan_find_item(w, what);
    const tns_product *p = item ? NULL : tns_plan_find_product(w, what);
    return p ? tns_plan_find_item(w, tns_plan_item_id(p)) : item;
}

/* One of each id, in order. */
static bool list_items(tns_plan_work *w, tns_error *err)
{
    size_t count = w->products.count, kept = 0;
    w->items = calloc(count + 1, sizeof *w->items);
    if (!w->items)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    for (size_t i = 0; i < count; i++) {
        const tns_product *p = &w->products.products[i].product;
        tns_text_copy(w->items[i].id, sizeof w->items[i].id, tns_plan_item_id(p));
        w->items[i].kind = p->kind;
        w->items[i].pieces = p->pieces;
    }
    qsort(w->items, count, sizeof *w->items, by_id);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(w->items[kept - 1].id, w->items[i].id) != 0)
            w->items[kept++] = w->items[i];
    w->item_count = kept;
    return true;
}

static bool add_product(tns_plan_work *w, const tns_product *p, tns_error *err)
{
    tns_plan_item *item = tns_plan_find_item(w, tns_plan_item_id(p));
    size_t room = (item->product_count + 1) * sizeof *item->products;
    const tns_product **more = realloc((void *)item->products, room);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    item->products = more;
    item->products[item->product_count++] = p;
    return true;
}

double tns_plan_whole(double ampoule, double amount, int uses)
{
    if (!(ampoule > 0) || !(amount > 0))
        return amount;
    int times = uses > 0 ? uses : 1;
    return times * ceil(amount / times / ampoule - 1e-9) * ampoule;
}

/* Of several sizes the largest, so that no visit finds too little; 0 where one is not for single
   use. */
static double ampoule_of(const tns_plan_item *item)
{
    double largest = 0;
    for (size_t i = 0; i < item->product_count; i++) {
        const tns_product *p = item->products[i];
        if (p->pao_months != TNS_SINGLE_USE)
            return 0;
        largest = fmax(largest, (double)p->pack);
    }
    return largest;
}

static void add_usage(tns_plan_work *w)
{
    for (size_t i = 0; i < w->usage.count; i++) {
        const tns_product_usage *u = &w->usage.products[i];
        const tns_product *p = tns_plan_find_product(w, u->product);
        tns_plan_item *item = p ? tns_plan_find_item(w, tns_plan_item_id(p)) : NULL;
        if (item && (size_t)u->known > item->known)
            item->known = (size_t)u->known;
        for (int k = 0; item && k < TNS_USAGE_WEEKS; k++) {
            item->weeks[k] += tns_plan_whole(item->ampoule, (double)u->amount[k], u->uses[k]);
            item->uses += u->uses[k];
        }
    }
}

const double *tns_plan_known_weeks(const tns_plan_item *item)
{
    return item->weeks + TNS_USAGE_WEEKS - item->known;
}

double tns_plan_uses_a_week(const tns_plan_item *item)
{
    return item->known > 0 ? item->uses / (double)item->known : 0;
}

static void count_visits(tns_plan_work *w)
{
    double pigments = 0, most = 0;
    for (size_t i = 0; i < w->item_count; i++) {
        double uses = tns_plan_uses_a_week(&w->items[i]);
        pigments += w->items[i].kind == TNS_PRODUCT_PIGMENT ? uses : 0;
        w->ink_uses += w->items[i].kind != TNS_PRODUCT_CONSUMABLE ? w->items[i].uses : 0;
        most = uses > most ? uses : most;
    }
    w->visits_a_week = pigments > most ? pigments : most;
}

/* A short past is doubtful. */
static void warn_of_few_weeks(tns_plan_work *w)
{
    const tns_plan_item *least = NULL;
    size_t count = 0;
    for (size_t i = 0; i < w->item_count; i++) {
        const tns_plan_item *item = &w->items[i];
        if (!(item->uses > 0) || item->known == TNS_USAGE_WEEKS)
            continue;
        count++;
        if (!least || item->known < least->known)
            least = item;
    }
    if (count == 1)
        tns_warn(&w->out->warnings, "the use of %s is known for %zu of 52 weeks: forecast by these",
                 least->id, least->known);
    else if (count > 1)
        tns_warn(&w->out->warnings,
                 "the use of %zu items is known for fewer than 52 weeks, of %s for %zu: forecast "
                 "by these",
                 count, least->id, least->known);
}

/* ---- bottles ---- */

/* Two arrays of one size, which grow together. */
static bool make_room(tns_plan_item *item, tns_error *err)
{
    size_t room = item->supply_room, count = item->supply_count;
    tns_supply *supply = tns_plan_grow(item->supply, count, &room, sizeof *supply);
    if (supply)
        item->supply = supply;
    tns_plan_bottle *bottle =
        supply ? tns_plan_grow(item->bottle, count, &item->supply_room, sizeof *bottle) : NULL;
    if (bottle)
        item->bottle = bottle;
    return bottle || tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
}

bool tns_plan_add_supply(tns_plan_item *item, const tns_supply *supply, tns_plan_bottle bottle,
                         tns_error *err)
{
    if (!make_room(item, err))
        return false;
    item->bottle[item->supply_count] = bottle;
    item->supply[item->supply_count++] = *supply;
    return true;
}

typedef struct adding {
    tns_plan_work *w;
    const tns_product *product; /* the last one, whose bottles follow each other */
    tns_plan_item *item;
} adding;

/* What may be used. */
static bool add_bottle(void *user, const tns_product *product, const tns_bottle *b, tns_error *err)
{
    adding *a = user;
    if (product != a->product)
        a->item = tns_plan_find_item(a->w, tns_plan_item_id(product));
    a->product = product;
    bool once = b->pao_months == TNS_SINGLE_USE && b->opened != TNS_NO_DAY;
    const tns_supply supply = {.amount = (double)b->on_hand,
                               .expires = once ? b->use_by : b->expires,
                               .opened = b->opened,
                               .pao_months = tns_plan_months(b->pao_months)};
    return !a->item || tns_bottle_refusal(b, a->w->today) != TNS_OK ||
           tns_plan_add_supply(a->item, &supply, (tns_plan_bottle){b->id, product}, err);
}

/* Where no week of uses is over yet, the one that runs is one as far as it goes. */
static bool gather_usage(tns_plan_work *w, tns_error *err)
{
    tns_day monday = tns_week_monday(w->today);
    bool known = false;
    if (!tns_stock_usage(w->stock, monday, &w->usage, err))
        return false;
    for (size_t i = 0; i < w->usage.count; i++)
        known |= w->usage.products[i].known > 0;
    if (known)
        return true;
    tns_usage_list_finish(&w->usage);
    return tns_stock_usage(w->stock, monday + WEEK, &w->usage, err);
}

bool tns_plan_gather_items(tns_plan_work *w, tns_error *err)
{
    if (!tns_stock_products(w->stock, w->today, NULL, &w->products, err) || !gather_usage(w, err) ||
        !list_items(w, err))
        return false;
    for (size_t i = 0; i < w->products.count; i++)
        if (!add_product(w, &w->products.products[i].product, err))
            return false;
    for (size_t i = 0; i < w->item_count; i++)
        w->items[i].ampoule = ampoule_of(&w->items[i]);
    add_usage(w);
    count_visits(w);
    warn_of_few_weeks(w);
    adding bottles = {.w = w};
    return tns_stock_supply(w->stock, &w->products, add_bottle, &bottles, err);
}

void tns_plan_finish_items(tns_plan_work *w)
{
    for (size_t i = 0; i < w->item_count; i++) {
        tns_plan_item *item = &w->items[i];
        free((void *)item->products);
        free(item->supply);
        free(item->bottle);
        free(item->takings);
        tns_demand_finish(&item->demand);
    }
    free(w->items);
    free(w->visits.visits);
    free(w->mixed);
    tns_product_list_finish(&w->products);
    tns_usage_list_finish(&w->usage);
    tns_visit_list_finish(&w->booked);
    tns_terms_list_finish(&w->terms);
    tns_order_list_finish(&w->orders);
}
