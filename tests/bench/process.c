/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command as a whole, from start to exit: matches of one pigment and water, each run in turn
 * with `--version`, which is what starting a process and loading its libraries takes.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <tonsure/palette.h>

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

/* What the shelf holds of one pigment and water, in a file of its own. */
static void write_palette(const char *path)
{
    tns_error err = {0};
    tns_palette *shelf = tns_palette_find("generic-smp", &err);
    int black = shelf ? tns_palette_index(shelf, "carbon-black") : -1;
    int water = shelf ? tns_palette_index(shelf, "diluent") : -1;
    if (black >= 0 && water >= 0) {
        tns_pigment both[] = {shelf->pigments[black], shelf->pigments[water]};
        tns_palette pair = *shelf;
        pair.pigments = both;
        pair.count = 2;
        if (tns_palette_save(&pair, path, &err)) {
            tns_palette_destroy(shelf);
            return;
        }
    }
    fprintf(stderr, "no palette of one pigment and water: %s\n", err.text);
    exit(EXIT_FAILURE);
}

static void race(const char *label, const char *const match[])
{
    const char *const version[] = {BENCH_COMMAND, "--version", NULL};
    double ours[RUNS], peer[RUNS];
    for (int i = 0; i < RUNS; i++) {
        ours[i] = run(match);
        peer[i] = run(version);
    }
    double time = median(ours), start = median(peer);
    printf("process: one pigment and water%s: %.2f ms of the wall; starting alone %.2f ms; ratio "
           "%.1f\n",
           label, 1e3 * time, 1e3 * start, time / start);
}

#define ON_FILM "--surface", "film:" BENCH_SKIN ",1"
#define MATCH "match", "--target", "lab:30,5,8", "--palette"

int main(void)
{
    char pair[] = "/tmp/bench-XXXXXX";
    int file = mkstemp(pair);
    if (file < 0)
        return EXIT_FAILURE;
    close(file);
    write_palette(pair);
    const char *const film[] = {BENCH_COMMAND, "--json", MATCH, pair, ON_FILM, NULL};
    const char *const text[] = {BENCH_COMMAND, MATCH, pair, ON_FILM, NULL};
    const char *const opaque[] = {BENCH_COMMAND, "--json", MATCH, pair, NULL};
    const char *const only[] = {BENCH_COMMAND, "--json",       MATCH,   "generic-smp",
                                "--only",      "carbon-black", ON_FILM, NULL};
    race(", film", film);
    race(", film, as text", text);
    race(", opaque", opaque);
    race(" of a shelf, and whether the rest of it comes nearer", only);
    unlink(pair);
    return EXIT_SUCCESS;
}
