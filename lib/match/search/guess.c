/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/team.h"
#include "match/search/guess.h"
#include "match/search/seed.h"

/* So many supports are all seeded; of more, this many of each size are extended. */
enum { SEED_ALL = 2000, EXTENDED = 32 };

typedef struct guesser {
    const tns_problem *problem;
    const tns_spectrum *target;
    tns_support *supports;
    size_t *chosen; /* indices of the supports to seed; room for all of one round */
    size_t count;
} guesser;

static void seed_one(void *user, tns_team *team, size_t i)
{
    (void)team;
    const guesser *g = user;
    tns_seed(g->problem, g->target, &g->supports[g->chosen[i]]);
}

static bool seed_chosen(guesser *g, const tns_context *context, tns_error *err)
{
    return tns_team_run(g->problem->threads, g->count, seed_one, g, context, "seed") ||
           tns_error_set(err, TNS_ERROR_CANCELLED, "match: cancelled");
}

static size_t first_of_size(const guesser *g, int size, size_t count)
{
    int set[TNS_PARTS_MAX];
    for (int i = 0; i < size; i++)
        set[i] = i;
    return size > g->problem->max_parts ? count : tns_supports_find(g->problem, set, size);
}

static void choose_range(guesser *g, size_t from, size_t to)
{
    g->count = 0;
    for (size_t i = from; i < to; i++)
        g->chosen[g->count++] = i;
}

/* The best seeds in a range, in no order; ties go to those that come first. */
static int best_of(const guesser *g, size_t from, size_t to, size_t best[EXTENDED])
{
    int count = 0;
    for (size_t i = from; i < to; i++) {
        int at = count;
        for (; at > 0 && g->supports[i].objective < g->supports[best[at - 1]].objective; at--)
            if (at < EXTENDED)
                best[at] = best[at - 1];
        if (at < EXTENDED && isfinite(g->supports[i].objective)) {
            best[at] = i;
            count += count < EXTENDED;
        }
    }
    return count;
}

static int compare(const void *left, const void *right)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

static void drop_repeats(guesser *g)
{
    size_t kept = 0;
    qsort(g->chosen, g->count, sizeof *g->chosen, compare);
    for (size_t i = 0; i < g->count; i++)
        if (kept == 0 || g->chosen[i] != g->chosen[kept - 1])
            g->chosen[kept++] = g->chosen[i];
    g->count = kept;
}

/* A support with one more component, if that is not in it. */
static void choose_extended(guesser *g, const tns_support *from, int component)
{
    int set[TNS_PARTS_MAX], count = 0;
    for (int i = 0; i < from->count; i++) {
        if (from->component[i] == component)
            return;
        if (count == i && from->component[i] > component)
            set[count++] = component;
        set[count++] = from->component[i];
    }
    if (count == from->count)
        set[count++] = component;
    g->chosen[g->count++] = tns_supports_find(g->problem, set, count);
}

static void choose_larger(guesser *g, int size, size_t count)
{
    size_t best[EXTENDED];
    int found = best_of(g, first_of_size(g, size - 1, count), first_of_size(g, size, count), best);
    g->count = 0;
    for (int i = 0; i < found; i++)
        for (int c = 0; c < (int)g->problem->count; c++)
            choose_extended(g, &g->supports[best[i]], c);
    drop_repeats(g);
}

static bool seed_likely(guesser *g, size_t count, const tns_context *context, tns_error *err)
{
    choose_range(g, 0, first_of_size(g, 3, count));
    if (!seed_chosen(g, context, err))
        return false;
    for (int size = 3; size <= g->problem->max_parts; size++) {
        choose_larger(g, size, count);
        if (!seed_chosen(g, context, err))
            return false;
    }
    return true;
}

bool tns_guess(const tns_problem *problem, const tns_spectrum *target, tns_support *supports,
               size_t count, const tns_context *context, tns_error *err)
{
    guesser g = {.problem = problem, .target = target, .supports = supports};
    size_t pairs = first_of_size(&g, 3, count), extended = EXTENDED * problem->count;
    size_t room = count <= SEED_ALL ? count : pairs > extended ? pairs : extended;
    g.chosen = malloc(room * sizeof *g.chosen);
    if (!g.chosen)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu guesses", room);
    bool done;
    if (count <= SEED_ALL) {
        choose_range(&g, 0, count);
        done = seed_chosen(&g, context, err);
    } else {
        done = seed_likely(&g, count, context, err);
    }
    free(g.chosen);
    return done;
}
