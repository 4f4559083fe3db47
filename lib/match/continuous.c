/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/team.h"
#include "match/continuous.h"
#include "match/descent.h"
#include "match/polish.h"
#include "match/seed.h"

/*
 * What a descent may lose against a polish: its metric is not quite that of dE00, the less the
 * farther the target is.
 */
static const double SLACK = 0.15, FAR_SLACK = 0.2;

/* Parts of water to one of ink, where halving between the two begins. */
static const double USUAL_SHADE = 6;

/* Supports between two looks at the limit. */
enum { BATCH = 128 };

/* Descents from the middle that miss the best by nearly as much were seen, by more not. */
static const double NOT_FAR = 1;

/* How much more of one ink a start has than of the others. */
static const double MAIN_SHARE = 5;

/* What of each ink is added to a guess. */
static const double LITTLE = 0.05;

static const tns_ink NOTHING = {.amount = 0};

typedef struct shared {
    const tns_continuous_job *job;
    tns_ink *ink;  /* of each component, then of the diluent: as strong as one another */
    double *scale; /* units, or amount of diluent, in one */
    pthread_mutex_t lock;
    tns_support *list; /* best first */
    size_t count, room;
    size_t first; /* of the supports in hand */
    double limit; /* what the list's last was before them: one for all threads */
    atomic_ullong evaluated;
} shared;

/* One support being visited. */
typedef struct walk {
    shared *all;
    const tns_support *support;
    int count;                   /* of inks, the diluent's among them */
    int index[TNS_SCREEN_PARTS]; /* of them in all->ink */
    tns_support best;
} walk;

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
static void fill_inks(shared *all)
{
    const tns_problem *problem = all->job->problem;
    double liquid = 0;
    for (size_t i = 0; i < problem->count; i++) {
        tns_mix unit;
        tns_component_dilute(&problem->components[i], NULL, 0, &unit);
        tns_ink_set(&all->ink[i], &unit);
        all->scale[i] = 1 / strength(&all->ink[i]);
        scale_ink(&all->ink[i], all->scale[i]);
        liquid += all->ink[i].amount / (double)problem->count;
    }
    if (!problem->diluent)
        return;
    tns_mix water = {.amount = 1};
    memcpy(water.K, problem->diluent->K, sizeof water.K);
    memcpy(water.S, problem->diluent->S, sizeof water.S);
    tns_ink *ink = &all->ink[problem->count];
    tns_ink_set(ink, &water);
    all->scale[problem->count] = USUAL_SHADE * liquid;
    scale_ink(ink, all->scale[problem->count]);
}

static double bound_of(const walk *w)
{
    tns_corner corners[TNS_SCREEN_PARTS];
    for (int i = 0; i < w->count; i++)
        corners[i] = (tns_corner){&NOTHING, &w->all->ink[w->index[i]], 1};
    return tns_bound_value(w->all->job->bound, corners, w->count, w->all->limit);
}

/* Amounts of the walk's inks into units whose sum is 1, and a shade that is allowed. */
static void to_support(const walk *w, const double *amount, tns_support *out)
{
    const tns_problem *problem = w->all->job->problem;
    double units = 0, dilution = 0;
    *out = *w->support;
    for (int i = 0; i < out->count; i++) {
        out->units[i] = amount[i] * w->all->scale[w->index[i]];
        units += out->units[i];
        dilution += out->units[i] * problem->components[out->component[i]].dilution;
    }
    bool diluted = w->count > out->count;
    double water = diluted ? amount[out->count] * w->all->scale[problem->count] : 0;
    out->shade = diluted ? fmin(water / dilution, problem->max_shade) : 0;
    for (int i = 0; i < out->count; i++)
        out->units[i] /= units;
}

