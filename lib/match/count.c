/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "match/problem.h"

/* Whole while below 2^53, which is far beyond what can be searched. */
static double choose(int n, int k)
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

/* Vectors of m positive numbers with a sum of at most `most` and no common divisor. */
static double ratios(int m, int most)
{
    double count = 0;
    for (int g = 1; g <= most; g++)
        count += moebius(g) * choose(most / g, m);
    return count;
}

uint64_t tns_problem_recipes(const tns_problem *problem)
{
    double count = 0;
    for (int m = 1; m <= problem->max_parts; m++) {
        double each = problem->exactly ? choose(problem->max_units - 1, m - 1)
                                       : ratios(m, problem->max_units);
        count += choose((int)problem->count, m) * each;
    }
    count *= problem->max_shade + 1;
    return count < 0x1p64 ? (uint64_t)count : UINT64_MAX;
}
