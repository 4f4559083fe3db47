/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/difference.h>

#include "match/odds/choices.h"

/* Odds as near as this are no surer: so far the draws tell. */
static const double AS_SURE = 1.05;

/* No one tells two colors apart that are this near. */
static const double ALIKE = 0.3;

static bool same_pigments(const tns_recipe *a, const tns_recipe *b)
{
    if (a->part_count != b->part_count)
        return false;
    for (size_t i = 0; i < a->part_count; i++)
        if (a->parts[i].pigment != b->parts[i].pigment)
            return false;
    return true;
}

void tns_choices_mark_distinct(tns_match *match)
{
    for (size_t i = 0; i < match->recipe_count; i++) {
        tns_recipe *one = &match->recipes[i];
        one->distinct = true;
        for (size_t k = 0; k < i && one->distinct; k++) {
            const tns_recipe *better = &match->recipes[k];
            one->distinct = !better->distinct || !same_pigments(better, one) ||
                            tns_de00(better->color[0].lab, one->color[0].lab) >= ALIKE;
        }
    }
}

typedef double (*measure)(const tns_recipe *recipe);

static double difference(const tns_recipe *recipe)
{
    return recipe->de00[0];
}

static double spread(const tns_recipe *recipe)
{
    return recipe->odds.de00_p95;
}

static double pigments(const tns_recipe *recipe)
{
    return (double)recipe->part_count;
}

static double metamerism(const tns_recipe *recipe)
{
    return recipe->metamerism;
}

static double cost(const tns_recipe *recipe)
{
    return recipe->cost > 0 ? recipe->cost : INFINITY;
}

static size_t least(const tns_match *match, measure of)
{
    size_t best = 0;
    for (size_t i = 1; i < match->recipe_count; i++)
        if (of(&match->recipes[i]) < of(&match->recipes[best]))
            best = i;
    return best;
}

/* The nearest of those that are as sure as any. */
static size_t surest(const tns_match *match)
{
    size_t first = 0;
    double enough = AS_SURE * spread(&match->recipes[least(match, spread)]);
    while (spread(&match->recipes[first]) > enough)
        first++;
    return first;
}

void tns_choices_make(tns_match *match, bool lamps)
{
    if (match->recipe_count == 0)
        return;
    tns_choices *c = &match->choices;
    *c = (tns_choices){.made = true,
                       .closest = least(match, difference),
                       .surest = surest(match),
                       .simplest = least(match, pigments),
                       .least_metameric = least(match, metamerism),
                       .has_metamerism = lamps,
                       .cheapest = least(match, cost)};
    c->has_cost = match->recipes[c->cheapest].cost > 0;
}
