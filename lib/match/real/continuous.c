/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/team.h"
#include "match/bound/bound.h"
#include "match/real/continuous.h"
#include "match/real/evened.h"
#include "match/real/starts.h"
#include "match/search/polish.h"

/* Supports of one task, of one with all descents, and tasks between two looks at the limit. */
enum { CHUNK = 128, SETTLED = 8, BATCH = 16 };

/* Descents of one support: the first, and all others. */
enum { FIRST = 3, MORE = 2 * TNS_PARTS_MAX + 1 };

/* Fewer parts are not worth a bound; of so many there are many supports. */
enum { BOUNDED = 3, MANY = 4 };

/* When a descent ends, and when one does of what may be listed. */
static const tns_descent_end SOON = {.gain = 1e-3F, .part = 0.1F}, FULL = {.gain = 1e-3F},
                             LATE = {.gain = 2e-5F};

/* Of what descents end at, in single precision. */
static const float SAME = 1e-4F;

/*
 * The first descents were seen to miss the best by a tenth, for far targets have many valleys, or
 * by less than this.
 */
static const double FAR_SHARE = 0.1, FAR = 0.3;

/* What all of them may lose against a polish. */
static const double SLACK_SHARE = 0.02, SLACK = 0.01;

static const tns_ink NOTHING = {.amount = 0};

typedef struct candidate {
    float value;
    size_t support;
} candidate;

typedef struct search {
    const tns_problem *problem;
    const tns_support *supports;
    size_t support_count;
    tns_descent *ends; /* of each support: the best so far, or the middle and INFINITY */
    uint64_t *wanted;  /* by each that is part of a larger one: what would make its end better */
    size_t words;      /* of each */
    tns_evened inks;
    tns_descent_field field;
    tns_bound bound; /* by the limit when it was made */
    bool bounded;
    tns_ranking ranking;
    bool listed;     /* its limit stands */
    candidate *near; /* supports that may be listed */
    size_t from, to; /* what is in hand, of all or of the near ones */
    atomic_ullong evaluated;
} search;

static bool ruled_out(const search *s, const tns_support *support)
{
    tns_corner corners[TNS_SCREEN_PARTS];
    double limit = s->ranking.limit;
    int count = support->count;
    for (int i = 0; i < count; i++)
        corners[i] = (tns_corner){&NOTHING, &s->inks.inks[support->component[i]], 1};
    if (s->problem->max_shade > 0)
        corners[count++] = (tns_corner){&NOTHING, &s->inks.water, 1};
    return s->bounded && tns_bound_value(&s->bound, corners, count, limit) > limit;
}

/* The supports without one part of one: where they are, and the two that ended best. */
typedef struct smaller {
    size_t without[TNS_PARTS_MAX];
    int best, second; /* parts to spare; the second is -1 where there is one part */
} smaller;

static size_t support_without(const search *s, const tns_support *support, int part)
{
    int set[TNS_PARTS_MAX], count = 0;
    for (int i = 0; i < support->count; i++)
        if (i != part)
            set[count++] = support->component[i];
    return tns_supports_find(s->problem, set, count);
}

static void find_smaller(const search *s, const tns_support *support, smaller *out)
{
    float value[TNS_PARTS_MAX];
    out->best = out->second = -1;
    for (int i = 0; i < support->count && support->count > 1; i++) {
        out->without[i] = support_without(s, support, i);
        value[i] = s->ends[out->without[i]].least;
        if (out->best < 0 || value[i] < value[out->best]) {
            out->second = out->best;
            out->best = i;
        } else if (out->second < 0 || value[i] < value[out->second]) {
            out->second = i;
        }
    }
}

/* Whether what the support without a part ended at would be better with a little of it. */
static bool wants(const search *s, const tns_support *support, const smaller *few, int part)
{
    const uint64_t *wanted = &s->wanted[few->without[part] * s->words];
    int component = support->component[part];
    return wanted[component / 64] >> component % 64 & 1;
}

/* One part, at three shades. */
static size_t lone_starts(const search *s, const tns_support *support, tns_descent *out)
{
    static const float SHADES[FIRST] = {-1.5F, -4, 1};
    size_t count = s->problem->max_shade > 0 ? FIRST : 1;
    for (size_t i = 0; i < count; i++) {
        out[i] = tns_start_middle(support);
        out[i].at[1] = SHADES[i];
    }
    return count;
}

/*
 * From the best end of the support without a part, which then joins in, and from the second best:
 * of the many supports with many parts, where one of the two would be better with it.
 */
static size_t first_starts(const search *s, const tns_support *support, const smaller *few,
                           tns_descent *out)
{
    if (support->count == 1)
        return lone_starts(s, support, out);
    out[0] = tns_start_joined(support, few->best, &s->ends[few->without[few->best]]);
    if (support->count >= MANY && !wants(s, support, few, few->best) &&
        !wants(s, support, few, few->second))
        return 1;
    out[1] = tns_start_joined(support, few->second, &s->ends[few->without[few->second]]);
    return 2;
}

