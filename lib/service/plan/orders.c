/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to order of an item, and what of it expires. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/plan/work.h"

enum { ORDERS_MOST = 64, WEEK = 7, YEAR = 365 };

/* ---- which product ---- */

static tns_item asked_for(const tns_plan_work *w, const tns_plan_item *item, const tns_product *p)
{
    tns_item asked = {.demand = &item->demand,
                      .supply = item->supply,
                      .supplies = item->supply_count,
                      .pack = (double)p->pack,
                      .pao_months = tns_plan_months(p->pao_months),
                      .review_days = w->request->review_days,
                      .service = w->out->service};
    tns_plan_set_terms(w, p, &asked);
    return asked;
}

/* What a year costs in bottles of it: whole ones that are used up, or as many as expire. */
static double cost_a_year(const tns_plan_work *w, const tns_plan_item *item, const tns_product *p)
{
    tns_item asked = asked_for(w, item, p);
    double used = tns_item_pack_use(&asked), a_year = tns_item_use(&asked, YEAR);
    return (used > 0 ? a_year / used : 1) * asked.terms.price;
}

static bool has_price(const tns_plan_work *w, const tns_plan_item *item, const tns_product *p)
{
    return asked_for(w, item, p).terms.price > 0;
}

/* Of no stated price is not free: a product with one goes first. */
static bool is_better(const tns_plan_work *w, const tns_plan_item *item, const tns_product *p,
                      const tns_product *than)
{
    bool priced = has_price(w, item, p), other = has_price(w, item, than);
    return priced == other ? cost_a_year(w, item, p) < cost_a_year(w, item, than) : priced;
}

static void warn_of_unpriced(tns_plan_work *w, const tns_plan_item *item, const tns_product *best)
{
    for (size_t i = 0; i < item->product_count; i++) {
        const tns_product *p = item->products[i];
        if (p->pack > 0 && has_price(w, item, best) && !has_price(w, item, p))
            tns_warn(&w->out->warnings, "%s has no price (--cost): it is not weighed against %s",
                     p->id, best->id);
    }
}

/* The cheapest a year of those that can be ordered; NULL where none can. */
static const tns_product *choose_product(const tns_plan_work *w, const tns_plan_item *item)
{
    const tns_product *best = NULL;
    for (size_t i = 0; i < item->product_count; i++) {
        const tns_product *p = item->products[i];
        if (p->pack > 0 && (!best || is_better(w, item, p, best)))
            best = p;
    }
    return best;
}

/* ---- a bottle of its own, or a mix ---- */

/* What a unit of the other pigments costs that are open; 0 = there are not two. */
static double mean_open_cost(const tns_plan_work *w, const tns_plan_item *own)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < w->item_count; i++) {
        const tns_plan_item *item = &w->items[i];
        bool open = false;
        for (size_t k = 0; k < item->supply_count; k++)
            open |= item->supply[k].opened != TNS_NO_DAY;
        const tns_product *p = item->product_count ? item->products[0] : NULL;
        if (item == own || item->kind != TNS_PRODUCT_PIGMENT || !open || !p || p->pack <= 0)
            continue;
        sum += (double)p->cost_cents / (double)p->pack;
        count++;
    }
    return count >= 2 ? sum / (double)count : 0;
}

/* A question where more than half of what is ordered would be thrown away. */
static void weigh_mix(const tns_plan_work *w, const tns_plan_item *item, const tns_item *asked,
                      tns_planned_order *o)
{
    double unit = mean_open_cost(w, item);
    if (item->kind != TNS_PRODUCT_PIGMENT || !(unit > 0) || o->cost_cents == 0 ||
        o->will_expire < 0.5 * asked->pack * o->bottles)
        return;
    const tns_shade_choice choice = {
        .price = asked->terms.price,
        .pack = asked->pack,
        .per_year = tns_item_use(asked, YEAR),
        .open_years = asked->pao_months > 0 ? asked->pao_months / 12.0 : 2,
        .part = {0.5, 0.5},
        .cost = {unit, unit},
    };
    tns_shade_costs costs = tns_shade_open_or_mix(&choice);
    if (!(costs.open_per_year > costs.mix_per_year))
        return;
    o->own_cents = (int64_t)llround(costs.open_per_year);
    o->mixed_cents = (int64_t)llround(costs.mix_per_year);
    o->even_at = isfinite(costs.even_at) ? costs.even_at : 0;
}

/* ---- rows ---- */

