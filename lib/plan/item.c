/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much to order, and all that falls due. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/plan.h>

#include "plan/item.h"

enum { YEAR = 365, WEEK = 7, PACKS_MOST = 100000 };

/* The newsvendor over the label's life. */
static double most_packs(const tns_item *item, tns_day arrives)
{
    tns_moments uses = tns_demand_uses(item->demand, arrives, arrives + tns_item_life(item));
    double ratio = tns_critical_ratio(item->terms.order_cost, item->terms.price);
    if (!(ratio > 0))
        ratio = 0.5;
    double amount = tns_count_quantile(uses, ratio) * item->demand->size;
    double used = tns_item_pack_use(item);
    return used > 0 ? fmin(floor(amount / used), PACKS_MOST) : 1;
}

typedef struct purchase {
    tns_item item; /* its last supply is what is bought */
    tns_supply *bought;
    tns_day by;
    double at_a_time; /* packs of an order; 0 = those that are bought */
} purchase;

static bool is_enough(const purchase *p, double packs)
{
    p->bought->amount = packs * p->item.pack;
    double at_a_time = p->at_a_time > 0 ? p->at_a_time : packs;
    return tns_item_standing(&p->item, p->by, at_a_time).cause == TNS_ORDER_NOT_NEEDED;
}

/* The fewest that are enough, which all above are too: by doubling, then by halving between. */
static double fewest(const purchase *p, double least)
{
    double low = least - 1, high = least; /* low is too few, or not asked for */
    while (high < PACKS_MOST && !is_enough(p, high)) {
        low = high;
        high = fmin(2 * high, PACKS_MOST);
    }
    while (high - low > 1) {
        double middle = floor(0.5 * (low + high));
        if (is_enough(p, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* As many as end the need for an order on that day, and no fewer than `least`. */
static double least_packs(const tns_item *item, tns_day by, double least, double at_a_time)
{
    tns_supply *all = malloc((item->supplies + 1) * sizeof *all);
    if (!all)
        return least;
    if (item->supplies)
        memcpy(all, item->supply, item->supplies * sizeof *all);
    purchase p = {.item = *item, .bought = &all[item->supplies], .by = by, .at_a_time = at_a_time};
    p.item.supply = all;
    all[p.item.supplies++] = (tns_supply){0};
    least = fewest(&p, least);
    free(all);
    return least;
}

double tns_item_packs(const tns_item *item, tns_day by)
{
    double used = tns_item_pack_use(item);
    double needed = least_packs(item, by, 1, 0);
    double a_year = used > 0 ? tns_item_use(item, YEAR) / used : 0;
    double most = fmax(most_packs(item, by + item->lead_days), needed);
    return tns_order_packs(&item->terms, a_year, needed, most);
}

/* ---- all that falls due ---- */

/* What goes with an order: all until the next look, a week's where none is told. */
static int bundled_days(const tns_item *item)
{
    return item->review_days > 0 ? item->review_days : WEEK;
}

/* The fewest packs that such an order will be. */
static double packs_at_a_time(const tns_item *item)
{
    if (item->review_days > 0 || !(item->pack > 0))
        return 1;
    return fmax(ceil(tns_item_use(item, WEEK) / item->pack - 1e-9), 1);
}

/* Due when? The need for an order, once there, stays until one is made. */
static tns_day first_due(const tns_item *item, tns_day from, tns_day until, tns_standing *because)
{
    double packs = packs_at_a_time(item);
    if (from > until)
        return TNS_NO_DAY;
    *because = tns_item_standing(item, until, packs);
    if (because->cause == TNS_ORDER_NOT_NEEDED)
        return TNS_NO_DAY;
    while (from < until) {
        tns_day middle = from + (until - from) / 2;
        tns_standing s = tns_item_standing(item, middle, packs);
        if (s.cause == TNS_ORDER_NOT_NEEDED) {
            from = middle + 1;
        } else {
            until = middle;
            *because = s;
        }
    }
    return until;
}

typedef struct schedule {
    tns_item item; /* its supply is `all` */
    tns_supply *all;
    size_t room;
    size_t delivery; /* where the last begins */
} schedule;

static bool put(schedule *s, const tns_supply *supply, tns_error *err)
{
    if (s->item.supplies == s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        tns_supply *all = realloc(s->all, room * sizeof *all);
        if (!all)
            return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
        s->item.supply = s->all = all;
        s->room = room;
    }
    s->all[s->item.supplies++] = *supply;
    return true;
}

/* Like ones may be taken for one: those whose end is the label's, or that one use or two days
   use up. */
static bool are_one(const tns_item *item, const tns_supply *a, const tns_supply *b)
{
    bool alike = a->from == b->from && a->expires == b->expires && a->pao_months == b->pao_months &&
                 a->opened == TNS_NO_DAY && b->opened == TNS_NO_DAY;
    double soon = fmax(item->demand->size, tns_item_use(item, 2));
    return alike && (a->pao_months <= 0 || a->amount + b->amount <= soon);
}

static bool add(schedule *s, const tns_supply *supply, tns_error *err)
{
    size_t n = s->item.supplies;
    if (n == s->delivery || !are_one(&s->item, &s->all[n - 1], supply))
        return put(s, supply, err);
    s->all[n - 1].amount += supply->amount;
    return true;
}

static bool deliver(schedule *s, const tns_order_line *line, tns_error *err)
{
    const tns_supply pack = {
        .amount = s->item.pack,
        .from = line->arrives,
        .expires = line->arrives + tns_item_life(&s->item),
        .pao_months = s->item.pao_months,
    };
    bool done = true;
    s->delivery = s->item.supplies;
    for (double p = 0; done && p < line->packs; p++)
        done = add(s, &pack, err);
    return done;
}

/* Of what was delivered; no two orders are of one day. */
static void tell_fate(const schedule *s, size_t bought, const tns_fate *fate, tns_order_line *line)
{
    for (size_t i = bought; i < s->item.supplies; i++) {
        const tns_fate *f = &fate[i];
        if (s->all[i].from != line->arrives)
            continue;
        line->will_expire += f->wasted;
        if (f->wasted > 0 && (line->expires_on == TNS_NO_DAY || f->ends < line->expires_on))
            line->expires_on = f->ends;
    }
}

/* From the supply `bought` on. */
static bool foresee(const schedule *s, size_t bought, tns_order_line *lines, size_t count,
                    tns_error *err)
{
    tns_fate *fate = malloc((s->item.supplies + 1) * sizeof *fate);
    if (!fate)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    tns_outlook outlook;
    tns_day last = count ? lines[count - 1].arrives + tns_item_life(&s->item) + 1 : 0;
    tns_supply_follow(s->item.demand, s->all, s->item.supplies, last, fate, &outlook);
    for (size_t i = 0; i < count; i++)
        tell_fate(s, bought, fate, &lines[i]);
    free(fate);
    return true;
}

static tns_day bundled_until(const tns_item *item, tns_day by)
{
    int days = bundled_days(item);
    return by + (days > 1 ? days - 1 : 1);
}

static double packs_of(const tns_item *item, tns_day by)
{
    double packs = tns_item_packs(item, by);
    double with_later = least_packs(item, bundled_until(item, by), packs, packs_at_a_time(item));
    return with_later > packs ? tns_packs_allowed(&item->terms, with_later) : packs;
}

static bool schedule_all(schedule *s, tns_day until, tns_order_line *lines, size_t most,
                         size_t *count, tns_error *err)
{
    tns_day from = s->item.demand->first;
    while (*count < most) {
        tns_order_line line = {0};
        line.by = first_due(&s->item, from, until, &line.because);
        if (line.by == TNS_NO_DAY)
            return true;
        line.arrives = line.by + s->item.lead_days;
        line.packs = packs_of(&s->item, line.by);
        line.price = tns_pack_price(&s->item.terms, line.packs);
        if (!deliver(s, &line, err))
            return false;
        lines[(*count)++] = line;
        from = bundled_until(&s->item, line.by) + 1;
    }
    return true;
}

bool tns_item_plan(const tns_item *item, tns_day until, tns_order_line *lines, size_t most,
                   size_t *count, tns_error *err)
{
    schedule s = {.item = *item};
    *count = 0;
    s.item.supplies = 0;
    bool done = true;
    for (size_t i = 0; done && i < item->supplies; i++)
        done = add(&s, &item->supply[i], err);
    size_t bought = s.item.supplies;
    done = done && schedule_all(&s, until, lines, most, count, err) &&
           foresee(&s, bought, lines, *count, err);
    free(s.all);
    return done;
}
