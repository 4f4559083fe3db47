/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command as a whole, from start to exit: a match of one pigment and water, run in turn with
 * `--version`, which is what starting a process and loading its libraries takes.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 51 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double run[RUNS])
{
    qsort(run, RUNS, sizeof *run, rising);
    return run[RUNS / 2];
}

/* Its output goes nowhere. */
static double run(const char *const argv[])
{
    char *environment[] = {NULL};
    posix_spawn_file_actions_t files;
    pid_t child;
    int status = -1;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    double started = seconds();
    if (posix_spawn(&child, argv[0], &files, NULL, (char *const *)argv, environment) != 0 ||
        waitpid(child, &status, 0) != child || status != 0) {
        fprintf(stderr, "%s: cannot be run\n", argv[0]);
        exit(EXIT_FAILURE);
    }
    double taken = seconds() - started;
    posix_spawn_file_actions_destroy(&files);
    return taken;
}

int main(void)
{
    const char *const match[] = {BENCH_COMMAND,
                                 "--json",
                                 "match",
                                 "--target",
                                 "lab:30,5,8",
                                 "--palette",
                                 "generic-smp",
                                 "--only",
                                 "carbon-black",
                                 "--surface",
                                 "film:" BENCH_SKIN ",1",
                                 NULL};
    const char *const version[] = {BENCH_COMMAND, "--version", NULL};
    double ours[RUNS], peer[RUNS];
    for (int i = 0; i < RUNS; i++) {
        ours[i] = run(match);
        peer[i] = run(version);
    }
    double time = median(ours), start = median(peer);
    printf("process: one pigment and water: %.2f ms of the wall; starting alone %.2f ms; ratio "
           "%.1f\n",
           1e3 * time, 1e3 * start, time / start);
    return EXIT_SUCCESS;
}
