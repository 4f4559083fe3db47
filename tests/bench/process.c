/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command as a whole, from start to exit: matches of one pigment and water, each run in turn
 * with `--help`, which is what starting a process and loading its libraries takes.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <tonsure/palette.h>

#include "bench/command.h"
#include "bench/timing.h"

enum { STARTS = 51 };

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
    const char *const help[] = {BENCH_COMMAND, "--help", NULL};
    double wall[STARTS], processor[STARTS], start[STARTS];
    for (int i = 0; i < STARTS; i++) {
        spent ours = run_command(match);
        wall[i] = ours.wall;
        processor[i] = ours.processor;
        start[i] = run_command(help).wall;
    }
    double took = median_of(wall, STARTS), alone = median_of(start, STARTS);
    printf("process: one pigment and water%s: %.2f ms of the wall, %.2f of a processor (5 asked); "
           "starting alone %.2f ms; ratio %.1f\n",
           label, 1e3 * took, 1e3 * median_of(processor, STARTS), 1e3 * alone, took / alone);
}

#define ON_FILM "--surface", "film:" BENCH_SKIN ",1"
#define IN_SKIN "--surface", "healed:lab:60,15,18"
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
    const char *const healed[] = {BENCH_COMMAND, "--json", MATCH, pair, IN_SKIN, NULL};
    const char *const told[] = {BENCH_COMMAND, MATCH, pair, IN_SKIN, NULL};
    race(", film", film);
    race(", film, as text", text);
    race(", opaque", opaque);
    race(", healed", healed);
    race(", healed, as text", told);
    race(" of a shelf, and whether the rest of it comes nearer", only);
    unlink(pair);
    return EXIT_SUCCESS;
}
