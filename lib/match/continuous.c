/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/team.h"
#include "match/bound.h"
#include "match/continuous.h"
#include "match/polish.h"
#include "match/starts.h"

/* Supports of one task, and tasks between two looks at the limit. */
enum { CHUNK = 32, AGAIN = 8, BATCH = 64 };

/* Descents of one support: the first, and all others. */
enum { FIRST = 3, MORE = 2 * TNS_PARTS_MAX + 1 };

/* Fewer parts are not worth a bound. */
enum { BOUNDED = 3 };

/* In dE00: what another round must be expected to gain. */
static const float LEAST_GAIN = 1e-3F;

/*
 * The first descents were seen to miss the best by a tenth, for far targets have many valleys, or
 * by less than this.
 */
static const double FAR_SHARE = 0.1, FAR = 0.3;

/* What all of them may lose against a polish. */
static const double SLACK_SHARE = 0.005, SLACK = 0.01;

static const tns_ink NOTHING = {.amount = 0};

typedef struct search {
    const tns_problem *problem;
    const tns_support *supports;
    size_t support_count;
    tns_descent *ends; /* of each support: the best so far, or the middle and INFINITY */
    tns_ink *ink;      /* of each component: as strong as one another */
    double *scale;     /* units in one of it */
    float *takes;      /* diluent that each step of the shade adds to it */
    tns_ink water;
    tns_descent_field field;
    tns_bound bound; /* by the limit when it was made */
    bool bounded;
    tns_support *best; /* of those that are whole; problem->top of them, best first */
    size_t best_count;
    double limit; /* of the objective: the last of them */
    tns_support *polished;
    size_t *near;    /* supports to look at again */
    size_t from, to; /* those in hand: of all, of the near ones, or of the best */
    atomic_ullong evaluated;
} search;

static double strength(const tns_ink *ink)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        sum += ink->K[b] + ink->S[b];
    return sum;
}

static void scale_ink(tns_ink *ink, double scale)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        ink->K[b] *= (float)scale;
        ink->S[b] *= (float)scale;
    }
    ink->amount *= (float)scale;
}

/* Each ink in the amount that makes it as strong as one unit of K + S in all bands. */
static void fill_inks(search *s)
{
    const tns_problem *problem = s->problem;
    for (size_t i = 0; i < problem->count; i++) {
        tns_mix unit;
        tns_component_dilute(&problem->components[i], NULL, 0, &unit);
        tns_ink_set(&s->ink[i], &unit);
        s->scale[i] = 1 / strength(&s->ink[i]);
        s->takes[i] = (float)(s->scale[i] * problem->components[i].dilution);
        scale_ink(&s->ink[i], s->scale[i]);
    }
    s->field.inks = s->ink;
    s->field.takes = s->takes;
    if (!problem->diluent)
        return;
    tns_mix water = {.amount = 1};
    memcpy(water.K, problem->diluent->K, sizeof water.K);
    memcpy(water.S, problem->diluent->S, sizeof water.S);
    tns_ink_set(&s->water, &water);
    s->field.diluent = &s->water;
}

/* Amounts into units whose sum is 1, and a shade. */
static void to_support(const search *s, const tns_descent *end, tns_support *out)
{
    double units = 0;
    out->count = end->count;
    for (int i = 0; i < out->count; i++) {
        out->component[i] = end->ink[i];
        out->units[i] = exp((double)end->at[i]) * s->scale[end->ink[i]];
        units += out->units[i];
    }
    for (int i = 0; i < out->count; i++)
        out->units[i] /= units;
    double y = end->at[out->count], most = s->problem->max_shade;
    out->shade = most > 0 ? most / (1 + exp(-y)) : 0;
    tns_support_rate(s->problem, out);
}

bool tns_continuous_whole(const tns_problem *problem, const tns_support *support, double share)
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

/* Into its place, if it is whole and among the best. */
static void offer(search *s, const tns_support *support, double share)
{
    size_t room = s->problem->top;
    if (!tns_continuous_whole(s->problem, support, share))
        return;
    size_t at = s->best_count < room ? s->best_count++ : room;
    for (; at > 0 && compare(support, &s->best[at - 1]) < 0; at--)
        if (at < room)
            s->best[at] = s->best[at - 1];
    if (at < room)
        s->best[at] = *support;
    s->limit = s->best_count == room ? s->best[room - 1].objective : INFINITY;
}

/* The limit must stand when all is polished: what might then be no longer whole does not count. */
static void offer_end(search *s, const tns_descent *end)
{
    tns_support support;
    if (sqrt((double)end->value) > s->limit)
        return;
    to_support(s, end, &support);
    offer(s, &support, 2 * TNS_LEAST_SHARE);
}

