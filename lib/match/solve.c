/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A match in four steps: guess at supports, polish and round the likeliest, search
 * exactly, then polish the supports that won to say what rounding costs.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/team.h"
#include "match/bound/stand_in.h"
#include "match/real/solve_real.h"
#include "match/recipe.h"
#include "match/search/exact.h"
#include "match/search/guess.h"
#include "match/search/polish.h"
#include "match/search/rounding.h"
#include "match/search/seed.h"

/* Supports polished before the search. More of them prune no better. */
enum { LIKELY = 32 };

/* Real amounts that come this near, dE00 under the main viewing, have reached the target. */
static const double IN_GAMUT = 1.0;

typedef struct solver {
    const tns_match_request *request;
    const tns_context *context;
    tns_problem problem;
    tns_bound bound;
    tns_stand_in *stand_in;
    tns_support *supports;
    size_t support_count, polished; /* so many of the first are polished */
    tns_toplist seeds, list;
    tns_support *real; /* of each recipe, the best of its pigments' real amounts */
    size_t *winner;    /* the best recipe of each set of pigments in the list */
    size_t winner_count;
    tns_support best; /* of real amounts */
    uint64_t evaluated;
} solver;

static bool begin(solver *s, tns_error *err)
{
    if (!tns_problem_init(&s->problem, s->request, err))
        return false;
    s->best.objective = INFINITY;
    s->supports = tns_supports_list(&s->problem, &s->support_count, err);
    return s->supports && tns_toplist_init(&s->seeds, s->problem.top, err) &&
           tns_toplist_init(&s->list, s->problem.top, err);
}

static void end(solver *s)
{
    tns_toplist_finish(&s->list);
    tns_toplist_finish(&s->seeds);
    tns_bound_finish(&s->bound);
    tns_stand_in_destroy(s->stand_in);
    free(s->real);
    free(s->winner);
    free(s->supports);
    tns_problem_finish(&s->problem);
}

/* A loop over all threads; each task has a place of its own to write to. */
static bool share(solver *s, size_t count, tns_team_task task, const char *stage, tns_error *err)
{
    return tns_team_run(s->problem.threads, count, task, s, s->context, stage) ||
           tns_error_set(err, TNS_ERROR_CANCELLED, "match: cancelled");
}

static bool guess(solver *s, tns_error *err)
{
    if (!tns_guess(&s->problem, &s->request->target, s->supports, s->support_count, s->context,
                   err))
        return false;
    tns_supports_sort(s->supports, s->support_count);
    return true;
}

static void remember_best(solver *s, const tns_support *support)
{
    if (support->objective < s->best.objective)
        s->best = *support;
}

static void polish_one(void *user, tns_team *team, size_t i)
{
    (void)team;
    solver *s = user;
    tns_polish_starts(&s->problem, &s->supports[i]);
}

static bool polish_likely(solver *s, tns_error *err)
{
    s->polished = s->support_count < LIKELY ? s->support_count : LIKELY;
    if (!share(s, s->polished, polish_one, "polish", err))
        return false;
    for (size_t i = 0; i < s->polished; i++) {
        tns_round_support(&s->problem, &s->supports[i], &s->seeds);
        remember_best(s, &s->supports[i]);
    }
    tns_supports_sort(s->supports, s->polished);
    return true;
}

/* A finer table of colors takes longer to make, and pays in a longer search; none, in a short. */
static int cells_for(const tns_problem *problem)
{
    uint64_t recipes = tns_problem_recipes(problem);
    return recipes < 500       ? 0
           : recipes < 10000   ? TNS_CHROMATIC_CELLS / 8
           : recipes < 1000000 ? TNS_CHROMATIC_CELLS / 4
                               : TNS_CHROMATIC_CELLS;
}

/* In a short search the films of a blend are looked at one by one. */
static void make_stand_in(solver *s)
{
    if (cells_for(&s->problem) == TNS_CHROMATIC_CELLS && s->request->surface_count > 1)
        s->stand_in = tns_stand_in_create(&s->problem);
    s->problem.goal.stand_in = s->stand_in;
}

static bool search(solver *s, tns_error *err)
{
    make_stand_in(s);
    double enough = tns_toplist_worst(&s->seeds);
    tns_exact_job job = {
        &s->problem, &s->bound, s->supports, s->support_count, enough, s->problem.threads,
    };
    return tns_bound_init(&s->bound, &s->problem.goal, enough, cells_for(&s->problem),
                          tns_cpu_isa(), err) &&
           tns_exact_search(&job, s->context, &s->list, &s->evaluated, err) &&
           (s->list.count > 0 || tns_problem_fail_empty(&s->problem, err));
}

static bool same_parts(const tns_pick *pick, int count, const int *component)
{
    return pick->count == count &&
           memcmp(pick->component, component, (size_t)count * sizeof *component) == 0;
}

