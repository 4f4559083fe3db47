/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command as a program: what one run of it takes, from start to exit. Its words go nowhere. */
#ifndef BENCH_COMMAND_H
#define BENCH_COMMAND_H

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct spent {
    double wall, processor; /* seconds */
    double megabytes;       /* the most memory it held */
} spent;

static inline double wall_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

/* Ends the benchmark where the command cannot be run or fails. */
static inline spent run_command(const char *const argv[])
{
    char *environment[] = {NULL};
    posix_spawn_file_actions_t files;
    struct rusage used;
    pid_t child;
    int status = -1;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    double started = wall_seconds();
    if (posix_spawn(&child, argv[0], &files, NULL, (char *const *)argv, environment) != 0 ||
        wait4(child, &status, 0, &used) != child || status != 0) {
        fprintf(stderr, "%s %s: cannot be run, or fails\n", argv[0], argv[1]);
        exit(EXIT_FAILURE);
    }
    double wall = wall_seconds() - started;
    posix_spawn_file_actions_destroy(&files);
    return (spent){wall, seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
                   (double)used.ru_maxrss / 1024};
}

#endif
