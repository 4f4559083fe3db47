/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many packs. */
#include <math.h>

#include <tonsure/reorder.h>

double tns_eoq(double order_cost, double demand, double holding)
{
    return holding > 0 ? sqrt(2 * order_cost * demand / holding) : INFINITY;
}

static double step_of(const tns_reorder_terms *terms)
{
    return terms->step > 0 ? terms->step : 1;
}

double tns_packs_allowed(const tns_reorder_terms *terms, double needed)
{
    double least = fmax(fmax(terms->least, needed), 1), step = step_of(terms);
    return step * ceil(least / step - 1e-9);
}

double tns_pack_price(const tns_reorder_terms *terms, double packs)
{
    double price = terms->price;
    for (size_t i = 0; i < terms->breaks; i++)
        if (packs >= terms->break_at[i].packs)
            price = terms->break_at[i].price;
    return price;
}

/* Buying, ordering and holding, a year. */
static double yearly_cost(const tns_reorder_terms *terms, double packs, double packs_a_year)
{
    double price = tns_pack_price(terms, packs);
    return packs_a_year * price + terms->order_cost * packs_a_year / packs +
           terms->holding * price * packs / 2;
}

typedef struct choice {
    const tns_reorder_terms *terms;
    double packs_a_year, most, best;
} choice;

/* The whole steps on either side, each where it may be. */
static void consider(choice *c, double least, double packs)
{
    double step = step_of(c->terms);
    for (int up = 0; up < 2; up++) {
        double near = step * (floor(packs / step) + up);
        double allowed = tns_packs_allowed(c->terms, fmax(near, least));
        if (allowed <= c->most && yearly_cost(c->terms, allowed, c->packs_a_year) <
                                      yearly_cost(c->terms, c->best, c->packs_a_year))
            c->best = allowed;
    }
}

double tns_order_packs(const tns_reorder_terms *terms, double packs_a_year, double needed,
                       double most)
{
    double least = tns_packs_allowed(terms, needed);
    choice c = {terms, packs_a_year, most, least};
    for (size_t i = 0; i <= terms->breaks; i++) {
        double from = i ? terms->break_at[i - 1].packs : 0;
        double price = i ? terms->break_at[i - 1].price : terms->price;
        double economic = tns_eoq(terms->order_cost, packs_a_year, terms->holding * price);
        consider(&c, fmax(least, from), fmax(fmin(economic, most), from));
    }
    return c.best;
}
