/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bottle more, or a mix of open ones. */
#include <math.h>

#include <tonsure/plan.h>

tns_shade_costs tns_shade_open_or_mix(const tns_shade_choice *c)
{
    tns_shade_costs out = {0};
    double a_unit = c->part[0] * c->cost[0] + c->part[1] * c->cost[1];
    double used_of_one = fmin(c->pack, c->per_year * c->open_years);
    double bottles = used_of_one > 0 ? c->per_year / used_of_one : 0;
    out.open_per_year = bottles * c->price;
    out.wasted_per_year = bottles * (c->pack - used_of_one);
    out.mix_per_year = c->per_year * a_unit;
    /* A bottle is bought every open_years at the least; from where a mix costs as much .. */
    double even = a_unit > 0 ? c->price / (c->open_years * a_unit) : INFINITY;
    /* .. unless even a bottle that is used up costs more. */
    out.even_at = a_unit * c->pack >= c->price ? even : INFINITY;
    return out;
}
