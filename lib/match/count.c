/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ratio is a vector p of positive numbers without a common divisor, and can be dispensed as k p
 * when k p_i >= l_i, the least units of each part, and k |p| <= D. It is counted at the first such
 * k:
 *
 *     sum over k of  P(k, D/k) - P(k-1, D/k),    P(0, M) = 0
 *
 * with P(k, M) the ratios with p_i >= l_i / k and |p| <= M: by Moebius' inversion
 *
 *     P(k, M) = sum over g of mu(g) V(k g, M / g)
 *
 * and V(h, M), the vectors with v_i >= l_i / h and |v| <= M, is a binomial coefficient for each sum
 * of the rounded-up l_i / h, of which a table says how many sets of m components have it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/problem.h"

/* ways[m][sum]: sets of m components whose least units, divided and rounded up, have that sum. */
typedef struct table {
    const tns_problem *problem;
    int sums; /* 0..max_units */
    double *ways;
} table;

double tns_choose(int n, int k)
{
    double ways = 1;
    for (int i = 1; i <= k; i++)
        ways = ways * (n - k + i) / i;
    return n < k ? 0 : ways;
}

/* Moebius' function: 0 where a square divides n, else the parity of its primes. */
static int moebius(int n)
{
    int sign = 1;
    for (int p = 2; p * p <= n; p++) {
        if (n % p)
            continue;
        n /= p;
        if (n % p == 0)
            return 0;
        sign = -sign;
    }
    return n > 1 ? -sign : sign;
}

static double *row(const table *t, int parts)
{
    return &t->ways[(size_t)parts * (size_t)t->sums];
}

/* Sums up to `most`, one component after the other, larger sets first. */
static void fill(const table *t, int divisor, int most)
{
    const tns_problem *problem = t->problem;
    memset(t->ways, 0, (size_t)(problem->max_parts + 1) * (size_t)t->sums * sizeof *t->ways);
    row(t, 0)[0] = 1;
    for (size_t i = 0; i < problem->count; i++) {
        int least = (problem->least_units[i] + divisor - 1) / divisor;
        for (int m = problem->max_parts; m > 0; m--)
            for (int sum = least; sum <= most; sum++)
                row(t, m)[sum] += row(t, m - 1)[sum - least];
    }
}

/* Vectors over all sets, with a sum of at most, or exactly, `most`. */
static double vectors(const table *t, int divisor, int most, bool exactly)
{
    double count = 0;
    fill(t, divisor, most);
    for (int m = 1; m <= t->problem->max_parts; m++)
        for (int sum = m; sum <= most; sum++)
            count += row(t, m)[sum] * (exactly ? tns_choose(most - sum + m - 1, m - 1)
                                               : tns_choose(most - sum + m, m));
    return count;
}

/* P(k, M) above. */
static double primitive(const table *t, int k, int most)
{
    double count = 0;
    for (int g = 1; g <= most && k > 0; g++)
        if (moebius(g))
            count += moebius(g) * vectors(t, k * g, most / g, false);
    return count;
}

static double ratios(const table *t)
{
    double count = 0;
    int multiples = 1;
    for (size_t i = 0; i < t->problem->count; i++)
        if (t->problem->least_units[i] > multiples)
            multiples = t->problem->least_units[i];
    for (int k = 1; k <= multiples; k++) {
        int most = t->problem->max_units / k;
        count += primitive(t, k, most) - primitive(t, k - 1, most);
    }
    return count;
}

uint64_t tns_problem_recipes(const tns_problem *problem)
{
    table t = {.problem = problem, .sums = problem->max_units + 1};
    t.ways = malloc((size_t)(problem->max_parts + 1) * (size_t)t.sums * sizeof *t.ways);
    if (!t.ways)
        return UINT64_MAX;
    double count = problem->exactly ? vectors(&t, 1, problem->max_units, true) : ratios(&t);
    free(t.ways);
    count *= problem->max_shade + 1;
    return count < 0x1p64 ? (uint64_t)count : UINT64_MAX;
}
