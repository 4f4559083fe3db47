/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match of real amounts: search, tell. */
#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "match/real/continuous.h"
#include "match/real/solve_real.h"
#include "match/recipe.h"

static const double IN_GAMUT = 1.0;

typedef struct solver {
    tns_match_request request; /* without what only whole units have */
    const tns_context *context;
    tns_problem problem;
    tns_support *supports, *list;
    size_t support_count, count;
    uint64_t evaluated;
} solver;

static bool begin(solver *s, tns_error *err)
{
    const tns_match_request *r = &s->request;
    if (r->never_darker || r->least_units || r->max_cost > 0 || r->most_share)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "match: %s is for whole units, not for real amounts",
                             r->never_darker  ? "never darker"
                             : r->least_units ? "a least number of units"
                             : r->most_share  ? "a most of a share"
                                              : "a most of cost");
    if (!tns_problem_init(&s->problem, r, err))
        return false;
    s->list = calloc(s->problem.top, sizeof *s->list);
    s->supports = tns_supports_list(&s->problem, &s->support_count, err);
    if (s->supports && !s->list)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu recipes",
                             s->problem.top);
    return s->supports != NULL;
}

static void end(solver *s)
{
    free(s->list);
    free(s->supports);
    tns_problem_finish(&s->problem);
}

static bool search(solver *s, tns_error *err)
{
    return tns_continuous_search(&s->problem, s->supports, s->support_count, s->context, s->list,
                                 &s->count, &s->evaluated, err) &&
           (s->count > 0 || tns_error_set(err, TNS_ERROR_NO_RECIPE,
                                          "match: no mixture of these pigments was found"));
}

static char confidence_of(const solver *s, const tns_support *support)
{
    for (int i = 0; i < support->count; i++) {
        int pigment = s->problem.components[support->component[i]].pigment;
        if (s->problem.palette->pigments[pigment].origin == TNS_ORIGIN_MODELLED)
            return 'C';
    }
    return 'B';
}

static void fill_parts(const solver *s, const tns_support *support, tns_recipe *out)
{
    const tns_problem *problem = &s->problem;
    double whole = 0, diluted = 0;
    out->part_count = (size_t)support->count;
    for (int i = 0; i < support->count; i++) {
        const tns_component *c = &problem->components[support->component[i]];
        out->parts[i].pigment = c->pigment;
        out->parts[i].fraction = support->units[i] * c->amount;
        diluted += support->units[i] * support->shade * c->dilution;
        whole += out->parts[i].fraction;
    }
    for (int i = 0; i < support->count; i++)
        out->parts[i].fraction /= whole + diluted;
    out->has_diluent = problem->diluent != NULL;
    out->shade = (int)lround(support->shade);
    out->real_shade = support->shade;
    out->diluent.pigment = problem->diluent_index;
    out->diluent.fraction = diluted / (whole + diluted);
}

static void fill(const solver *s, const tns_support *support, tns_recipe *out)
{
    tns_coefficients mix;
    *out = (tns_recipe){.objective = support->objective, .confidence = confidence_of(s, support)};
    fill_parts(s, support, out);
    tns_support_mix(&s->problem, support, &mix);
    tns_recipe_fill_colors(&s->problem, &s->request, &mix, out);
}

static tns_match *report(solver *s, tns_error *err)
{
    tns_match *match = calloc(1, sizeof *match);
    tns_recipe *recipes = calloc(s->count, sizeof *recipes);
    if (!match || !recipes) {
        tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu recipes", s->count);
        free(match);
        free(recipes);
        return NULL;
    }
    match->recipes = recipes;
    match->recipe_count = s->count;
    for (size_t i = 0; i < s->count; i++)
        fill(s, &s->list[i], &recipes[i]);
    tns_blend_fill(&s->problem, &s->list[0], &match->best_possible);
    match->in_gamut = recipes[0].de00[0] <= IN_GAMUT;
    match->within_tolerance = recipes[0].de00[0] <= s->problem.tolerance;
    match->search = (tns_search){.pigments = s->problem.count,
                                 .max_pigments = s->problem.max_parts,
                                 .max_units = s->problem.max_units,
                                 .max_shade = s->problem.max_shade,
                                 .recipes = s->support_count,
                                 .evaluated = s->evaluated,
                                 .continuous = true,
                                 .threads = s->problem.threads};
    return match;
}

tns_match *tns_solve_real(const tns_match_request *request, const tns_context *context,
                          tns_error *err)
{
    double started = tns_seconds_now();
    solver s = {.request = *request, .context = context};
    s.request.max_units = 0;
    s.request.exactly = false;
    bool found = begin(&s, err) && search(&s, err);
    tns_match *match = found ? report(&s, err) : NULL;
    if (match)
        match->search.seconds = tns_seconds_now() - started;
    end(&s);
    return match;
}
