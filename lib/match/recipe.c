/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/difference.h>

#include "match/recipe.h"

/* A share below this belongs to the mixture without that part. */
static const double LEAST_FRACTION = 1e-4;

static void fill_parts(const tns_problem *problem, const tns_pick *pick, tns_recipe *out)
{
    double volume = 0, amount = 0, diluted = 0;
    out->part_count = (size_t)pick->count;
    for (int i = 0; i < pick->count; i++) {
        const tns_component *c = &problem->components[pick->component[i]];
        double units = pick->units[i];
        tns_recipe_part part = {c->pigment, pick->units[i], c->amount * units, c->ml * units,
                                c->g * units};
        out->parts[i] = part;
        volume += part.ml;
        amount += part.fraction;
        diluted += c->dilution * units * pick->shade;
    }
    for (int i = 0; i < pick->count; i++)
        out->parts[i].fraction /= amount + diluted;
    out->has_diluent = problem->diluent != NULL;
    out->shade = pick->shade;
    out->real_shade = pick->shade;
    out->diluent.pigment = problem->diluent_index;
    out->diluent.fraction = diluted / (amount + diluted);
    out->diluent.ml = volume * pick->shade;
}

/* Far more than a pot's, and far from what an int holds. */
static const double MOST_COUNTED = 1e6;

/* The whole multiple of the ratio that fills the pot. */
static void fill_pot(double pot_ml, tns_recipe *out)
{
    double ml = out->diluent.ml;
    for (size_t i = 0; i < out->part_count; i++)
        ml += out->parts[i].ml;
    double times = fmin(ceil(pot_ml / ml - 1e-9), MOST_COUNTED);
    if (!(times > 1))
        return;
    for (size_t i = 0; i < out->part_count; i++) {
        out->parts[i].units *= (int)times;
        out->parts[i].ml *= times;
        out->parts[i].g *= times;
    }
    out->diluent.ml *= times;
}

/* A diluent off a whole number of units by no more than this moves no color anyone could see. */
static const double NEARLY_WHOLE = 0.01;

/*
 * The diluent in its own units where they are whole; drops of another size than the pigments' are
 * not, and then it is to be measured by volume: rounding it would be another shade than the one
 * the color was predicted for.
 */
static void fill_diluent(const tns_problem *problem, tns_recipe *out)
{
    if (out->shade == 0)
        return;
    tns_component one =
        tns_component_make(problem->palette, problem->diluent_index, problem->unit, NULL);
    double units = out->diluent.ml / one.ml;
    bool whole = fabs(units - round(units)) <= NEARLY_WHOLE * units;
    out->diluent.g = units * one.g;
    if (whole && units <= MOST_COUNTED)
        out->diluent.units = (int)lround(units);
    else
        tns_warn(&out->warnings, "%s: measure %.3g ml, %s", problem->diluent->id, out->diluent.ml,
                 whole ? "nobody counts so many drops" : "it is no whole number of drops");
}

/* A session's pot holds about 3 ml; this much of it would be thrown away. */
static const double LARGE_POT_ML = 10;

static void warn_of_volume(const tns_match_request *request, tns_recipe *out)
{
    double ml = out->diluent.ml;
    for (size_t i = 0; i < out->part_count; i++)
        ml += out->parts[i].ml;
    if (ml > fmax(LARGE_POT_ML, 2 * request->pot_ml))
        tns_warn(&out->warnings,
                 "%.0f ml is more than a session's pot: allow fewer drops for a smaller one", ml);
}

void tns_recipe_fill_colors(const tns_problem *problem, const tns_match_request *request,
                            const tns_coefficients *mix, tns_recipe *out)
{
    const tns_goal *goal = &problem->goal;
    out->predicted = tns_goal_compare(goal, mix, out->de00);
    for (size_t v = 0; v < goal->viewing_count; v++) {
        out->color[v] = tns_color_from_spectrum(&out->predicted, &goal->viewings[v]);
        if (v > 0)
            out->metamerism =
                fmax(out->metamerism, tns_metamerism(&request->target, &out->predicted,
                                                     &goal->viewings[0], &goal->viewings[v]));
    }
}

