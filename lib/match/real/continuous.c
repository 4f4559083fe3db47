/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "match/real/continuous.h"
#include "match/real/ends.h"
#include "match/search/polish.h"

/* Fewer parts are not worth a bound; tasks between two looks at the limit. */
enum { BOUNDED = 3, BATCH = 16 };

/*
 * The first descents were seen to miss the best by a tenth, for far targets have many valleys, or
 * by less than this.
 */
static const double FAR_SHARE = 0.1, FAR = 0.3;

/* What all of them may lose against a polish. */
static const double SLACK_SHARE = 0.02, SLACK = 0.01;

typedef struct candidate {
    float value;
    size_t support;
} candidate;

typedef struct search {
    tns_ends ends;
    size_t support_count;
    tns_ranking ranking;
    bool listed;     /* its limit stands */
    candidate *near; /* supports that may be listed */
    size_t count;    /* of them in hand */
} search;

static void settle(search *s, size_t from, size_t count)
{
    size_t supports[TNS_ENDS_SETTLED];
    for (size_t i = 0; i < count; i++)
        supports[i] = s->near[from + i].support;
    tns_ends_settle(&s->ends, supports, count);
}

static void settle_chunk(void *user, tns_team *team, size_t chunk)
{
    (void)team;
    search *s = user;
    size_t at = chunk * TNS_ENDS_SETTLED, left = s->count - at;
    settle(s, at, left < TNS_ENDS_SETTLED ? left : TNS_ENDS_SETTLED);
}

static int by_value(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return (a->support > b->support) - (a->support < b->support);
}

/* Supports of a range whose ends are not beyond `most`, best first; their number. */
static size_t gather(search *s, size_t from, size_t to, double most)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        if (isfinite(s->ends.end[i].value) && s->ends.end[i].least <= most * most)
            s->near[count++] = (candidate){s->ends.end[i].least, i};
    qsort(s->near, count, sizeof *s->near, by_value);
    return count;
}

/*
 * Offers the first of `near`, each settled before: an end that creeps towards an edge would seem to
 * be whole. What a polish might still take there does not count, for the limit should stand.
 */
static void offer_ends(search *s, size_t count)
{
    for (size_t i = 0; i < count && sqrt((double)s->near[i].value) <= s->ranking.limit;
         i += TNS_ENDS_SETTLED) {
        size_t some = count - i < TNS_ENDS_SETTLED ? count - i : TNS_ENDS_SETTLED;
        settle(s, i, some);
        for (size_t k = i; k < i + some; k++) {
            tns_support end;
            tns_evened_support(&s->ends.inks, &s->ends.end[s->near[k].support], &end);
            tns_ranking_offer(&s->ranking, &end, 2 * TNS_LEAST_SHARE);
        }
    }
}

static bool run(search *s, size_t count, tns_team_task task, void *user, const tns_context *context,
                tns_error *err)
{
    return tns_team_run(s->ends.problem->threads, count, task, user, context, "search") ||
           tns_error_set(err, TNS_ERROR_CANCELLED, "match: cancelled");
}

/* A task of tns_ends over supports. */
static bool run_over(search *s, size_t from, size_t to, tns_team_task task,
                     const tns_context *context, tns_error *err)
{
    s->ends.from = from;
    s->ends.to = to;
    return run(s, (to - from + TNS_ENDS_CHUNK - 1) / TNS_ENDS_CHUNK, task, &s->ends, context, err);
}

/* Where the supports of so many parts end in the list. */
static size_t end_of_size(const search *s, int size)
{
    double count = 0;
    for (int m = 1; m <= size; m++)
        count += tns_choose((int)s->ends.problem->count, m);
    return (size_t)count;
}

/* A table of colors takes longer to make than it saves where few supports are looked up in it; only
   the finest has bands linked, which pays for very many. */
static int cells_for(size_t supports)
{
    return supports < 100     ? 0
           : supports < 5000  ? TNS_CHROMATIC_CELLS / 4
           : supports < 20000 ? TNS_CHROMATIC_CELLS / 2
                              : TNS_CHROMATIC_CELLS;
}

