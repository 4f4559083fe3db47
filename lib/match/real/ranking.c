/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/real/ranking.h"

void tns_ranking_clear(tns_ranking *ranking)
{
    ranking->count = 0;
    ranking->limit = INFINITY;
}

bool tns_ranking_whole(const tns_problem *problem, const tns_support *support, double share)
{
    double liquid = 0;
    for (int i = 0; i < support->count; i++) {
        const tns_component *c = &problem->components[support->component[i]];
        liquid += support->units[i] * (c->amount + support->shade * c->dilution);
    }
    for (int i = 0; i < support->count; i++)
        if (!(support->units[i] * problem->components[support->component[i]].amount >=
              share * liquid))
            return false;
    return true;
}

/* Differences that nobody could see go by the number of pigments, then by their order. */
static int compare(const tns_support *a, const tns_support *b)
{
    double oa = round(a->objective * 1e6), ob = round(b->objective * 1e6);
    int order = oa != ob ? (oa > ob) - (oa < ob) : a->count - b->count;
    for (int i = 0; i < a->count && order == 0; i++)
        order = a->component[i] - b->component[i];
    return order;
}

static bool same_parts(const tns_support *a, const tns_support *b)
{
    return a->count == b->count &&
           memcmp(a->component, b->component, (size_t)a->count * sizeof *a->component) == 0;
}

/* Where the same support is listed; the number of all where it is not. */
static size_t place_of(const tns_ranking *r, const tns_support *support)
{
    size_t at = 0;
    while (at < r->count && !same_parts(&r->list[at], support))
        at++;
    return at;
}

void tns_ranking_offer(tns_ranking *r, const tns_support *support, double share)
{
    size_t room = r->problem->top, at = place_of(r, support);
    bool listed = at < r->count;
    if (!tns_ranking_whole(r->problem, support, share))
        return;
    if (listed ? compare(support, &r->list[at]) >= 0
               : at == room && compare(support, &r->list[room - 1]) >= 0)
        return;
    if (at == room)
        at--;
    else if (!listed)
        r->count++;
    for (; at > 0 && compare(support, &r->list[at - 1]) < 0; at--)
        r->list[at] = r->list[at - 1];
    r->list[at] = *support;
    r->limit = r->count == room ? r->list[room - 1].objective : INFINITY;
}