static void put_order(tns_plan_work *w, const tns_plan_item *item, const tns_product *p,
                      const tns_item *asked, const tns_order_line *line)
{
    tns_planned_order *o = &w->out->orders[w->out->order_count++];
    *o = (tns_planned_order){.pieces = item->pieces,
                             .bottles = (int)line->packs,
                             .pack = p->pack,
                             .by = line->by,
                             .arrives = line->arrives,
                             .cost_cents = (int64_t)llround(line->packs * line->price),
                             .cause = line->because.cause,
                             .will_expire = line->will_expire,
                             .expires_on = line->expires_on};
    tns_text_copy(o->product, sizeof o->product, p->id);
    tns_text_copy(o->item, sizeof o->item, item->id);
    tns_text_copy(o->supplier, sizeof o->supplier, p->supplier);
    tns_plan_reason(item, asked, line, o->reason);
    weigh_mix(w, item, asked, o);
}

static bool order_all(tns_plan_work *w, tns_plan_item *item, tns_error *err)
{
    tns_order_line lines[ORDERS_MOST];
    size_t count = 0, room = w->out->order_count + ORDERS_MOST;
    const tns_product *p = choose_product(w, item);
    if (!p) {
        if (item->taking_count > 0 || item->uses > 0)
            tns_warn(&w->out->warnings, "%s: no product has a pack size (--pack): not ordered",
                     item->id);
        return true;
    }
    tns_item asked = asked_for(w, item, p);
    tns_planned_order *more = realloc(w->out->orders, room * sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    w->out->orders = more;
    if (!tns_item_plan(&asked, w->request->until, lines, ORDERS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        put_order(w, item, p, &asked, &lines[i]);
    if (count > 0)
        warn_of_unpriced(w, item, p);
    return true;
}

static void put_weeks(tns_plan_work *w, const tns_plan_item *item)
{
    for (tns_day monday = tns_week_monday(w->today); monday <= w->request->until; monday += WEEK) {
        tns_planned_week *row = &w->out->weeks[w->out->week_count];
        tns_day last =
            monday + WEEK - 1 < w->request->until ? monday + WEEK - 1 : w->request->until;
        double booked = tns_demand_booked(&item->demand, monday, last);
        double all = tns_demand_amount(&item->demand, monday, last);
        double sd = sqrt(tns_demand_uses(&item->demand, monday, last).variance);
        if (all < 0.05)
            continue;
        *row = (tns_planned_week){.pieces = item->pieces,
                                  .monday = monday,
                                  .booked = booked,
                                  .expected = all - booked,
                                  .sd = sd * item->demand.size};
        tns_text_copy(row->item, sizeof row->item, item->id);
        w->out->week_count++;
    }
}

static void put_item(tns_plan_work *w, const tns_plan_item *item, const tns_outlook *outlook)
{
    tns_planned_item *row = &w->out->items[w->out->item_count++];
    const double *weeks = tns_plan_known_weeks(item);
    tns_demand_pattern pattern = tns_demand_pattern_of(weeks, item->known);
    tns_demand_method method = tns_demand_method_for(&pattern);
    *row = (tns_planned_item){
        .kind = item->kind,
        .pieces = item->pieces,
        .usable = outlook->used,
        .lasts = outlook->runs_out ? outlook->runs_out - 1 : TNS_NO_DAY,
        .per_week = tns_demand_forecast(method, weeks, item->known, (tns_smoothing){0}),
        .pattern = pattern.kind,
        .method = method};
    for (size_t i = 0; i < item->supply_count; i++)
        row->on_hand += item->bottle[i].id ? item->supply[i].amount : 0;
    tns_text_copy(row->id, sizeof row->id, item->id);
}

static bool put_expiries(tns_plan_work *w, const tns_plan_item *item, const tns_fate *fate,
                         tns_error *err)
{
    size_t room = w->out->expiry_count + item->supply_count;
    tns_planned_expiry *more = realloc(w->out->expiries, (room + 1) * sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    w->out->expiries = more;
    for (size_t i = 0; i < item->supply_count; i++) {
        const tns_plan_bottle *bottle = &item->bottle[i];
        if (fate[i].wasted < 0.5 || bottle->id == 0)
            continue;
        tns_planned_expiry *row = &more[w->out->expiry_count++];
        *row = (tns_planned_expiry){.bottle = bottle->id,
                                    .pieces = item->pieces,
                                    .left = fate[i].wasted,
                                    .expires = fate[i].ends};
        tns_text_copy(row->product, sizeof row->product, bottle->product->id);
    }
    return true;
}

bool tns_plan_propose(tns_plan_work *w, tns_plan_item *item, tns_error *err)
{
    tns_outlook outlook;
    tns_fate *fate = malloc((item->supply_count + 1) * sizeof *fate);
    if (!fate)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    tns_supply_follow(&item->demand, item->supply, item->supply_count, w->request->until, fate,
                      &outlook);
    put_item(w, item, &outlook);
    put_weeks(w, item);
    bool done =
        put_expiries(w, item, fate, err) && (item == w->mixed_item || order_all(w, item, err));
    free(fate);
    return done;
}
