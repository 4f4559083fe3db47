/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A match for what will be seen when it has healed: twelve inks, four in a recipe, thirty drops,
 * shades to 1:40, in skin that may heal in 64 ways, seen as their blend under three lamps; on two
 * threads. Wall time, the median of some runs, and what the processors worked. A number picks one
 * of the targets.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <tonsure/estimate.h>
#include <tonsure/healed.h>
#include <tonsure/match.h>

#include "support/twelve_inks.h"

enum { RUNS = 3, LONG = 20, LAMPS = 3 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double processor(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void must(bool done, const tns_error *err)
{
    if (done)
        return;
    fprintf(stderr, "%s\n", err->text);
    exit(EXIT_FAILURE);
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Where one run takes long there are no more. */
static void time_match(const char *label, const tns_match_request *request)
{
    double runs[RUNS], spent = 0, best = 0;
    unsigned long long evaluated = 0;
    int count = 0;
    tns_error err;
    do {
        double started = seconds(), before = processor();
        tns_match *match = tns_match_solve(request, NULL, &err);
        must(match != NULL, &err);
        runs[count++] = seconds() - started;
        spent = processor() - before;
        evaluated = match->search.evaluated;
        best = match->recipes[0].objective;
        tns_match_destroy(match);
    } while (count < RUNS && runs[0] < LONG);
    qsort(runs, (size_t)count, sizeof *runs, rising);
    printf("healed: %-22s %7.3f s, of processors %.3f s, %llu evaluated, best %.4f\n", label,
           runs[count / 2], spent, evaluated, best);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *label;
        tns_lab lab;
        bool dark;
    } cases[] = {
        {"fair, light skin", {62, 12, 18}, false},   {"grey, light skin", {50, 3, 5}, false},
        {"brown, light skin", {48, 8, 10}, false},   {"black, out of reach", {30, 2, 2}, false},
        {"brown, out of reach", {35, 8, 12}, false}, {"brown, dark skin", {28, 9, 11}, true},
    };
    static const char *const lamps[LAMPS] = {"D65/10", "A/10", "F11/10"};
    tns_error err;
    tns_pigment room[TWELVE + 1];
    tns_viewing viewings[LAMPS];
    int shelf[TWELVE] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    tns_palette *inks = tns_palette_find("generic-smp", &err);
    must(inks != NULL, &err);
    tns_palette *paints = tns_palette_find("kimera", &err);
    must(paints != NULL, &err);
    tns_palette palette = twelve_inks(inks, paints, room);
    for (int i = 0; i < LAMPS; i++)
        must(tns_viewing_find(lamps[i], &viewings[i], &err), &err);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (argc > 1 && (size_t)atoi(argv[1]) != i)
            continue;
        tns_skin skin = tns_skin_typical();
        skin.melanin = cases[i].dark ? 0.2 : 0.02;
        tns_healed *healed = tns_healed_create(&palette, &skin, TNS_SPECULAR_EXCLUDED,
                                               &(tns_healing_terms){0}, &err);
        must(healed != NULL, &err);
        tns_match_request request = {.palette = &palette,
                                     .surfaces = healed->surfaces,
                                     .surface_weights = healed->weights,
                                     .surface_count = healed->count,
                                     .reducer = TNS_REDUCE_BLEND,
                                     .viewings = viewings,
                                     .weights = {1, 0.25, 0.25},
                                     .viewing_count = LAMPS,
                                     .pigments = shelf,
                                     .pigment_count = TWELVE,
                                     .max_pigments = 4,
                                     .max_units = 30,
                                     .max_shade = 40,
                                     .threads = 2,
                                     .top = 10};
        must(tns_spectrum_from_lab(cases[i].lab, &viewings[0], &request.target, &err), &err);
        time_match(cases[i].label, &request);
        tns_healed_destroy(healed);
    }
    tns_palette_destroy(paints);
    tns_palette_destroy(inks);
    return EXIT_SUCCESS;
}
