/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/plan.h>

#include "plan/clinics.h"

/* A bottle of 15 ml for 28.50, good for a year once open. Nine days from order to delivery, give or
   take: 5 at the least and then the rest drawn. */
enum { BOTTLES = 120, PACK = 15000, PAO_MONTHS = 12, LEAD = 9, LEAST_LEAD = 5, HORIZON = 42 };
static const double PRICE = 28.5;
/* What `tonsure plan` takes for granted that is told nothing else, and that has bookings of a
   calendar without clients: how it is drawn, in world.c and below, is not for it to know. */
static const double TAKES_PLACE = 0.95, LEAD_SPREAD = 0.3, BOOKED_AHEAD = 21, HOLDING = 0.2;
static const tns_day START = 20000; /* day 0, in 2024 */

typedef struct bottle {
    double left;
    tns_day ordered, from, expires, opened;
} bottle;

typedef struct shelf {
    bottle bottle[BOTTLES];
    size_t count;
    double owed; /* to visits that went without and come back for it */
} shelf;

typedef struct run {
    const clinic *clinic;
    const policy *policy;
    tns_random accidents, post[SHADES]; /* each its own, so that all policies have much the same */
    shelf shelf[SHADES];
    tns_usage usage[SHADES];
    bool mixed[SHADES]; /* of its two neighbors, for now */
    double week[SHADES][DAYS / 7 + 2];
    double uses[SHADES][DAYS / 7 + 2];
    double last_year[SHADES]; /* a week, as it was on the first day: what a fixed point goes by */
    size_t next;              /* visit */
    int day;
    outcome out;
} run;

static bool counts(const run *r)
{
    return r->day >= SETTLED;
}

/* ---- the shelf ---- */

static tns_day ends(const bottle *b)
{
    tns_day opened = b->opened ? tns_day_add_months(b->opened, PAO_MONTHS) : INT32_MAX;
    return opened < b->expires ? opened : b->expires;
}

static void throw_away(run *r, shelf *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        bottle *b = &s->bottle[i];
        bool over = ends(b) < START + r->day;
        if (over && counts(r))
            r->out.expired += b->left;
        if (!over && b->left > 0)
            s->bottle[kept++] = *b;
    }
    s->count = kept;
}

static bottle *next_bottle(const run *r, shelf *s)
{
    bottle *best = NULL;
    for (size_t i = 0; i < s->count; i++) {
        bottle *b = &s->bottle[i];
        if (b->left <= 0 || b->from > START + r->day)
            continue;
        if (!best || (b->opened && !best->opened) ||
            (!b->opened == !best->opened && ends(b) < ends(best)))
            best = b;
    }
    return best;
}

static double on_hand(const run *r, const shelf *s, bool with_orders)
{
    double sum = 0;
    for (size_t i = 0; i < s->count; i++)
        if (with_orders || s->bottle[i].from <= START + r->day)
            sum += s->bottle[i].left;
    return sum;
}

static void take(run *r, shelf *s, double ul)
{
    for (bottle *b; ul > 1e-9 && (b = next_bottle(r, s));) {
        double taken = fmin(ul, b->left);
        if (!b->opened)
            b->opened = START + r->day;
        b->left -= taken;
        ul -= taken;
        if (counts(r))
            r->out.used += taken;
    }
}

/* ---- a day ---- */

/* Labels are good for 10 to 30 months when a bottle comes. */
static void order(run *r, int shade, double packs)
{
    shelf *s = &r->shelf[shade];
    tns_random *post = &r->post[shade];
    int days = LEAST_LEAD + (int)draw_exponential(post, LEAD - LEAST_LEAD + 0.5);
    tns_day arrives = START + r->day + (r->policy->kind == AT_ONCE ? 0 : days);
    if (counts(r)) {
        r->out.orders++;
        r->out.bottles += packs;
        r->out.bought += packs * PACK;
    }
    tns_day expires = arrives + 300 + (tns_day)tns_random_below(post, 600);
    for (; packs > 0 && s->count < BOTTLES; packs--)
        s->bottle[s->count++] = (bottle){PACK, START + r->day, arrives, expires, TNS_NO_DAY};
}

/* Share of what a visit takes that is of a shade's bottle: all of its own, or half of either
   neighbor where that is mixed. */
static double share_of(const run *r, int own, int shade)
{
    if (!r->mixed[own])
        return own == shade ? 1 : 0;
    return own == shade - 1 || own == shade + 1 ? 0.5 : 0;
}

