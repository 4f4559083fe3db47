/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The median of five runs, taken in turn with those of a rival, so that what else the machine does
 * meets both. Time of the processor, not of the wall: what is timed runs on one core.
 */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include <stdlib.h>
#include <time.h>

enum { RUNS = 5 };

typedef struct timing {
    double run[RUNS]; /* seconds */
} timing;

static inline double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int rising_seconds(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static inline double median_of(double *run, size_t count)
{
    qsort(run, count, sizeof *run, rising_seconds);
    return run[count / 2];
}

static inline double median_seconds(timing t)
{
    return median_of(t.run, RUNS);
}

#endif