/* From the middle, from near each part, and from all the ends without one. */
static size_t more_starts(const search *s, const tns_support *support, tns_descent *out)
{
    size_t count = 0;
    out[count++] = tns_start_middle(support);
    for (int i = 0; i < support->count && support->count > 1; i++) {
        out[count++] = tns_start_main(support, i);
        out[count++] = tns_start_joined(support, i, &s->ends[support_without(s, support, i)]);
    }
    return count;
}

/* Keeps the best end of each support. */
static void descend(search *s, tns_descent_end when, tns_descent *descents, const size_t *of,
                    size_t count)
{
    int most = 1;
    for (size_t i = 0; i < count; i++)
        most = descents[i].count > most ? descents[i].count : most;
    tns_descend(&s->field, most, when, descents, count);
    atomic_fetch_add(&s->evaluated, count);
    for (size_t i = 0; i < count; i++)
        if (descents[i].value < s->ends[of[i]].value) {
            descents[i].least = fminf(descents[i].value, s->ends[of[i]].least);
            s->ends[of[i]] = descents[i];
        }
}

/* A support that is visited. */
typedef struct guest {
    size_t support;
    smaller few;
} guest;

/*
 * No support is worse than a smaller one, and one whose own end is says little; where the smaller
 * one's end would be better with a little of what is missing, another descent begins there.
 */
static void join_smaller(search *s, const guest *guests, size_t count)
{
    tns_descent starts[CHUNK];
    size_t of[CHUNK] = {0}, more = 0;
    for (size_t i = 0; i < count; i++) {
        const tns_support *support = &s->supports[guests[i].support];
        const smaller *few = &guests[i].few;
        tns_descent *end = &s->ends[guests[i].support];
        if (support->count < 2)
            continue;
        const tns_descent *best = &s->ends[few->without[few->best]];
        end->least = fminf(end->least, best->least);
        if (end->value < best->least * (1 - SAME))
            continue;
        if (wants(s, support, few, few->best)) {
            starts[more] = tns_start_traced(support, few->best, best);
            of[more++] = guests[i].support;
        }
    }
    descend(s, SOON, starts, of, more);
}

/* The first descents of supports that none was made of yet. */
static void visit(void *user, tns_team *team, size_t chunk)
{
    (void)team;
    search *s = user;
    tns_descent starts[FIRST * CHUNK];
    guest guests[CHUNK];
    size_t of[FIRST * CHUNK] = {0}, visits = 0, count = 0, at = s->from + chunk * CHUNK;
    for (size_t end = at + CHUNK; at < end && at < s->to; at++) {
        const tns_support *support = &s->supports[at];
        if (isfinite(s->ends[at].value) || ruled_out(s, support))
            continue;
        guest *new = &guests[visits++];
        new->support = at;
        find_smaller(s, support, &new->few);
        for (size_t more = first_starts(s, support, &new->few, &starts[count]); more > 0; more--)
            of[count++] = at;
    }
    descend(s, SOON, starts, of, count);
    join_smaller(s, guests, visits);
}

/* What would make the ends of a chunk better: those of smaller ones where these are better. */
static void ask(void *user, tns_team *team, size_t chunk)
{
    (void)team;
    search *s = user;
    size_t at = s->from + chunk * CHUNK, left = s->to - at, count = left < CHUNK ? left : CHUNK;
    tns_descent_pulls(&s->field, s->supports[at].count, s->problem->count, &s->ends[at], count,
                      &s->wanted[at * s->words]);
    for (size_t i = at; i < at + count; i++) {
        smaller few;
        find_smaller(s, &s->supports[i], &few);
        if (few.best >= 0 && s->ends[i].least < s->ends[i].value)
            memcpy(&s->wanted[i * s->words], &s->wanted[few.without[few.best] * s->words],
                   s->words * sizeof *s->wanted);
    }
}

/* All other descents, then the best end is followed further. */
static void settle(search *s, const candidate *some, size_t some_count)
{
    tns_descent starts[MORE * SETTLED], last[SETTLED];
    size_t of[MORE * SETTLED] = {0}, lasts[SETTLED] = {0}, count = 0, last_count = 0;
    for (size_t i = 0; i < some_count; i++) {
        size_t support = some[i].support;
        if (s->ends[support].settled)
            continue;
        lasts[last_count++] = support;
        for (size_t more = more_starts(s, &s->supports[support], &starts[count]); more > 0; more--)
            of[count++] = support;
    }
    descend(s, FULL, starts, of, count);
    for (size_t i = 0; i < last_count; i++)
        last[i] = s->ends[lasts[i]];
    descend(s, LATE, last, lasts, last_count);
    for (size_t i = 0; i < last_count; i++)
        s->ends[lasts[i]].settled = true;
}

static void settle_chunk(void *user, tns_team *team, size_t chunk)
{
    (void)team;
    search *s = user;
    size_t at = s->from + chunk * SETTLED, left = s->to - at;
    settle(s, &s->near[at], left < SETTLED ? left : SETTLED);
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
        if (isfinite(s->ends[i].value) && s->ends[i].least <= most * most)
            s->near[count++] = (candidate){s->ends[i].least, i};
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
         i += SETTLED) {
        size_t some = count - i < SETTLED ? count - i : SETTLED;
        settle(s, &s->near[i], some);
        for (size_t k = i; k < i + some; k++) {
            tns_support end;
            tns_evened_support(&s->inks, &s->ends[s->near[k].support], &end);
            tns_ranking_offer(&s->ranking, &end, 2 * TNS_LEAST_SHARE);
        }
    }
}

