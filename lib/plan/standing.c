/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an order is due. */
#include <math.h>

#include <tonsure/plan.h>

#include "plan/item.h"

const char *tns_order_cause_name(tns_order_cause cause)
{
    static const char *const names[] = {"not-needed", "booked", "service"};
    return names[cause];
}

/* Through the supply in its order, which is taken for that of use: `next` is when another closed
   bottle will be opened. */
typedef struct openings {
    double a_day, size, next;
} openings;

static const double LATEST = 100000; /* no calendar is asked beyond that day */

static openings begin_openings(const tns_item *item)
{
    return (openings){tns_item_use(item, 1), item->demand->size, item->demand->first};
}

/* Until it is used up or no longer good; but only another use opens the one after it. */
static void use_up(openings *o, double from, double amount, double good)
{
    double lasts = INFINITY;
    if (o->a_day > 0)
        lasts = fmax(fmin(amount / o->a_day, good), o->size / o->a_day);
    o->next = fmin(from + lasts, LATEST);
}

/* The label's, or months after it was opened; which of the two is mostly clear without asking a
   calendar, as months have 28 days at least. */
static tns_day last_good(const tns_supply *s, tns_day opened)
{
    bool labelled = s->expires != TNS_NO_DAY;
    if (labelled && s->expires <= opened + 28 * s->pao_months)
        return s->expires;
    tns_day months = tns_day_add_months(opened, s->pao_months);
    return labelled && s->expires < months ? s->expires : months;
}

/* Its last good day. A closed one is opened when those before it are gone, not all of them today:
   a shelf of them lasts as they follow one another. */
static tns_day supply_ends(openings *o, const tns_supply *s)
{
    if (s->pao_months <= 0)
        return s->expires;
    double from = fmax(o->next, s->from);
    tns_day ends = last_good(s, s->opened != TNS_NO_DAY ? s->opened : (tns_day)from);
    if (ends >= from)
        use_up(o, from, s->amount, ends - from);
    return ends;
}

static bool is_after(tns_day ends, tns_day day)
{
    return ends == TNS_NO_DAY || ends > day;
}

/* What is good on some day after `day`. Whatever is on order counts, as in any position: late or
   not, it is not ordered twice. */
static double good_beyond(const tns_item *item, tns_day day)
{
    double amount = 0;
    openings o = begin_openings(item);
    for (size_t i = 0; i < item->supplies; i++)
        if (is_after(supply_ends(&o, &item->supply[i]), day))
            amount += item->supply[i].amount;
    return amount;
}

/* If the next delivery is there after `until`. */
typedef struct look {
    tns_day day, until; /* looked on `day` */
    double usable, short_uses;
    bool fails_booking;
} look;

/*
 * What is used before the day of the look will be known by then: it is taken as it is expected, and
 * only what comes after is in doubt. A lead time that varies adds the uses of so many days more or
 * fewer, as they come in general.
 */
static tns_moments uses_until(const tns_item *item, tns_day from, const look *l)
{
    tns_moments n = tns_demand_uses(item->demand, from, l->until);
    if (from < l->day)
        n.variance = tns_demand_uses(item->demand, l->day, l->until).variance;
    double a_day = item->demand->beyond.uses;
    n.variance += a_day * a_day * item->lead_sd * item->lead_sd;
    return n;
}

static double whole_uses(const tns_item *item, double usable)
{
    return item->demand->size > 0 ? floor(usable / item->demand->size + 1e-9) : 0;
}

static void book_out(const tns_item *item, tns_day day, double usable, look *l)
{
    l->usable = fmin(l->usable, usable);
    l->fails_booking |= tns_demand_firm(item->demand, day + 1, l->until) > usable + 1e-9;
}

/*
 * From today on. Who does not order now orders when the next visit becomes known: where that is too
 * late to follow, there is one use less by then.
 */
static void look_from_today(const tns_item *item, look *l)
{
    tns_day first = item->demand->first;
    double usable = good_beyond(item, first - 1), uses = whole_uses(item, usable);
    tns_moments expected = uses_until(item, first, l);
    double needs_last = 1 - tns_count_within(expected, uses - 1);
    l->short_uses = tns_count_loss(expected, uses) + item->demand->late_share * needs_last;
    book_out(item, first - 1, usable, l);
}

/* From the day after one that something expires on, with what is good beyond it. */
static void look_beyond(const tns_item *item, tns_day day, look *l)
{
    double usable = good_beyond(item, day);
    double lost = tns_count_loss(uses_until(item, day + 1, l), whole_uses(item, usable));
    l->short_uses = fmax(l->short_uses, lost);
    book_out(item, day, usable, l);
}

static look look_until(const tns_item *item, tns_day day, tns_day until)
{
    tns_day first = item->demand->first, looked = TNS_NO_DAY;
    look l = {.day = day, .until = until, .usable = INFINITY};
    look_from_today(item, &l);
    openings o = begin_openings(item);
    for (size_t i = 0; i < item->supplies; i++) {
        tns_day ends = supply_ends(&o, &item->supply[i]);
        if (ends == looked || is_after(ends, until - 1) || !is_after(ends, first - 1))
            continue;
        look_beyond(item, ends, &l);
        looked = ends; /* bottles of one lot, which end on one day, follow each other */
    }
    return l;
}

static const double USUAL_SERVICE = 0.98;

double tns_item_service(const tns_item *item)
{
    return item->service > 0 ? item->service : USUAL_SERVICE;
}

int tns_item_review(const tns_item *item)
{
    return item->review_days > 0 ? item->review_days : 1;
}

/* No fewer are bought at a time than hold one use. */
static double packs_of_use(const tns_item *item)
{
    return item->pack > 0 ? fmax(ceil(item->demand->size / item->pack - 1e-9), 1) : 1;
}

/* Whatever the pack: a use is to be expected while one is good, or in a year in which it is kept
   closed. */
static bool is_worth_it(const tns_item *item)
{
    double days = fmax(tns_item_good_days(item), fmin(tns_item_life(item), 365));
    return item->demand->size > 0 && tns_item_use(item, days) >= item->demand->size;
}

tns_standing tns_item_standing(const tns_item *item, tns_day day, double packs)
{
    const tns_demand *d = item->demand;
    int days = tns_item_review(item);
    look then = look_until(item, day, day + days + item->lead_days - 1);
    look now = look_until(item, day, then.until - days);
    tns_standing s = {.until = then.until, .usable = then.usable};
    s.booked = tns_demand_booked(d, d->first, s.until);
    s.firm = tns_demand_firm(d, d->first, s.until);
    s.need = tns_demand_amount(d, d->first, s.until);
    packs = fmax(packs, packs_of_use(item));
    s.uses_served = d->size > 0 ? packs * tns_item_pack_use(item) / d->size : 0;
    s.allowed = (1 - tns_item_service(item)) * s.uses_served;
    /* The stock passes the point at which an order is due somewhere between two looks: halfway
       between the shortages of ordering now and then, by renewal theory. */
    s.short_uses = 0.5 * (now.short_uses + then.short_uses);
    bool worth_it = is_worth_it(item);
    bool due = worth_it && s.short_uses > s.allowed + 1e-9;
    /* Who asks for less than the usual service lets visits go without that he knows of. */
    bool keeps_bookings = !worth_it || tns_item_service(item) >= USUAL_SERVICE - 1e-9;
    if (then.fails_booking && (due || keeps_bookings))
        s.cause = TNS_ORDER_BOOKED;
    else if (due)
        s.cause = TNS_ORDER_SERVICE;
    return s;
}