static bool ruled_out(const search *s, const tns_support *support)
{
    tns_corner corners[TNS_SCREEN_PARTS];
    int count = support->count;
    for (int i = 0; i < count; i++)
        corners[i] = (tns_corner){&NOTHING, &s->ink[support->component[i]], 1};
    if (s->problem->max_shade > 0)
        corners[count++] = (tns_corner){&NOTHING, &s->water, 1};
    return s->bounded && tns_bound_value(&s->bound, corners, count, s->limit) > s->limit;
}

/* Where the support without one part ended. */
static const tns_descent *end_without(const search *s, const tns_support *support, int part)
{
    int set[TNS_PARTS_MAX], count = 0;
    for (int i = 0; i < support->count; i++)
        if (i != part)
            set[count++] = support->component[i];
    return &s->ends[tns_supports_find(s->problem, set, count)];
}

/* One part, at three shades. */
static size_t lone_starts(const search *s, const tns_support *support, tns_descent *out)
{
    static const float SHADES[FIRST] = {-4, -1.5F, 1};
    size_t count = s->problem->max_shade > 0 ? FIRST : 1;
    for (size_t i = 0; i < count; i++) {
        out[i] = tns_start_middle(support);
        out[i].at[1] = SHADES[i];
    }
    return count;
}

/* From the two best ends of the support without a part, which then joins in. */
static size_t first_starts(const search *s, const tns_support *support, tns_descent *out)
{
    const tns_descent *best[2] = {NULL, NULL};
    int part[2] = {0, 0};
    if (support->count == 1)
        return lone_starts(s, support, out);
    for (int i = 0; i < support->count; i++) {
        const tns_descent *end = end_without(s, support, i);
        int at = !best[0] || end->value < best[0]->value   ? 0
                 : !best[1] || end->value < best[1]->value ? 1
                                                           : 2;
        if (at == 0) {
            best[1] = best[0];
            part[1] = part[0];
        }
        if (at < 2) {
            best[at] = end;
            part[at] = i;
        }
    }
    for (int i = 0; i < 2; i++)
        out[i] = tns_start_joined(support, part[i], best[i]);
    return 2;
}

/* From the middle, from near each part, and from all the ends without one. */
static size_t more_starts(const search *s, const tns_support *support, tns_descent *out)
{
    size_t count = 0;
    out[count++] = tns_start_middle(support);
    for (int i = 0; i < support->count && support->count > 1; i++) {
        out[count++] = tns_start_main(support, i);
        out[count++] = tns_start_joined(support, i, end_without(s, support, i));
    }
    return count;
}

/* Descends, and keeps the best end of each support. */
static void descend(search *s, tns_descent *descents, const size_t *of, size_t count)
{
    int most = 1;
    for (size_t i = 0; i < count; i++)
        most = descents[i].count > most ? descents[i].count : most;
    tns_descend(&s->field, most, LEAST_GAIN, descents, count);
    atomic_fetch_add(&s->evaluated, count);
    for (size_t i = 0; i < count; i++)
        if (descents[i].value < s->ends[of[i]].value)
            s->ends[of[i]] = descents[i];
}

static void visit(void *user, tns_team *team, size_t chunk)
{
    (void)team;
    search *s = user;
    tns_descent starts[FIRST * CHUNK];
    size_t of[FIRST * CHUNK], count = 0, at = s->from + chunk * CHUNK;
    for (size_t end = at + CHUNK; at < end && at < s->to; at++) {
        if (ruled_out(s, &s->supports[at]))
            continue;
        for (size_t more = first_starts(s, &s->supports[at], &starts[count]); more > 0; more--)
            of[count++] = at;
    }
    descend(s, starts, of, count);
}

static void visit_again(void *user, tns_team *team, size_t chunk)
{
    (void)team;
    search *s = user;
    tns_descent starts[MORE * AGAIN];
    size_t of[MORE * AGAIN], count = 0, at = s->from + chunk * AGAIN;
    for (size_t end = at + AGAIN; at < end && at < s->to; at++)
        for (size_t more = more_starts(s, &s->supports[s->near[at]], &starts[count]); more > 0;
             more--)
            of[count++] = s->near[at];
    descend(s, starts, of, count);
}

static void polish(void *user, tns_team *team, size_t at)
{
    (void)team;
    search *s = user;
    tns_polish(s->problem, &s->polished[at]);
}

static bool run(search *s, size_t count, tns_team_task task, const tns_context *context,
                tns_error *err)
{
    return tns_team_run(s->problem->threads, count, task, s, context, "search") ||
           tns_error_set(err, TNS_ERROR_CANCELLED, "match: cancelled");
}

/* The bound is made anew for the limit in hand: the lower that is, the sharper. */
static bool begin_size(search *s, int size, tns_error *err)
{
    if (size < BOUNDED || isinf(s->limit))
        return true;
    tns_bound_finish(&s->bound);
    s->bounded = tns_bound_init(&s->bound, &s->problem->goal, s->limit, TNS_CHROMATIC_CELLS,
                                tns_cpu_isa(), err);
    return s->bounded;
}

