/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar of one item. */
#include <math.h>
#include <stdlib.h>

#include <tonsure/demand.h>

static const double NO_ORDERS = 1e-9; /* an amount that is none */

bool tns_demand_init(tns_demand *demand, tns_day first, size_t days, tns_error *err)
{
    *demand = (tns_demand){.first = first, .days = days, .late_share = 1};
    demand->day = calloc(days ? days : 1, sizeof *demand->day);
    return demand->day || tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
}

void tns_demand_finish(tns_demand *demand)
{
    free(demand->day);
    *demand = (tns_demand){0};
}

void tns_demand_book(tns_demand *demand, const tns_need *need)
{
    if (need->day < demand->first || need->day >= demand->first + (tns_day)demand->days)
        return;
    tns_demand_day *day = &demand->day[need->day - demand->first];
    double mean = need->odds * need->amount;
    day->uses += need->odds;
    day->variance += need->odds * (1 - need->odds) * need->amount * need->amount;
    if (need->follows) {
        day->expected += mean;
        day->followed += mean;
    } else {
        day->booked += mean;
        day->firm += need->odds >= 0.5 ? need->amount : 0;
    }
}

/* ---- what is not booked ---- */

/* One day's worth of walk-ins: Poisson in number, of varying sizes. */
static void add_unbooked(tns_demand_day *day, double amount, const tns_usage *usage)
{
    day->expected += amount;
    day->uses += amount / usage->size;
    day->variance += amount * usage->size * (1 + usage->size_cv2);
}

static double mean_size(const tns_demand *demand)
{
    double amount = 0, uses = 0;
    for (size_t i = 0; i < demand->days; i++) {
        amount += demand->day[i].booked + demand->day[i].expected;
        uses += demand->day[i].uses;
    }
    return uses > NO_ORDERS ? amount / uses : 0;
}

void tns_demand_expect(tns_demand *demand, const tns_usage *usage, const tns_pickup *pickup,
                       int protect_days)
{
    double credit = 0; /* follow-ups not yet taken off */
    demand->late_share = usage->per_day > 0 ? tns_pickup_late(pickup, protect_days) : 0;
    if (usage->per_day > 0 && usage->size > 0) {
        for (size_t i = 0; i < demand->days; i++) {
            tns_demand_day *day = &demand->day[i];
            double to_come = usage->per_day * tns_pickup_late(pickup, (double)i);
            credit += day->followed;
            double taken = fmin(credit, to_come);
            credit -= taken;
            add_unbooked(day, to_come - taken, usage);
        }
        add_unbooked(&demand->beyond, usage->per_day, usage);
        demand->doubt = usage->rests_on > 0 ? 1 / sqrt(usage->rests_on) : 0;
    }
    demand->size = usage->size > 0 ? usage->size : mean_size(demand);
}

/* ---- in another's place ---- */

static void add_share(const tns_demand_day *from, double share, tns_demand_day *to)
{
    to->booked += share * from->booked;
    to->expected += share * from->expected;
    to->firm += share * from->firm;
    to->followed += share * from->followed;
    to->uses += from->uses;
    to->variance += share * share * from->variance;
}

static size_t days_before(const tns_demand *demand, tns_day day)
{
    size_t n = day > demand->first ? (size_t)(day - demand->first) : 0;
    return n < demand->days ? n : demand->days;
}

static double uses_from(const tns_demand *demand, tns_day day)
{
    enum { YEAR = 365 };
    double uses = YEAR * demand->beyond.uses;
    for (size_t i = days_before(demand, day); i < demand->days; i++)
        uses += demand->day[i].uses;
    return uses;
}

/* Both have the same days. The size is that of a use of either, as often as they come. */
void tns_demand_redirect(const tns_demand *from, tns_day day, double share, tns_demand *to)
{
    double more = uses_from(from, day), own = uses_from(to, to->first);
    if (!(more > 0))
        return;
    to->size = (own * to->size + more * share * from->size) / (own + more);
    to->doubt = fmax(to->doubt, from->doubt);
    to->late_share = own > 0 ? fmax(to->late_share, from->late_share) : from->late_share;
    for (size_t i = days_before(from, day); i < from->days && i < to->days; i++)
        add_share(&from->day[i], share, &to->day[i]);
    add_share(&from->beyond, share, &to->beyond);
}

void tns_demand_end(tns_demand *demand, tns_day day)
{
    for (size_t i = days_before(demand, day); i < demand->days; i++)
        demand->day[i] = (tns_demand_day){0};
    demand->beyond = (tns_demand_day){0};
}

/* ---- sums ---- */

typedef struct sums {
    double amount, booked, firm, uses, variance, unbooked;
} sums;

static void add(sums *s, const tns_demand_day *day, double times)
{
    s->amount += times * (day->booked + day->expected);
    s->booked += times * day->booked;
    s->firm += times * day->firm;
    s->uses += times * day->uses;
    s->variance += times * day->variance;
    s->unbooked += times * (day->expected - day->followed);
}

static sums sum(const tns_demand *demand, tns_day from, tns_day to)
{
    sums s = {0};
    tns_day end = demand->first + (tns_day)demand->days;
    for (tns_day d = from < demand->first ? demand->first : from; d <= to && d < end; d++)
        add(&s, &demand->day[d - demand->first], 1);
    tns_day beyond = from > end ? from : end;
    if (to >= beyond)
        add(&s, &demand->beyond, (double)(to - beyond + 1));
    return s;
}

double tns_demand_amount(const tns_demand *demand, tns_day from, tns_day to)
{
    return sum(demand, from, to).amount;
}

double tns_demand_firm(const tns_demand *demand, tns_day from, tns_day to)
{
    return sum(demand, from, to).firm;
}

double tns_demand_booked(const tns_demand *demand, tns_day from, tns_day to)
{
    return sum(demand, from, to).booked;
}

tns_moments tns_demand_uses(const tns_demand *demand, tns_day from, tns_day to)
{
    sums s = sum(demand, from, to);
    double size = demand->size > 0 ? demand->size : 1;
    double doubt = demand->doubt * s.unbooked / size;
    return (tns_moments){s.amount / size, s.variance / (size * size) + doubt * doubt};
}