/* The bound is made anew for the limit in hand: the lower that is, the sharper. */
static bool make_bound(search *s, int size, tns_error *err)
{
    if (s->ends.bounded)
        tns_bound_finish(&s->ends.bound);
    s->ends.bounded = false;
    if (size < BOUNDED || isinf(s->ranking.limit))
        return true;
    int cells = cells_for(end_of_size(s, size) - end_of_size(s, size - 1));
    s->ends.bounded = tns_bound_init(&s->ends.bound, &s->ends.problem->goal, s->ranking.limit,
                                     cells, tns_cpu_isa(), err);
    return s->ends.bounded;
}

/*
 * Supports of one size, in batches. The limit changes between batches alone: what is left out then
 * depends on nothing that threads decide.
 */
static bool search_size(search *s, int size, const tns_context *context, tns_error *err)
{
    size_t end = end_of_size(s, size);
    if (!make_bound(s, size, err))
        return false;
    for (size_t from = end_of_size(s, size - 1), to; from < end; from = to) {
        to = from + BATCH * TNS_ENDS_CHUNK < end ? from + BATCH * TNS_ENDS_CHUNK : end;
        s->ends.limit = s->ranking.limit;
        if (!run_over(s, from, to, tns_ends_visit, context, err))
            return false;
        if (!s->listed)
            offer_ends(s, gather(s, from, to, s->ranking.limit));
    }
    return size == s->ends.problem->max_parts ||
           run_over(s, end_of_size(s, size - 1), end, tns_ends_ask, context, err);
}

/* All descents of those that end near, the smaller ones first, for others begin where they end. */
static bool settle_size(search *s, int size, double near, const tns_context *context,
                        tns_error *err)
{
    s->count = gather(s, end_of_size(s, size - 1), end_of_size(s, size), near);
    return run(s, (s->count + TNS_ENDS_SETTLED - 1) / TNS_ENDS_SETTLED, settle_chunk, s, context,
               err);
}

/* Polishes and lists what may be among the best. */
static void list_near(search *s, double near)
{
    size_t count = gather(s, 0, s->support_count, near);
    tns_ranking_clear(&s->ranking);
    for (size_t i = 0; i < count; i++) {
        tns_support end;
        tns_evened_support(&s->ends.inks, &s->ends.end[s->near[i].support], &end);
        if (end.objective > s->ranking.limit * (1 + SLACK_SHARE) + SLACK ||
            !tns_ranking_whole(s->ends.problem, &end, TNS_LEAST_SHARE / 2))
            continue;
        tns_polish(s->ends.problem, &end);
        tns_ranking_offer(&s->ranking, &end, TNS_LEAST_SHARE);
    }
}

/*
 * Where more descents or a polish find the best of a listed support at its edge, the list ends
 * farther than was thought; then what was left out by the limit is looked at again.
 */
static bool search_all(search *s, const tns_context *context, tns_error *err)
{
    double thought;
    do {
        for (int m = 1; m <= s->ends.problem->max_parts; m++) {
            if (!search_size(s, m, context, err))
                return false;
            if (s->ranking.limit < s->ends.problem->near_enough)
                return true;
        }
        thought = s->ranking.limit;
        double near = thought * (1 + FAR_SHARE) + FAR;
        for (int m = 1; m <= s->ends.problem->max_parts; m++)
            if (!settle_size(s, m, near, context, err))
                return false;
        list_near(s, near);
        s->listed = true;
    } while (s->ranking.limit > thought);
    return true;
}

static bool begin(search *s, const tns_problem *problem, const tns_support *supports,
                  tns_error *err)
{
    s->near = malloc(s->support_count * sizeof *s->near);
    s->ends.problem = problem;
    size_t parts = end_of_size(s, problem->max_parts - 1);
    return (tns_ends_init(&s->ends, problem, supports, s->support_count, parts) && s->near) ||
           tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu sets of pigments",
                         s->support_count);
}

static void finish(search *s)
{
    if (s->ends.bounded)
        tns_bound_finish(&s->ends.bound);
    tns_ends_finish(&s->ends);
    free(s->near);
}

bool tns_continuous_search(const tns_problem *problem, const tns_support *supports,
                           size_t support_count, const tns_context *context, tns_support *list,
                           size_t *count, uint64_t *evaluated, tns_error *err)
{
    search s = {.support_count = support_count};
    s.ranking = (tns_ranking){.problem = problem, .list = list, .limit = INFINITY};
    bool done = begin(&s, problem, supports, err) && search_all(&s, context, err);
    *count = s.ranking.count;
    *evaluated = atomic_load(&s.ends.evaluated);
    finish(&s);
    return done;
}