/*
 * Supports of one size, in batches. The limit changes between batches alone: what is left out then
 * depends on nothing that threads decide.
 */
static bool search_size(search *s, size_t from, size_t to, const tns_context *context,
                        tns_error *err)
{
    for (s->from = from; s->from < to; s->from = s->to) {
        s->to = s->from + BATCH * CHUNK < to ? s->from + BATCH * CHUNK : to;
        if (!run(s, (s->to - s->from + CHUNK - 1) / CHUNK, visit, context, err))
            return false;
        for (size_t i = s->from; i < s->to; i++)
            offer_end(s, &s->ends[i]);
    }
    return true;
}

static size_t end_of_size(const search *s, int size)
{
    double count = 0;
    for (int m = 1; m <= size; m++)
        count += tns_choose((int)s->problem->count, m);
    return (size_t)count;
}

static bool search_all(search *s, const tns_context *context, tns_error *err)
{
    for (int m = 1; m <= s->problem->max_parts; m++)
        if (!begin_size(s, m, err) ||
            !search_size(s, end_of_size(s, m - 1), end_of_size(s, m), context, err))
            return false;
    return true;
}

/* Those not far from the list, the smaller first, for where they end others begin. */
static bool search_near(search *s, const tns_context *context, tns_error *err)
{
    double far = s->limit * (1 + FAR_SHARE) + FAR;
    for (int m = 1; m <= s->problem->max_parts; m++) {
        s->from = s->to = 0;
        for (size_t i = end_of_size(s, m - 1); i < end_of_size(s, m); i++)
            if (s->ends[i].value < far * far)
                s->near[s->to++] = i;
        if (!run(s, (s->to + AGAIN - 1) / AGAIN, visit_again, context, err))
            return false;
    }
    return true;
}

/* Polishes what may be among the best, and lists it. */
static bool list_best(search *s, const tns_context *context, tns_error *err)
{
    s->best_count = 0;
    s->limit = INFINITY;
    for (size_t i = 0; i < s->support_count; i++)
        offer_end(s, &s->ends[i]);
    double most = s->limit * (1 + SLACK_SHARE) + SLACK;
    size_t count = 0;
    for (size_t i = 0; i < s->support_count; i++) {
        tns_support end;
        if (!(s->ends[i].value < most * most))
            continue;
        to_support(s, &s->ends[i], &end);
        if (tns_continuous_whole(s->problem, &end, TNS_LEAST_SHARE / 2))
            s->polished[count++] = end;
    }
    if (!run(s, count, polish, context, err))
        return false;
    s->best_count = 0;
    for (size_t i = 0; i < count; i++)
        offer(s, &s->polished[i], TNS_LEAST_SHARE);
    return true;
}

static bool begin(search *s)
{
    size_t inks = s->problem->count, supports = s->support_count;
    s->ends = malloc(supports * sizeof *s->ends);
    s->near = malloc(supports * sizeof *s->near);
    s->polished = malloc(supports * sizeof *s->polished);
    s->ink = calloc(inks, sizeof *s->ink);
    s->scale = calloc(inks, sizeof *s->scale);
    s->takes = calloc(inks, sizeof *s->takes);
    if (!s->ends || !s->near || !s->polished || !s->ink || !s->scale || !s->takes)
        return false;
    fill_inks(s);
    tns_descent_field_set(&s->field, &s->problem->goal, s->problem->max_shade, tns_cpu_isa());
    for (size_t i = 0; i < supports; i++) {
        s->ends[i] = tns_start_middle(&s->supports[i]);
        s->ends[i].value = INFINITY;
    }
    return true;
}

static void finish(search *s)
{
    if (s->bounded)
        tns_bound_finish(&s->bound);
    free(s->ends);
    free(s->near);
    free(s->polished);
    free(s->ink);
    free(s->scale);
    free(s->takes);
}

bool tns_continuous_search(const tns_problem *problem, const tns_support *supports,
                           size_t support_count, const tns_context *context, tns_support *list,
                           size_t *count, uint64_t *evaluated, tns_error *err)
{
    search s = {.problem = problem,
                .supports = supports,
                .support_count = support_count,
                .best = list,
                .limit = INFINITY};
    bool done = begin(&s)
                    ? search_all(&s, context, err) && search_near(&s, context, err) &&
                          list_best(&s, context, err)
                    : tns_error_set(err, TNS_ERROR_MEMORY,
                                    "match: no memory for %zu sets of pigments", support_count);
    *count = s.best_count;
    *evaluated = atomic_load(&s.evaluated);
    finish(&s);
    return done;
}
