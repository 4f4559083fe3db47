/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock through the days, first expired first out. */
#include <math.h>
#include <stdint.h>

#include <tonsure/plan.h>

static const double DROP = 1e-9;       /* less is nothing */
static const double USE_TO_OPEN = 0.5; /* a use is expected as soon as half of one is */
static const tns_day FOREVER = INT32_MAX;

typedef struct walk {
    const tns_supply *supply;
    size_t count;
    tns_fate *fate;
    tns_day today;
} walk;

static tns_day sooner(tns_day a, tns_day b)
{
    return a == TNS_NO_DAY ? b : b == TNS_NO_DAY ? a : a < b ? a : b;
}

static tns_day last_day(const tns_supply *s, tns_day opened)
{
    return s->pao_months > 0 && opened != TNS_NO_DAY
               ? sooner(s->expires, tns_day_add_months(opened, s->pao_months))
               : s->expires;
}

static tns_day end_of(const tns_fate *fate)
{
    return fate->ends == TNS_NO_DAY ? FOREVER : fate->ends;
}

static void begin(walk *w)
{
    for (size_t i = 0; i < w->count; i++)
        w->fate[i] = (tns_fate){.wasted = w->supply[i].amount,
                                .opened = w->supply[i].opened,
                                .ends = last_day(&w->supply[i], w->supply[i].opened)};
}

static bool is_there(const walk *w, size_t i)
{
    return w->fate[i].wasted > DROP && w->supply[i].from <= w->today &&
           end_of(&w->fate[i]) >= w->today;
}

/* Opened before closed, then what ends first, then the first; count = none. */
static size_t next_bottle(const walk *w)
{
    size_t best = w->count;
    for (size_t i = 0; i < w->count; i++) {
        if (!is_there(w, i))
            continue;
        const tns_fate *f = &w->fate[i], *b = &w->fate[best < w->count ? best : i];
        bool open = f->opened != TNS_NO_DAY, best_open = b->opened != TNS_NO_DAY;
        if (best == w->count || (open && !best_open) ||
            (open == best_open && end_of(f) < end_of(b)))
            best = i;
    }
    return best;
}

/* What is asked for and not yet taken. */
typedef struct asked {
    double amount, uses;
} asked;

static void take(walk *w, size_t i, asked *a)
{
    tns_fate *f = &w->fate[i];
    if (f->opened == TNS_NO_DAY) {
        f->opened = w->today;
        f->ends = last_day(&w->supply[i], w->today);
    }
    double taken = fmin(f->wasted, a->amount);
    f->wasted -= taken;
    f->used += taken;
    a->uses -= a->amount > 0 ? a->uses * taken / a->amount : 0;
    a->amount -= taken;
}

static bool is_held(const walk *w, size_t i, const asked *a)
{
    return i < w->count && w->fate[i].opened == TNS_NO_DAY && a->uses < USE_TO_OPEN;
}

/* From bottle `current` as long as it lasts: looking for another is only needed then. */
static size_t serve(walk *w, size_t current, asked *a, tns_outlook *out)
{
    while (a->amount > DROP) {
        if (current >= w->count || !is_there(w, current) || w->fate[current].opened == TNS_NO_DAY)
            current = next_bottle(w);
        if (is_held(w, current, a))
            return current;
        if (current >= w->count) {
            out->unmet += a->amount;
            if (out->runs_out == TNS_NO_DAY)
                out->runs_out = w->today;
            *a = (asked){0};
            return current;
        }
        take(w, current, a);
    }
    return current;
}

static void settle(const walk *w, tns_day until, tns_outlook *out)
{
    for (size_t i = 0; i < w->count; i++) {
        tns_fate *f = &w->fate[i];
        out->used += f->used;
        if (f->wasted <= DROP || end_of(f) > until)
            f->wasted = 0; /* used up, or still good */
        out->wasted += f->wasted;
    }
}

void tns_supply_follow(const tns_demand *demand, const tns_supply *supply, size_t count,
                       tns_day until, tns_fate *fate, tns_outlook *out)
{
    walk w = {.supply = supply, .count = count, .fate = fate};
    size_t current = count;
    asked a = {0};
    *out = (tns_outlook){0};
    begin(&w);
    for (w.today = demand->first; w.today <= until; w.today++) {
        size_t i = (size_t)(w.today - demand->first);
        const tns_demand_day *day = i < demand->days ? &demand->day[i] : &demand->beyond;
        a.amount += day->booked + day->expected;
        a.uses += day->uses;
        if (a.amount > DROP)
            current = serve(&w, current, &a, out);
    }
    settle(&w, until, out);
}