static void fill_colors(const tns_problem *problem, const tns_match_request *request,
                        const tns_pick *pick, tns_recipe *out)
{
    tns_coefficients mix;
    double units[TNS_PARTS_MAX];
    for (int i = 0; i < pick->count; i++)
        units[i] = pick->units[i];
    tns_problem_mix(problem, pick->count, pick->component, units, pick->shade, &mix);
    out->objective = pick->objective;
    tns_recipe_fill_colors(problem, request, &mix, out);
}

static bool needs_density(const tns_problem *problem, const tns_recipe *recipe)
{
    bool by_mass = problem->palette->model.basis == TNS_BY_MASS;
    bool in_grams = problem->unit.kind == TNS_UNIT_GRAM;
    return by_mass != in_grams || (in_grams && recipe->shade > 0);
}

typedef bool (*part_test)(const tns_pigment *pigment, const tns_recipe_part *part);

static bool is_single(const tns_pigment *pigment, const tns_recipe_part *part)
{
    (void)pigment;
    return part->units == 1;
}

static bool is_unweighed(const tns_pigment *pigment, const tns_recipe_part *part)
{
    (void)part;
    return !(pigment->drop_ml > 0);
}

static bool has_no_density(const tns_pigment *pigment, const tns_recipe_part *part)
{
    (void)part;
    return !(pigment->density_g_ml > 0);
}

static bool is_modelled(const tns_pigment *pigment, const tns_recipe_part *part)
{
    (void)part;
    return pigment->origin == TNS_ORIGIN_MODELLED;
}

/* One sentence for all the parts that pass the test: "black, white: <what>". */
static bool warn_of(const tns_problem *problem, part_test test, const char *what, tns_recipe *out)
{
    char ids[TNS_WARNING_SIZE] = "";
    for (size_t i = 0; i < out->part_count; i++) {
        const tns_pigment *pigment = &problem->palette->pigments[out->parts[i].pigment];
        size_t used = strlen(ids);
        if (test(pigment, &out->parts[i]))
            snprintf(ids + used, sizeof ids - used, "%s%s", used ? ", " : "", pigment->id);
    }
    if (ids[0])
        tns_warn(&out->warnings, "%s: %s", ids, what);
    return ids[0] != '\0';
}

/* What makes the recipe harder to repeat, or its color less certain, than the numbers look. */
static void judge(const tns_problem *problem, tns_recipe *out)
{
    bool mixed = out->part_count > 1 || out->shade > 0;
    bool drops = problem->unit.kind == TNS_UNIT_DROP;
    if (mixed)
        warn_of(problem, is_single,
                drops ? "a single drop is hard to repeat, double every amount"
                      : "a single tick is hard to repeat, double every amount",
                out);
    if (mixed && drops)
        warn_of(problem, is_unweighed, "drops never weighed, 0.04 ml is taken", out);
    if (mixed && needs_density(problem, out))
        warn_of(problem, has_no_density, "density not known, 1 g/ml is taken", out);
    out->confidence = warn_of(problem, is_modelled, "modelled, not measured", out) ? 'C' : 'B';
}

void tns_recipe_fill(const tns_problem *problem, const tns_match_request *request,
                     const tns_pick *pick, tns_recipe *out)
{
    *out = (tns_recipe){.cost = isfinite(pick->cost) ? pick->cost : 0};
    fill_parts(problem, pick, out);
    fill_pot(request->pot_ml, out);
    fill_colors(problem, request, pick, out);
    judge(problem, out);
    fill_diluent(problem, out);
    warn_of_volume(request, out);
}

void tns_blend_fill(const tns_problem *problem, const tns_support *support, tns_blend *out)
{
    double whole = 0;
    tns_coefficients mix;
    double de00[TNS_VIEWINGS_MAX];
    tns_support_mix(problem, support, &mix);
    tns_goal_compare(&problem->goal, &mix, de00);
    *out = (tns_blend){.objective = support->objective, .de00 = de00[0]};
    for (int i = 0; i < support->count; i++) {
        const tns_component *c = &problem->components[support->component[i]];
        whole += support->units[i] * (c->amount + support->shade * c->dilution);
    }
    for (int i = 0; i < support->count; i++) {
        const tns_component *c = &problem->components[support->component[i]];
        double fraction = support->units[i] * c->amount / whole;
        if (fraction < LEAST_FRACTION)
            continue;
        out->pigment[out->part_count] = c->pigment;
        out->fraction[out->part_count++] = fraction;
    }
}
