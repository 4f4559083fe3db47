/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "match/support.h"

/* Far more than can be searched; keeps a slip from filling the memory. */
static const double MOST_SUPPORTS = 2e6;

static double count_supports(const tns_problem *problem)
{
    double all = 0, ways = 1;
    for (int m = 1; m <= problem->max_parts; m++) {
        ways = ways * ((double)problem->count - m + 1) / m;
        all += ways;
    }
    return all;
}

/* The next set of the same size in lexicographic order; false after the last. */
static bool next_set(int *set, int size, int of)
{
    int i = size - 1;
    while (i >= 0 && set[i] == of - size + i)
        i--;
    if (i < 0)
        return false;
    set[i]++;
    for (int j = i + 1; j < size; j++)
        set[j] = set[j - 1] + 1;
    return true;
}

static void fill_size(const tns_problem *problem, int size, tns_support *out, size_t *at)
{
    tns_support one = {.count = size, .objective = INFINITY};
    for (int i = 0; i < size; i++) {
        one.component[i] = i;
        one.units[i] = 1.0 / size;
    }
    do
        out[(*at)++] = one;
    while (next_set(one.component, size, (int)problem->count));
}

tns_support *tns_supports_list(const tns_problem *problem, size_t *count, tns_error *err)
{
    double all = count_supports(problem);
    tns_support *list = all <= MOST_SUPPORTS ? malloc((size_t)all * sizeof *list) : NULL;
    if (!list) {
        tns_error_set(err, TNS_ERROR_MEMORY,
                      "match: %.0f sets of %zu pigments, %d in a mix, are too many", all,
                      problem->count, problem->max_parts);
        return NULL;
    }
    *count = 0;
    for (int m = 1; m <= problem->max_parts; m++)
        fill_size(problem, m, list, count);
    return list;
}

/* Of one size: all but those that come after, which agree with the set up to some component. */
size_t tns_supports_find(const tns_problem *problem, const int *component, int count)
{
    int n = (int)problem->count;
    double before = tns_choose(n, count) - 1;
    for (int size = 1; size < count; size++)
        before += tns_choose(n, size);
    for (int i = 0; i < count; i++)
        before -= tns_choose(n - 1 - component[i], count - i);
    return (size_t)before;
}

static int by_objective(const void *left, const void *right)
{
    const tns_support *a = left, *b = right;
    if (a->objective != b->objective)
        return a->objective < b->objective ? -1 : 1;
    if (a->count != b->count)
        return a->count - b->count;
    int order = 0;
    for (int i = 0; i < a->count && order == 0; i++)
        order = a->component[i] - b->component[i];
    return order;
}

void tns_supports_sort(tns_support *supports, size_t count)
{
    qsort(supports, count, sizeof *supports, by_objective);
}

void tns_support_mix(const tns_problem *problem, const tns_support *support, tns_coefficients *out)
{
    tns_problem_mix(problem, support->count, support->component, support->units, support->shade,
                    out);
}

void tns_support_rate(const tns_problem *problem, tns_support *support)
{
    tns_coefficients mix;
    tns_support_mix(problem, support, &mix);
    support->objective = tns_goal_value(&problem->goal, &mix, INFINITY);
}
