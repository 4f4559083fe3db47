/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much to order, and all that falls due. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/plan.h>

#include "plan/item.h"

enum { USUAL_LIFE = 720, YEAR = 365, PACKS_MOST = 1000 };

int tns_item_life(const tns_item *item)
{
    return item->life_days > 0 ? item->life_days : USUAL_LIFE;
}

/* In the long run; the calendar's own days where nothing is known beyond them. */
static double amount_a_day(const tns_item *item)
{
    const tns_demand *d = item->demand;
    double beyond = d->beyond.booked + d->beyond.expected;
    if (beyond > 0 || d->days == 0)
        return beyond;
    return tns_demand_amount(d, d->first, d->first + (tns_day)d->days - 1) / YEAR;
}

double tns_item_use(const tns_item *item, double days)
{
    return days * amount_a_day(item);
}

double tns_item_good_days(const tns_item *item)
{
    double good = tns_item_life(item);
    return item->pao_months > 0 ? fmin(good, item->pao_months * (YEAR / 12.0)) : good;
}

double tns_item_pack_use(const tns_item *item)
{
    return fmin(item->pack, tns_item_use(item, tns_item_good_days(item)));
}

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

/* As many as end the need for an order on that day. */
static double least_packs(const tns_item *item, tns_day by, double before)
{
    tns_supply *all = malloc((item->supplies + 1) * sizeof *all);
    if (!all)
        return before;
    tns_item with = *item;
    if (item->supplies)
        memcpy(all, item->supply, item->supplies * sizeof *all);
    with.supply = all;
    with.supplies++;
    for (; before < PACKS_MOST; before++) {
        all[item->supplies] = (tns_supply){.amount = before * item->pack};
        if (tns_item_standing(&with, by, before).cause == TNS_ORDER_NOT_NEEDED)
            break;
    }
    free(all);
    return before;
}

double tns_item_packs(const tns_item *item, tns_day by)
{
    double used = tns_item_pack_use(item);
    double needed = least_packs(item, by, 1);
    double a_year = used > 0 ? amount_a_day(item) * YEAR / used : 0;
    double most = fmax(most_packs(item, by + item->lead_days), needed);
    return tns_order_packs(&item->terms, a_year, needed, most);
}

/* ---- all that falls due ---- */

/* Due when? The need for an order, once there, stays until one is made. */
static tns_day first_due(const tns_item *item, tns_day from, tns_day until, tns_standing *because)
{
    *because = tns_item_standing(item, until, 1);
    if (because->cause == TNS_ORDER_NOT_NEEDED)
        return TNS_NO_DAY;
    while (from < until) {
        tns_day middle = from + (until - from) / 2;
        tns_standing s = tns_item_standing(item, middle, 1);
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
    tns_fate *fate;
} schedule;

static void deliver(schedule *s, const tns_order_line *line, double packs)
{
    for (double p = 0; p < packs; p++)
        s->all[s->item.supplies++] = (tns_supply){
            .amount = s->item.pack,
            .from = line->arrives,
            .expires = line->arrives + tns_item_life(&s->item),
            .pao_months = s->item.pao_months,
        };
}

/* What becomes of the line's bottles, which are the last in the supply. */
static void foresee(schedule *s, tns_order_line *line)
{
    tns_outlook outlook;
    size_t packs = (size_t)line->packs;
    tns_supply_follow(s->item.demand, s->all, s->item.supplies,
                      line->arrives + tns_item_life(&s->item) + 1, s->fate, &outlook);
    for (size_t i = s->item.supplies - packs; i < s->item.supplies; i++) {
        const tns_fate *f = &s->fate[i];
        line->will_expire += f->wasted;
        if (f->wasted > 0 && (line->expires_on == TNS_NO_DAY || f->ends < line->expires_on))
            line->expires_on = f->ends;
    }
}

static bool make_room(schedule *s, double packs, tns_error *err)
{
    size_t wanted = s->item.supplies + (size_t)packs;
    tns_supply *all = realloc(s->all, wanted * sizeof *all);
    if (all)
        s->all = all;
    tns_fate *fate = all ? realloc(s->fate, wanted * sizeof *fate) : NULL;
    if (fate)
        s->fate = fate;
    s->item.supply = s->all;
    return fate || tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
}

static bool add_packs(schedule *s, tns_order_line *line, double packs, tns_error *err)
{
    if (!make_room(s, packs, err))
        return false;
    deliver(s, line, packs);
    line->packs += packs;
    return true;
}

/* What would be due before the next look, or on the day after, goes with it. */
static bool bundle(schedule *s, tns_order_line *line, tns_error *err)
{
    int days = tns_item_review(&s->item);
    tns_day last = line->by + (days > 1 ? days - 1 : 1);
    bool done = true;
    while (done && line->packs < PACKS_MOST &&
           tns_item_standing(&s->item, last, 1).cause != TNS_ORDER_NOT_NEEDED)
        done = add_packs(s, line, tns_packs_allowed(&s->item.terms, line->packs + 1) - line->packs,
                         err);
    return done;
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
        if (!add_packs(s, &line, tns_item_packs(&s->item, line.by), err) || !bundle(s, &line, err))
            return false;
        line.price = tns_pack_price(&s->item.terms, line.packs);
        foresee(s, &line);
        lines[(*count)++] = line;
        from = line.by;
    }
    return true;
}

bool tns_item_plan(const tns_item *item, tns_day until, tns_order_line *lines, size_t most,
                   size_t *count, tns_error *err)
{
    schedule s = {.item = *item};
    *count = 0;
    bool done = make_room(&s, 1, err);
    if (done && item->supplies)
        memcpy(s.all, item->supply, item->supplies * sizeof *s.all);
    done = done && schedule_all(&s, until, lines, most, count, err);
    free(s.all);
    free(s.fate);
    return done;
}