static bool is_there(const run *r, const visit *v)
{
    for (int i = 0; i < SHADES; i++) {
        double part = v->taken * share_of(r, v->shade, i);
        const shelf *s = &r->shelf[i];
        if (part > 0 && (s->owed > 0 || on_hand(r, s, false) < part))
            return false;
    }
    return true;
}

static void fetch(run *r, const visit *v)
{
    for (int i = 0; i < SHADES; i++)
        if (on_hand(r, &r->shelf[i], false) < v->taken * share_of(r, v->shade, i))
            order(r, i, 1);
}

/* A bottle is knocked over every four hundred visits. */
static void knock_over(run *r, shelf *s)
{
    bottle *b = draw(&r->accidents) < 0.0025 ? next_bottle(r, s) : NULL;
    if (!b || !b->opened)
        return;
    r->out.spilled += counts(r) ? b->left : 0;
    b->left = 0;
}

static void serve(run *r, const visit *v)
{
    if (!v->comes)
        return;
    if (r->policy->kind == AT_ONCE)
        fetch(r, v);
    bool found = is_there(r, v);
    r->week[v->shade][r->day / 7] += v->taken;
    r->uses[v->shade][r->day / 7]++;
    if (counts(r)) {
        r->out.visits++;
        r->out.served += found;
    }
    for (int i = 0; i < SHADES; i++) {
        double part = v->taken * share_of(r, v->shade, i);
        if (found && part > 0)
            take(r, &r->shelf[i], part);
        else
            r->shelf[i].owed += part;
    }
    knock_over(r, &r->shelf[v->shade]);
}

static void pay_back(run *r, shelf *s)
{
    if (s->owed <= 0 || on_hand(r, s, false) < s->owed)
        return;
    take(r, s, s->owed);
    s->owed = 0;
}

/* ---- what a planner knows ---- */

/* Of the year's weeks, with what mixed neighbors take. */
static tns_usage learn_usage(const run *r, int shade)
{
    double weeks[52] = {0}, uses = 0;
    for (int i = 0; i < SHADES; i++) {
        double part = share_of(r, i, shade);
        for (int w = 0; part > 0 && w < 52; w++) {
            weeks[w] += part * r->week[i][r->day / 7 - 52 + w];
            uses += r->uses[i][r->day / 7 - 52 + w];
        }
    }
    return tns_usage_of(weeks, 52, uses);
}

/* A shade that has run out is mixed where that is cheaper, and its neighbors are kept. */
static void choose_mixes(run *r)
{
    for (int i = 1; i < SHADES - 1; i++) {
        const shelf *s = &r->shelf[i];
        if (!r->policy->mixes || on_hand(r, s, true) > 0 || s->owed > 0)
            continue;
        double a_year = 0;
        for (int w = r->day / 7 - 52; w < r->day / 7; w++)
            a_year += r->week[i][w];
        double unit = PRICE / PACK;
        const tns_shade_choice c = {PRICE,      PACK,        a_year, PAO_MONTHS / 12.0,
                                    {0.5, 0.5}, {unit, unit}};
        tns_shade_costs costs = tns_shade_open_or_mix(&c);
        r->mixed[i] =
            !r->mixed[i - 1] && !r->mixed[i + 1] && costs.mix_per_year < costs.open_per_year;
    }
}

static void learn(run *r)
{
    choose_mixes(r);
    for (int i = 0; i < SHADES; i++)
        r->usage[i] = learn_usage(r, i);
}

static void expect(const run *r, int shade, tns_demand *demand)
{
    memset(demand->day, 0, HORIZON * sizeof *demand->day);
    *demand = (tns_demand){.first = START + r->day, .days = HORIZON, .day = demand->day};
    for (size_t k = r->next; k < r->clinic->count; k++) {
        const visit *v = &r->clinic->visits[k];
        if (v->day >= r->day + HORIZON)
            break;
        /* What a visit is to take is told by its recipe and area; what it will, or that it comes,
           is not. */
        double part = v->ul * share_of(r, v->shade, shade);
        if (v->booked < r->day && part > 0)
            tns_demand_book(demand, &(tns_need){START + v->day, part, TAKES_PLACE, false});
    }
    const tns_pickup pickup = tns_pickup_usual(BOOKED_AHEAD);
    tns_demand_expect(demand, &r->usage[shade], &pickup, LEAD + 1);
}

