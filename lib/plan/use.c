/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of an item is used, and how long it is of use. */
#include <math.h>

#include "plan/item.h"

enum { USUAL_LIFE = 720, YEAR = 365 };

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
    double used = tns_item_use(item, tns_item_good_days(item));
    return fmin(item->pack, used > 0 ? fmax(used, item->demand->size) : 0);
}
