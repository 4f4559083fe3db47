/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What suppliers ask for, and what is on order. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "service/plan/work.h"

enum { USUAL_LEAD = 7 };
static const double HOLDING = 0.2;     /* a year, of a price: the textbook's usual */
static const double LEAD_SPREAD = 0.3; /* of a lead time, one sd, where terms do not tell */

/* The first of a product, in a list that is by product. */
static size_t first_of(const tns_terms_list *list, const char *product)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(list->terms[middle].product, product) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of its supplier, as an order finds them: by name, ASCII case aside. NULL where none are told. */
static const tns_terms *terms_of(const tns_plan_work *w, const tns_product *p)
{
    const tns_terms_list *list = &w->terms;
    const tns_terms *found = NULL;
    for (size_t i = first_of(list, p->id);
         i < list->count && strcmp(list->terms[i].product, p->id) == 0; i++)
        if (tns_text_same(list->terms[i].supplier, p->supplier))
            found = &list->terms[i];
    return found;
}

int tns_plan_lead(const tns_plan_work *w, const tns_product *p)
{
    const tns_terms *t = terms_of(w, p);
    int days = t && t->lead_days > 0 ? t->lead_days : p->lead_days;
    return days > 0 ? days : USUAL_LEAD;
}

static void set_prices(const tns_terms *t, tns_reorder_terms *out)
{
    out->least = (double)t->least_packs;
    out->step = (double)t->step_packs;
    if (t->price_count > 0 && (t->prices[0].packs <= 1 || out->price <= 0))
        out->price = (double)t->prices[0].cents;
    for (size_t i = 0; i < t->price_count && i < TNS_PRICE_BREAKS; i++)
        out->break_at[out->breaks++] =
            (tns_price_break){(double)t->prices[i].packs, (double)t->prices[i].cents};
}

void tns_plan_set_terms(const tns_plan_work *w, const tns_product *p, tns_item *out)
{
    const tns_terms *t = terms_of(w, p);
    out->lead_days = tns_plan_lead(w, p);
    out->lead_sd =
        t && t->spread_tenths > 0 ? t->spread_tenths / 10.0 : LEAD_SPREAD * out->lead_days;
    out->terms = (tns_reorder_terms){.price = (double)p->cost_cents,
                                     .order_cost = (double)w->request->order_cost_cents,
                                     .holding = HOLDING};
    if (t)
        set_prices(t, &out->terms);
}

/* ---- on order ---- */

/* What has not come, sent or only proposed: neither is to be ordered twice. */
static bool add_line(tns_plan_work *w, const tns_order *order, const tns_order_item *line,
                     tns_error *err)
{
    const tns_product *p = tns_plan_find_product(w, line->product);
    tns_plan_item *item = p ? tns_plan_find_item(w, tns_plan_item_id(p)) : NULL;
    tns_day due = order->expected ? order->expected : w->today + (p ? tns_plan_lead(w, p) : 0);
    const tns_supply supply = {.amount = (double)line->pack,
                               .from = due > w->today ? due : w->today + 1,
                               .pao_months = p ? tns_plan_months(p->pao_months) : 0};
    for (int64_t n = line->received; item && line->pack > 0 && n < line->packs; n++)
        if (!tns_plan_add_supply(item, &supply, (tns_plan_bottle){0, p}, err))
            return false;
    return true;
}

bool tns_plan_gather_terms(tns_plan_work *w, tns_error *err)
{
    const tns_order_question open = {.open = true};
    if (!tns_terms_list_find(w->stock, NULL, &w->terms, err) ||
        !tns_order_list_find(w->stock, &open, &w->orders, err))
        return false;
    for (size_t i = 0; i < w->orders.count; i++)
        for (size_t k = 0; k < w->orders.orders[i].line_count; k++)
            if (!add_line(w, &w->orders.orders[i], &w->orders.orders[i].lines[k], err))
                return false;
    return true;
}