static void plan(run *r, int shade, tns_demand *demand)
{
    shelf *s = &r->shelf[shade];
    tns_supply supply[BOTTLES + 1];
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        const bottle *b = &s->bottle[i];
        /* What is on order is expected after the usual days; the label is not known yet. */
        tns_day due = b->from > START + r->day ? b->ordered + LEAD : TNS_NO_DAY;
        supply[n++] = (tns_supply){b->left, due, due ? 0 : b->expires, b->opened, PAO_MONTHS};
    }
    supply[n++] = (tns_supply){.amount = -s->owed};
    expect(r, shade, demand);
    const tns_item item = {
        .demand = demand,
        .supply = supply,
        .supplies = n,
        .pack = PACK,
        .pao_months = PAO_MONTHS,
        .lead_days = LEAD,
        .lead_sd = LEAD_SPREAD * LEAD,
        .service = r->policy->service,
        .terms = {.price = PRICE, .holding = HOLDING},
    };
    if (tns_item_standing(&item, START + r->day, 1).cause != TNS_ORDER_NOT_NEEDED)
        order(r, shade, tns_item_packs(&item, START + r->day));
}

static void reorder(run *r, int shade)
{
    shelf *s = &r->shelf[shade];
    double point =
        r->policy->kind == BY_ML ? 1000 * r->policy->point : r->policy->point * r->last_year[shade];
    if (r->policy->kind != AT_ONCE && on_hand(r, s, true) - s->owed <= point)
        order(r, shade, 1);
}

/* ---- the years ---- */

static void morning(run *r, tns_demand *demand)
{
    if (r->day % 7 == 0)
        learn(r);
    for (int i = 0; i < SHADES; i++) {
        if (r->day == REMEMBERED)
            r->last_year[i] = tns_usage_of(r->week[i], 52, 1).per_day * 7;
        throw_away(r, &r->shelf[i]);
        pay_back(r, &r->shelf[i]);
        if (r->policy->kind == BY_PLAN)
            plan(r, i, demand);
        else
            reorder(r, i);
    }
}

static void remember(run *r, const visit *v)
{
    r->week[v->shade][r->day / 7] += v->comes ? v->taken : 0;
    r->uses[v->shade][r->day / 7] += v->comes;
}

outcome run_clinic(const clinic *c, uint64_t seed, int n, const policy *p)
{
    run *r = calloc(1, sizeof *r);
    tns_demand demand;
    tns_error err;
    if (!r || !tns_demand_init(&demand, START, HORIZON, &err))
        abort();
    r->clinic = c;
    r->policy = p;
    r->accidents = tns_random_make(seed * 7919 + (uint64_t)n);
    for (int i = 0; i < SHADES; i++)
        r->post[i] = tns_random_make((seed * 7919 + (uint64_t)n) * SHADES + (uint64_t)i);
    for (r->day = 0; r->day < DAYS; r->day++) {
        if (r->day >= REMEMBERED)
            morning(r, &demand);
        for (; r->next < c->count && c->visits[r->next].day <= r->day; r->next++)
            if (r->day >= REMEMBERED)
                serve(r, &c->visits[r->next]);
            else
                remember(r, &c->visits[r->next]);
    }
    for (int i = 0; i < SHADES; i++)
        r->out.on_hand += on_hand(r, &r->shelf[i], false);
    outcome out = r->out;
    tns_demand_finish(&demand);
    free(r);
    return out;
}

void outcome_add(outcome *sum, const outcome *more)
{
    sum->visits += more->visits;
    sum->served += more->served;
    sum->used += more->used;
    sum->expired += more->expired;
    sum->spilled += more->spilled;
    sum->bought += more->bought;
    sum->orders += more->orders;
    sum->bottles += more->bottles;
    sum->on_hand += more->on_hand;
}

double outcome_service(const outcome *o)
{
    return o->visits > 0 ? o->served / o->visits : 1;
}

double outcome_waste(const outcome *o)
{
    return o->used + o->expired > 0 ? o->expired / (o->used + o->expired) : 0;
}

double outcome_waste_at(const outcome *fixed, size_t count, double service)
{
    size_t i = 1;
    while (i + 1 < count && outcome_service(&fixed[i]) < service)
        i++;
    double low = outcome_service(&fixed[i - 1]), high = outcome_service(&fixed[i]);
    double at = high > low ? fmin(fmax((service - low) / (high - low), 0), 1) : 0;
    return (1 - at) * outcome_waste(&fixed[i - 1]) + at * outcome_waste(&fixed[i]);
}
