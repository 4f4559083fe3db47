/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of planning share: days as text, a calendar of like days. */
#ifndef PLAN_DAYS_H
#define PLAN_DAYS_H

#include <tonsure/plan.h>

/* "" is none. */
static inline tns_day day_of(const char *text)
{
    tns_day day = TNS_NO_DAY;
    tns_error err;
    return text[0] && tns_day_parse(text, &day, &err) ? day : TNS_NO_DAY;
}

/* So much a day, in uses of `size`, Poisson; for ever. */
static inline tns_demand even_demand(tns_day first, double per_day, double size)
{
    tns_demand d = {.first = first, .size = size, .late_share = 1};
    d.beyond = (tns_demand_day){
        .expected = per_day, .uses = size > 0 ? per_day / size : 0, .variance = per_day * size};
    return d;
}

#endif
