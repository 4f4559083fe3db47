/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "match/search/rate.h"

/* A share that meets the bound exactly is not left out for its last digit. */
static const double SHARE_ROUNDING = 1e-9;

/* Per ml of mixed liquid; INFINITY when a part's price is not known. */
static double cost_of(const tns_problem *problem, const tns_pick *pick)
{
    double cost = 0, ml = 0;
    for (int i = 0; i < pick->count; i++) {
        const tns_component *part = &problem->components[pick->component[i]];
        double price = problem->palette->pigments[part->pigment].cost_per_ml;
        cost += price > 0 ? price * part->ml * pick->units[i] : INFINITY;
        ml += part->ml * pick->units[i];
    }
    if (pick->shade > 0) {
        double price = problem->diluent->cost_per_ml;
        cost += price > 0 ? price * ml * pick->shade : INFINITY;
    }
    return cost / (ml * (1 + pick->shade));
}

/* The whole multiple that fills the pot, in pots; INFINITY where one of the units is more. */
static double pots_taken(const tns_problem *problem, double ml)
{
    double pots = problem->pot_ml > 0 ? ml / problem->pot_ml : 1;
    return pots > 1 + SHARE_ROUNDING ? INFINITY : pots * ceil(1 / pots - SHARE_ROUNDING);
}

/* Whether there is enough of each part, and of the diluent, for what is dispensed. */
static bool is_there(const tns_problem *problem, const tns_pick *pick)
{
    double ml = 0;
    for (int i = 0; i < pick->count; i++)
        ml += problem->components[pick->component[i]].ml * pick->units[i];
    double pots = pots_taken(problem, ml * (1 + pick->shade));
    bool there = pots < INFINITY;
    for (int i = 0; i < pick->count; i++) {
        const tns_component *part = &problem->components[pick->component[i]];
        double share = pots * part->ml * pick->units[i] / (ml * (1 + pick->shade));
        there = there && share <= problem->most_share[part->pigment] + SHARE_ROUNDING;
    }
    double diluted = pots * pick->shade / (1.0 + pick->shade);
    return there && (pick->shade == 0 ||
                     diluted <= problem->most_share[problem->diluent_index] + SHARE_ROUNDING);
}

static int favor_of(const tns_problem *problem, const tns_pick *pick)
{
    int sum = 0;
    for (int i = 0; i < pick->count; i++)
        sum += problem->favor[problem->components[pick->component[i]].pigment];
    return sum;
}

void tns_pick_rate(const tns_problem *problem, tns_pick *pick, double enough)
{
    tns_coefficients mix;
    double units[TNS_PARTS_MAX];
    pick->objective = INFINITY;
    pick->cost = cost_of(problem, pick);
    pick->favor = problem->favor ? favor_of(problem, pick) : 0;
    if (pick->cost > problem->max_cost || (problem->most_share && !is_there(problem, pick)))
        return;
    for (int i = 0; i < pick->count; i++)
        units[i] = pick->units[i];
    tns_problem_mix(problem, pick->count, pick->component, units, pick->shade, &mix);
    pick->objective = tns_goal_value(&problem->goal, &mix, enough);
}
