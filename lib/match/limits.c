/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a recipe must keep besides its color: the least units of a part, the most it may cost, the
   most of what there is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/problem.h"

/* Relative; a sum of prices that meets the bound exactly is not left out for its last digit. */
static const double COST_ROUNDING = 1e-12;

static bool set_max_cost(tns_problem *problem, const tns_match_request *request, tns_error *err)
{
    problem->max_cost = INFINITY;
    if (request->max_cost == 0)
        return true;
    if (!(request->max_cost > 0) || !isfinite(request->max_cost))
        return tns_error_set(err, TNS_ERROR_USAGE, "match: cost: expected more than 0, found %g",
                             request->max_cost);
    if (problem->max_shade > 0 && !(problem->diluent->cost_per_ml > 0))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "match: cost: %s has no price in palette %s, so no shade has one",
                             problem->diluent->id, problem->palette->name);
    problem->max_cost = request->max_cost * (1 + COST_ROUNDING);
    return true;
}

/* What has no price can be in no recipe of known cost. */
static bool leave_out_unpriced(tns_problem *problem, tns_error *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < problem->count; i++) {
        const tns_component *one = &problem->components[i];
        if (isinf(problem->max_cost) || problem->palette->pigments[one->pigment].cost_per_ml > 0)
            problem->components[kept++] = *one;
    }
    problem->count = kept;
    return kept > 0 ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "match: cost: none of the pigments allowed has a price in palette %s",
                         problem->palette->name);
}

static bool set_least_units(tns_problem *problem, const tns_match_request *request, tns_error *err)
{
    problem->least_units = calloc(problem->count, sizeof *problem->least_units);
    if (!problem->least_units)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu pigments",
                             problem->count);
    for (size_t i = 0; i < problem->count; i++) {
        int pigment = problem->components[i].pigment;
        int least = request->least_units ? request->least_units[pigment] : 0;
        if (least < 0 || least > problem->max_units)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "match: least units of %s: expected 0 to %d, as many as there "
                                 "may be in all, found %d",
                                 problem->palette->pigments[pigment].id, problem->max_units, least);
        problem->least_units[i] = least > 0 ? least : 1;
    }
    return true;
}

static int rising(const void *left, const void *right)
{
    const int *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* No more parts than fit when those that need the fewest units are taken. */
static bool set_max_parts(tns_problem *problem, tns_error *err)
{
    int parts = 0, sum = 0;
    int *least = malloc(problem->count * sizeof *least);
    if (!least)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu pigments",
                             problem->count);
    memcpy(least, problem->least_units, problem->count * sizeof *least);
    qsort(least, problem->count, sizeof *least, rising);
    while ((size_t)parts < problem->count && parts < problem->max_parts &&
           least[parts] <= problem->max_units - sum)
        sum += least[parts++];
    free(least);
    problem->max_parts = parts;
    return true;
}

bool tns_problem_limit(tns_problem *problem, const tns_match_request *request, tns_error *err)
{
    problem->most_share = request->most_share;
    problem->favor = request->favor;
    problem->pot_ml = request->pot_ml;
    return set_max_cost(problem, request, err) && leave_out_unpriced(problem, err) &&
           set_least_units(problem, request, err) && set_max_parts(problem, err);
}

bool tns_problem_fail_empty(const tns_problem *problem, tns_error *err)
{
    bool darker = problem->goal.never_darker;
    if (problem->most_share)
        return tns_error_set(err, TNS_ERROR_NO_RECIPE,
                             "match: there is too little of every pigment for any recipe%s%s",
                             problem->pot_ml > 0 ? " that fits the pot" : "",
                             darker ? " that is at least as light as the target" : "");
    if (isinf(problem->max_cost))
        return tns_error_set(err, TNS_ERROR_NO_RECIPE,
                             "match: no recipe is at least as light as the target");
    return tns_error_set(err, TNS_ERROR_NO_RECIPE, "match: no recipe costs %g per ml or less%s",
                         problem->max_cost,
                         darker ? " and is at least as light as the target" : "");
}

static int gcd(int a, int b)
{
    while (b) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool tns_problem_lists(const tns_problem *problem, int count, const int *component,
                       const int *units)
{
    int common = 0, fewest = 1;
    for (int i = 0; i < count; i++)
        common = gcd(units[i], common);
    for (int i = 0; i < count; i++) {
        int least = problem->least_units[component[i]], share = units[i] / common;
        if (units[i] < least)
            return false;
        while (fewest * share < least)
            fewest++;
    }
    return problem->exactly || fewest == common;
}