static bool run(search *s, size_t count, tns_team_task task, const tns_context *context,
                tns_error *err)
{
    return tns_team_run(s->problem->threads, count, task, s, context, "search") ||
           tns_error_set(err, TNS_ERROR_CANCELLED, "match: cancelled");
}

/* Where the supports of so many parts end in the list. */
static size_t end_of_size(const search *s, int size)
{
    double count = 0;
    for (int m = 1; m <= size; m++)
        count += tns_choose((int)s->problem->count, m);
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
    if (s->bounded)
        tns_bound_finish(&s->bound);
    s->bounded = false;
    if (size < BOUNDED || isinf(s->ranking.limit))
        return true;
    int cells = cells_for(end_of_size(s, size) - end_of_size(s, size - 1));
    s->bounded =
        tns_bound_init(&s->bound, &s->problem->goal, s->ranking.limit, cells, tns_cpu_isa(), err);
    return s->bounded;
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
    for (s->from = end_of_size(s, size - 1); s->from < end; s->from = s->to) {
        s->to = s->from + BATCH * CHUNK < end ? s->from + BATCH * CHUNK : end;
        if (!run(s, (s->to - s->from + CHUNK - 1) / CHUNK, visit, context, err))
            return false;
        if (!s->listed)
            offer_ends(s, gather(s, s->from, s->to, s->ranking.limit));
    }
    s->from = end_of_size(s, size - 1);
    s->to = size < s->problem->max_parts ? end : s->from;
    return run(s, (s->to - s->from + CHUNK - 1) / CHUNK, ask, context, err);
}

/* All descents of those that end near, the smaller ones first, for others begin where they end. */
static bool settle_size(search *s, int size, double near, const tns_context *context,
                        tns_error *err)
{
    s->from = 0;
    s->to = gather(s, end_of_size(s, size - 1), end_of_size(s, size), near);
    return run(s, (s->to + SETTLED - 1) / SETTLED, settle_chunk, context, err);
}

/* Polishes and lists what may be among the best. */
static void list_near(search *s, double near)
{
    size_t count = gather(s, 0, s->support_count, near);
    tns_ranking_clear(&s->ranking);
    for (size_t i = 0; i < count; i++) {
        tns_support end;
        tns_evened_support(&s->inks, &s->ends[s->near[i].support], &end);
        if (end.objective > s->ranking.limit * (1 + SLACK_SHARE) + SLACK ||
            !tns_ranking_whole(s->problem, &end, TNS_LEAST_SHARE / 2))
            continue;
        tns_polish(s->problem, &end);
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
        for (int m = 1; m <= s->problem->max_parts; m++)
            if (!search_size(s, m, context, err))
                return false;
        thought = s->ranking.limit;
        double near = thought * (1 + FAR_SHARE) + FAR;
        for (int m = 1; m <= s->problem->max_parts; m++)
            if (!settle_size(s, m, near, context, err))
                return false;
        list_near(s, near);
        s->listed = true;
    } while (s->ranking.limit > thought);
    return true;
}

static bool begin(search *s)
{
    s->ends = malloc(s->support_count * sizeof *s->ends);
    s->near = malloc(s->support_count * sizeof *s->near);
    s->words = tns_descent_words(s->problem->count);
    s->wanted = calloc(end_of_size(s, s->problem->max_parts - 1) + 1, s->words * sizeof *s->wanted);
    if (!tns_evened_init(&s->inks, s->problem) || !s->ends || !s->near || !s->wanted)
        return false;
    for (size_t i = 0; i < s->support_count; i++)
        s->ends[i] = tns_start_middle(&s->supports[i]);
    s->field.inks = s->inks.inks;
    s->field.takes = s->inks.takes;
    s->field.diluent = &s->inks.water;
    tns_descent_field_set(&s->field, &s->problem->goal, s->problem->max_shade, tns_cpu_isa());
    return true;
}

static void finish(search *s)
{
    if (s->bounded)
        tns_bound_finish(&s->bound);
    tns_evened_finish(&s->inks);
    free(s->near);
    free(s->wanted);
    free(s->ends);
}

bool tns_continuous_search(const tns_problem *problem, const tns_support *supports,
                           size_t support_count, const tns_context *context, tns_support *list,
                           size_t *count, uint64_t *evaluated, tns_error *err)
{
    search s = {.problem = problem, .supports = supports, .support_count = support_count};
    s.ranking = (tns_ranking){.problem = problem, .list = list, .limit = INFINITY};
    bool done = begin(&s)
                    ? search_all(&s, context, err)
                    : tns_error_set(err, TNS_ERROR_MEMORY,
                                    "match: no memory for %zu sets of pigments", support_count);
    *count = s.ranking.count;
    *evaluated = atomic_load(&s.evaluated);
    finish(&s);
    return done;
}