bool tns_continuous_whole(const tns_problem *problem, const tns_support *support)
{
    double liquid = 0;
    for (int i = 0; i < support->count; i++) {
        const tns_component *c = &problem->components[support->component[i]];
        liquid += support->units[i] * (c->amount + support->shade * c->dilution);
    }
    for (int i = 0; i < support->count; i++)
        if (!(support->units[i] * problem->components[support->component[i]].amount >=
              TNS_LEAST_SHARE * liquid))
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

/* Into its place, if it is among the best. */
static void offer(shared *all, const tns_support *support)
{
    pthread_mutex_lock(&all->lock);
    size_t at = all->count < all->room ? all->count++ : all->room;
    for (; at > 0 && compare(support, &all->list[at - 1]) < 0; at--)
        if (at < all->room)
            all->list[at] = all->list[at - 1];
    if (at < all->room)
        all->list[at] = *support;
    pthread_mutex_unlock(&all->lock);
}

static void begin_support(walk *w, const tns_support *support)
{
    const tns_problem *problem = w->all->job->problem;
    w->support = support;
    w->best = *support;
    w->best.objective = INFINITY;
    w->count = 0;
    for (int i = 0; i < support->count; i++)
        w->index[w->count++] = support->component[i];
    if (problem->max_shade > 0)
        w->index[w->count++] = (int)problem->count;
}

static void descend(walk *w, double amount[TNS_SCREEN_PARTS])
{
    tns_descent descent = {.bound = w->all->job->bound, .count = w->count};
    tns_support end;
    for (int i = 0; i < w->count && w->count <= TNS_DESCENT_INKS; i++)
        descent.ink[i] = &w->all->ink[w->index[i]];
    if (w->count <= TNS_DESCENT_INKS)
        tns_descend(&descent, amount);
    to_support(w, amount, &end);
    tns_support_rate(w->all->job->problem, &end);
    atomic_fetch_add(&w->all->evaluated, 1);
    if (end.objective < w->best.objective)
        w->best = end;
}

/* All inks alike, or one of them so much more than the others. */
static void descend_from(walk *w, int main)
{
    double amount[TNS_SCREEN_PARTS] = {0}, sum = w->count + (main < 0 ? 0 : MAIN_SHARE);
    for (int i = 0; i < w->count; i++)
        amount[i] = (i == main ? 1 + MAIN_SHARE : 1) / sum;
    descend(w, amount);
}

/* From the spectral guess, with a little of everything, for what is missing has no slope. */
static void descend_from_guess(walk *w)
{
    const tns_problem *problem = w->all->job->problem;
    double amount[TNS_SCREEN_PARTS] = {0}, dilution = 0, sum = 0;
    tns_support guess = *w->support;
    if (isinf(guess.objective))
        tns_seed(problem, w->all->job->target, &guess);
    for (int i = 0; i < guess.count; i++) {
        amount[i] = guess.units[i] / w->all->scale[w->index[i]];
        dilution += guess.units[i] * problem->components[guess.component[i]].dilution;
    }
    if (w->count > guess.count)
        amount[guess.count] = guess.shade * dilution / w->all->scale[problem->count];
    for (int i = 0; i < w->count; i++)
        sum += amount[i];
    for (int i = 0; i < w->count; i++)
        amount[i] = amount[i] / sum * (1 - LITTLE) + LITTLE / w->count;
    descend(w, amount);
}

/*
 * From the middle and the guess; where those end not far from what is expected of the list, also
 * from near each ink, for a descent may end in a valley of its own.
 */
static void visit_support(void *user, tns_team *team, size_t index)
{
    (void)team;
    walk w = {.all = user};
    begin_support(&w, &w.all->job->supports[w.all->first + index]);
    if (bound_of(&w) > w.all->limit)
        return;
    descend_from(&w, -1);
    descend_from_guess(&w);
    if (w.best.objective < w.all->job->near + NOT_FAR)
        for (int i = 0; i < w.count; i++)
            descend_from(&w, i);
    if (!(w.best.objective * (1 - FAR_SLACK) < w.all->limit + SLACK))
        return;
    tns_polish(w.all->job->problem, &w.best);
    if (tns_continuous_whole(w.all->job->problem, &w.best))
        offer(w.all, &w.best);
}

/*
 * In batches, the likely supports first. The limit changes between batches alone: what is polished
 * then depends on nothing that threads decide.
 */
static bool search(shared *all, const tns_context *context, tns_error *err)
{
    size_t supports = all->job->support_count, batch = 2 * all->room;
    fill_inks(all);
    for (all->first = 0; all->first < supports; all->first += batch, batch = BATCH) {
        size_t left = supports - all->first, count = left < batch ? left : batch;
        if (!tns_team_run(all->job->problem->threads, count, visit_support, all, context, "search"))
            return tns_error_set(err, TNS_ERROR_CANCELLED, "match: cancelled");
        if (all->count == all->room)
            all->limit = all->list[all->room - 1].objective;
    }
    return true;
}

bool tns_continuous_search(const tns_continuous_job *job, const tns_context *context,
                           tns_support *list, size_t *count, uint64_t *evaluated, tns_error *err)
{
    size_t inks = job->problem->count + 1, top = job->problem->top;
    shared all = {.job = job, .lock = PTHREAD_MUTEX_INITIALIZER, .room = top, .limit = INFINITY};
    all.ink = calloc(inks, sizeof *all.ink);
    all.scale = calloc(inks, sizeof *all.scale);
    all.list = calloc(all.room, sizeof *all.list);
    bool done =
        all.ink && all.scale && all.list
            ? search(&all, context, err)
            : tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu pigments", inks);
    *count = all.count < top ? all.count : top;
    if (done)
        memcpy(list, all.list, *count * sizeof *list);
    *evaluated = atomic_load(&all.evaluated);
    pthread_mutex_destroy(&all.lock);
    free(all.list);
    free(all.scale);
    free(all.ink);
    return done;
}