/* The best real amounts of a recipe's pigments from a guess and from equal parts: those of a likely
 * support are known. */
static tns_support fresh_amounts(const solver *s, const tns_pick *pick, const tns_support *like)
{
    for (size_t i = 0; i < s->polished; i++)
        if (same_parts(pick, s->supports[i].count, s->supports[i].component))
            return s->supports[i];
    tns_support fresh = *like;
    tns_seed(&s->problem, &s->request->target, &fresh);
    tns_polish_starts(&s->problem, &fresh);
    return fresh;
}

/* The same, or from the recipe where that is better. */
static tns_support real_amounts(const solver *s, const tns_pick *pick)
{
    tns_support winner = {.count = pick->count, .shade = pick->shade, .objective = pick->objective};
    double total = 0;
    for (int i = 0; i < pick->count; i++)
        total += pick->units[i];
    for (int i = 0; i < pick->count; i++) {
        winner.component[i] = pick->component[i];
        winner.units[i] = pick->units[i] / total;
    }
    tns_support fresh = fresh_amounts(s, pick, &winner);
    tns_polish(&s->problem, &winner);
    return fresh.objective < winner.objective ? fresh : winner;
}

/* Recipes of one support share its real optimum, found from the best of them. */
static size_t first_alike(const solver *s, size_t i)
{
    size_t first = 0;
    const tns_pick *pick = &s->list.picks[i];
    while (!same_parts(&s->list.picks[first], pick->count, pick->component))
        first++;
    return first;
}

static void find_real(void *user, tns_team *team, size_t index)
{
    (void)team;
    solver *s = user;
    size_t i = s->winner[index];
    s->real[i] = real_amounts(s, &s->list.picks[i]);
}

static bool list_winners(solver *s)
{
    s->real = calloc(s->list.count, sizeof *s->real);
    s->winner = calloc(s->list.count, sizeof *s->winner);
    for (size_t i = 0; s->winner && i < s->list.count; i++)
        if (first_alike(s, i) == i)
            s->winner[s->winner_count++] = i;
    return s->real && s->winner;
}

static bool fill_rounding_losses(solver *s, tns_match *match, tns_error *err)
{
    if (!list_winners(s))
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu recipes",
                             s->list.count);
    if (!share(s, s->winner_count, find_real, "report", err))
        return false;
    for (size_t i = 0; i < s->list.count; i++) {
        const tns_support *real = &s->real[first_alike(s, i)];
        match->recipes[i].rounding_loss = s->list.picks[i].objective - real->objective;
        remember_best(s, real);
    }
    return true;
}

static void judge(const solver *s, tns_match *match)
{
    match->in_gamut = match->best_possible.de00 <= IN_GAMUT;
    for (size_t i = 0; i < match->recipe_count; i++)
        match->in_gamut = match->in_gamut || match->recipes[i].de00[0] <= IN_GAMUT;
    match->within_tolerance = match->recipes[0].de00[0] <= s->problem.tolerance;
}

static tns_match *report(solver *s, tns_error *err)
{
    tns_match *match = calloc(1, sizeof *match);
    tns_recipe *recipes = calloc(s->list.count, sizeof *recipes);
    if (!match || !recipes) {
        tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu recipes", s->list.count);
        free(match);
        free(recipes);
        return NULL;
    }
    match->recipes = recipes;
    match->recipe_count = s->list.count;
    for (size_t i = 0; i < s->list.count; i++)
        tns_recipe_fill(&s->problem, s->request, &s->list.picks[i], &recipes[i]);
    if (!fill_rounding_losses(s, match, err)) {
        tns_match_destroy(match);
        return NULL;
    }
    tns_blend_fill(&s->problem, &s->best, &match->best_possible);
    judge(s, match);
    match->search = (tns_search){.pigments = s->problem.count,
                                 .max_shade = s->problem.max_shade,
                                 .max_pigments = s->problem.max_parts,
                                 .max_units = s->problem.max_units,
                                 .recipes = tns_problem_recipes(&s->problem),
                                 .evaluated = s->evaluated,
                                 .exact = true,
                                 .threads = s->problem.threads};
    return match;
}

tns_match *tns_match_solve(const tns_match_request *request, const tns_context *context,
                           tns_error *err)
{
    if (request->continuous)
        return tns_solve_real(request, context, err);
    double started = tns_seconds_now();
    solver s = {.request = request, .context = context};
    bool found = begin(&s, err) && guess(&s, err) && polish_likely(&s, err) && search(&s, err);
    tns_match *match = found ? report(&s, err) : NULL;
    if (match)
        match->search.seconds = tns_seconds_now() - started;
    end(&s);
    return match;
}

void tns_match_destroy(tns_match *match)
{
    if (!match)
        return;
    free(match->recipes);
    free(match);
}
