/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/real/ends.h"
#include "match/real/starts.h"

/* Descents of one support: the first, and all others. */
enum { FIRST = 3, MORE = 2 * TNS_PARTS_MAX + 1 };

/* Of so many parts there are many supports. */
enum { MANY = 4 };

/* When a descent ends, and when one does of what may be listed. */
static const tns_descent_end SOON = {.gain = 1e-3F, .part = 0.1F}, FULL = {.gain = 1e-3F},
                             LATE = {.gain = 2e-5F};

/* Of what descents end at, in single precision. */
static const float SAME = 1e-4F;

static const tns_ink NOTHING = {.amount = 0};

static bool ruled_out(const tns_ends *s, const tns_support *support)
{
    tns_corner corners[TNS_SCREEN_PARTS];
    double limit = s->limit;
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

static size_t support_without(const tns_ends *s, const tns_support *support, int part)
{
    int set[TNS_PARTS_MAX], count = 0;
    for (int i = 0; i < support->count; i++)
        if (i != part)
            set[count++] = support->component[i];
    return tns_supports_find(s->problem, set, count);
}

static void find_smaller(const tns_ends *s, const tns_support *support, smaller *out)
{
    float value[TNS_PARTS_MAX];
    out->best = out->second = -1;
    for (int i = 0; i < support->count && support->count > 1; i++) {
        out->without[i] = support_without(s, support, i);
        value[i] = s->end[out->without[i]].least;
        if (out->best < 0 || value[i] < value[out->best]) {
            out->second = out->best;
            out->best = i;
        } else if (out->second < 0 || value[i] < value[out->second]) {
            out->second = i;
        }
    }
}

/* Whether what the support without a part ended at would be better with a little of it. */
static bool wants(const tns_ends *s, const tns_support *support, const smaller *few, int part)
{
    const uint64_t *wanted = &s->wanted[few->without[part] * s->words];
    int component = support->component[part];
    return wanted[component / 64] >> component % 64 & 1;
}

/* One part, at three shades. */
static size_t lone_starts(const tns_ends *s, const tns_support *support, tns_descent *out)
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
static size_t first_starts(const tns_ends *s, const tns_support *support, const smaller *few,
                           tns_descent *out)
{
    if (support->count == 1)
        return lone_starts(s, support, out);
    out[0] = tns_start_joined(support, few->best, &s->end[few->without[few->best]]);
    if (support->count >= MANY && !wants(s, support, few, few->best) &&
        !wants(s, support, few, few->second))
        return 1;
    out[1] = tns_start_joined(support, few->second, &s->end[few->without[few->second]]);
    return 2;
}

/* From the middle, from near each part, and from all the ends without one. */
static size_t more_starts(const tns_ends *s, const tns_support *support, tns_descent *out)
{
    size_t count = 0;
    out[count++] = tns_start_middle(support);
    for (int i = 0; i < support->count && support->count > 1; i++) {
        out[count++] = tns_start_main(support, i);
        out[count++] = tns_start_joined(support, i, &s->end[support_without(s, support, i)]);
    }
    return count;
}

/* Keeps the best end of each support. */
static void descend(tns_ends *s, tns_descent_end when, tns_descent *descents, const size_t *of,
                    size_t count)
{
    int most = 1;
    for (size_t i = 0; i < count; i++)
        most = descents[i].count > most ? descents[i].count : most;
    tns_descend(&s->field, most, when, descents, count);
    atomic_fetch_add(&s->evaluated, count);
    for (size_t i = 0; i < count; i++)
        if (descents[i].value < s->end[of[i]].value) {
            descents[i].least = fminf(descents[i].value, s->end[of[i]].least);
            s->end[of[i]] = descents[i];
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
static void join_smaller(tns_ends *s, const guest *guests, size_t count)
{
    tns_descent starts[TNS_ENDS_CHUNK];
    size_t of[TNS_ENDS_CHUNK] = {0}, more = 0;
    for (size_t i = 0; i < count; i++) {
        const tns_support *support = &s->supports[guests[i].support];
        const smaller *few = &guests[i].few;
        tns_descent *end = &s->end[guests[i].support];
        if (support->count < 2)
            continue;
        const tns_descent *best = &s->end[few->without[few->best]];
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
void tns_ends_visit(void *user, tns_team *team, size_t chunk)
{
    (void)team;
    tns_ends *s = user;
    tns_descent starts[FIRST * TNS_ENDS_CHUNK];
    guest guests[TNS_ENDS_CHUNK];
    size_t of[FIRST * TNS_ENDS_CHUNK] = {0}, visits = 0, count = 0,
                      at = s->from + chunk * TNS_ENDS_CHUNK;
    for (size_t end = at + TNS_ENDS_CHUNK; at < end && at < s->to; at++) {
        const tns_support *support = &s->supports[at];
        if (isfinite(s->end[at].value) || ruled_out(s, support))
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
void tns_ends_ask(void *user, tns_team *team, size_t chunk)
{
    (void)team;
    tns_ends *s = user;
    size_t at = s->from + chunk * TNS_ENDS_CHUNK, left = s->to - at,
           count = left < TNS_ENDS_CHUNK ? left : TNS_ENDS_CHUNK;
    tns_descent_pulls(&s->field, s->supports[at].count, s->problem->count, &s->end[at], count,
                      &s->wanted[at * s->words]);
    for (size_t i = at; i < at + count; i++) {
        smaller few;
        find_smaller(s, &s->supports[i], &few);
        if (few.best >= 0 && s->end[i].least < s->end[i].value)
            memcpy(&s->wanted[i * s->words], &s->wanted[few.without[few.best] * s->words],
                   s->words * sizeof *s->wanted);
    }
}

void tns_ends_settle(tns_ends *s, const size_t *supports, size_t support_count)
{
    tns_descent starts[MORE * TNS_ENDS_SETTLED], last[TNS_ENDS_SETTLED];
    size_t of[MORE * TNS_ENDS_SETTLED] = {0}, lasts[TNS_ENDS_SETTLED] = {0}, count = 0,
                     last_count = 0;
    for (size_t i = 0; i < support_count; i++) {
        size_t support = supports[i];
        if (s->end[support].settled)
            continue;
        lasts[last_count++] = support;
        for (size_t more = more_starts(s, &s->supports[support], &starts[count]); more > 0; more--)
            of[count++] = support;
    }
    descend(s, FULL, starts, of, count);
    for (size_t i = 0; i < last_count; i++)
        last[i] = s->end[lasts[i]];
    descend(s, LATE, last, lasts, last_count);
    for (size_t i = 0; i < last_count; i++)
        s->end[lasts[i]].settled = true;
}

bool tns_ends_init(tns_ends *s, const tns_problem *problem, const tns_support *supports,
                   size_t count, size_t parts)
{
    *s = (tns_ends){.problem = problem, .supports = supports, .limit = INFINITY};
    s->words = tns_descent_words(problem->count);
    s->end = malloc(count * sizeof *s->end);
    s->wanted = calloc(parts + 1, s->words * sizeof *s->wanted);
    if (!tns_evened_init(&s->inks, problem) || !s->end || !s->wanted)
        return false;
    for (size_t i = 0; i < count; i++)
        s->end[i] = tns_start_middle(&supports[i]);
    s->field.inks = s->inks.inks;
    s->field.takes = s->inks.takes;
    s->field.diluent = &s->inks.water;
    tns_descent_field_set(&s->field, &problem->goal, problem->max_shade, tns_cpu_isa());
    return true;
}

void tns_ends_finish(tns_ends *s)
{
    tns_evened_finish(&s->inks);
    free(s->wanted);
    free(s->end);
}
