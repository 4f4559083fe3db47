/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exact search on problems of the trade's size, and on a smaller one beside plain enumeration:
 * every recipe mixed, seen and compared by the library's own functions, nothing left out.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tonsure/difference.h>
#include <tonsure/estimate.h>
#include <tonsure/match.h>

#include "support/twelve_inks.h"

enum { RUNS = 5, LAMPS = 3, SHELF = TWELVE, MANY = 24 };

/* Of the processor where one core works, else of the wall. */
static double seconds(int threads)
{
    struct timespec t;
    clock_gettime(threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double runs[RUNS])
{
    qsort(runs, RUNS, sizeof *runs, rising);
    return runs[RUNS / 2];
}

static void must(bool done, const tns_error *err)
{
    if (done)
        return;
    fprintf(stderr, "%s\n", err->text);
    exit(EXIT_FAILURE);
}

static tns_palette *palette_of(const char *name)
{
    tns_error err;
    tns_palette *palette = tns_palette_find(name, &err);
    must(palette != NULL, &err);
    return palette;
}

static void fill_lamps(tns_viewing viewings[LAMPS])
{
    static const char *const lamps[LAMPS] = {"D65/10", "A/10", "F11/10"};
    tns_error err;
    for (int i = 0; i < LAMPS; i++)
        must(tns_viewing_find(lamps[i], &viewings[i], &err), &err);
}

/* Gray-brown, a little off what the shelf can mix. */
static tns_spectrum stubble(void)
{
    tns_spectrum target = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++)
        target.value[b] = 0.11 + 0.0032 * b + 0.008 * sin(0.5 * b);
    return target;
}

static tns_spectrum skin(void)
{
    tns_spectrum target = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++)
        target.value[b] = 0.18 + 0.013 * b - 0.06 * exp(-0.05 * (b - 17) * (b - 17));
    return target;
}

static tns_match_request request_of(const tns_palette *palette, const tns_surface *surface,
                                    const tns_viewing *viewings)
{
    tns_match_request request = {.palette = palette,
                                 .target = stubble(),
                                 .surfaces = surface,
                                 .surface_count = 1,
                                 .viewings = viewings,
                                 .weights = {1, 0.25, 0.25},
                                 .viewing_count = LAMPS,
                                 .max_pigments = 4,
                                 .max_units = 30,
                                 .max_shade = 40,
                                 .threads = 1,
                                 .top = 10};
    return request;
}

/* The median of some runs; the last one's counts. */
static double time_match(const tns_match_request *request, tns_search *search, double *best)
{
    double runs[RUNS];
    tns_error err;
    for (int i = 0; i < RUNS; i++) {
        double started = seconds(request->threads);
        tns_match *match = tns_match_solve(request, NULL, &err);
        must(match != NULL, &err);
        runs[i] = seconds(request->threads) - started;
        *search = match->search;
        *best = match->recipes[0].objective;
        tns_match_destroy(match);
    }
    return median(runs);
}

/* On one core, and beside it on all. */
static void print_match(const char *label, const tns_match_request *request)
{
    tns_search search;
    tns_match_request alone = *request, all = *request;
    double best;
    alone.threads = 1;
    all.threads = 0;
    double shared = time_match(&all, &search, &best);
    int threads = search.threads;
    double time = time_match(&alone, &search, &best);
    printf(
        "match: %-34s %8.3f s, %llu recipes, %llu evaluated, best %.4f; %d threads %.3f s, ratio "
        "%.2f\n",
        label, time, (unsigned long long)search.recipes, (unsigned long long)search.evaluated, best,
        threads, shared, time / shared);
}

typedef struct plain {
    const tns_match_request *request;
    tns_lab target[LAMPS];
    double amounts[64], best;
    unsigned long long count;
} plain;

static int divisor(int a, int b)
{
    while (b) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void rate(plain *p)
{
    const tns_match_request *q = p->request;
    double K[TNS_BANDS], S[TNS_BANDS], sum = 0;
    tns_mixture_coefficients(q->palette, p->amounts, K, S, NULL);
    tns_spectrum seen = tns_surface_reflectance(q->surfaces, K, S);
    for (int v = 0; v < LAMPS; v++) {
        double de = tns_de00(p->target[v], tns_lab_from_spectrum(&seen, &q->viewings[v]));
        sum += q->weights[v] * de * de;
    }
    p->best = fmin(p->best, sqrt(sum));
    p->count++;
}

/* Where there is a diluent, it is the palette's last. */
static void rate_shades(plain *p, int units)
{
    bool dilutes = p->request->surfaces->kind == TNS_SURFACE_FILM;
    const tns_palette *palette = p->request->palette;
    for (int shade = 0; shade <= (dilutes ? p->request->max_shade : 0); shade++) {
        if (dilutes)
            p->amounts[palette->count - 1] = units * shade;
        rate(p);
    }
}

static void enumerate(plain *p, size_t at, int parts, int left, int common)
{
    const tns_match_request *q = p->request;
    if (at == q->pigment_count) {
        if (common == 1)
            rate_shades(p, q->max_units - left);
        return;
    }
    int pigment = q->pigments[at];
    bool by_mass = q->palette->model.basis == TNS_BY_MASS;
    double unit = by_mass ? tns_pigment_density(&q->palette->pigments[pigment]) : 1;
    for (int units = 0; units <= (parts < q->max_pigments ? left : 0); units++) {
        p->amounts[pigment] = units * unit;
        enumerate(p, at + 1, parts + (units > 0), left - units, divisor(units, common));
    }
    p->amounts[pigment] = 0;
}

static double time_plain(const tns_match_request *request, plain *out)
{
    double runs[RUNS];
    for (int i = 0; i < RUNS; i++) {
        plain p = {.request = request, .best = INFINITY};
        double started = seconds(1);
        for (int v = 0; v < LAMPS; v++)
            p.target[v] = tns_lab_from_spectrum(&request->target, &request->viewings[v]);
        enumerate(&p, 0, 0, request->max_units, 0);
        runs[i] = seconds(1) - started;
        *out = p;
    }
    return median(runs);
}

static void print_against_plain(const char *label, const tns_match_request *request)
{
    tns_search search;
    plain all;
    double best, ours = time_match(request, &search, &best), peer = time_plain(request, &all);
    printf("match: %s: %.4f s; plain enumeration %.3f s (%llu recipes); ratio %.1f; best %.9f and "
           "%.9f\n",
           label, ours, peer, all.count, peer / ours, best, all.best);
}

/*
 * Targets from easy to hard: inside the gamut, near its edge, beyond it. The last three are the
 * colors of paints that earlier bounds took fifteen seconds for.
 */
static void bench_targets(tns_match_request request)
{
    static const struct {
        const char *label;
        tns_lab lab;
    } targets[] = {
        {"  brown", {40, 12, 18}},
        {"  dark grey", {25, 1, 2}},
        {"  skin", {65, 14, 18}},
        {"  deep red", {35, 45, 25}},
        {"  dark red", {20.4, 17.4, 3.7}},
        {"  olive brown", {31.3, 7.3, 28.3}},
        {"  dark violet", {21.6, 16.7, -19.3}},
    };
    tns_error err;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        must(tns_spectrum_from_lab(targets[i].lab, &request.viewings[0], &request.target, &err),
             &err);
        print_match(targets[i].label, &request);
    }
}

static double most_of(const double S[TNS_BANDS])
{
    double most = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        most = fmax(most, S[b]);
    return most;
}

/* The paints, the inks beside them as if of one strength, and shades mixed of paints in pairs. */
static tns_palette many_of(const tns_palette *paints, const tns_palette *inks,
                           tns_pigment room[MANY])
{
    tns_palette made = *paints;
    size_t n = 0;
    for (; n < paints->count && n < MANY; n++)
        room[n] = paints->pigments[n];
    for (size_t i = 0; i < inks->count && n < MANY; i++) {
        double most = most_of(inks->pigments[i].S);
        if (inks->pigments[i].kind != TNS_PIGMENT)
            continue;
        room[n] = inks->pigments[i];
        for (int b = 0; b < TNS_BANDS; b++) {
            room[n].K[b] /= most;
            room[n].S[b] /= most;
        }
        n++;
    }
    for (size_t i = 0; n < MANY; i++, n++) {
        const tns_pigment *one = &paints->pigments[i], *other = &paints->pigments[i + 6];
        room[n] = *one;
        snprintf(room[n].id, sizeof room[n].id, "shade-%zu", i);
        for (int b = 0; b < TNS_BANDS; b++) {
            room[n].K[b] = (one->K[b] + 2 * other->K[b]) / 3;
            room[n].S[b] = (one->S[b] + 2 * other->S[b]) / 3;
        }
    }
    made.pigments = room;
    made.count = n;
    return made;
}

static void bench_many(const char *paints_name, const char *inks_name)
{
    tns_palette *paints = palette_of(paints_name), *inks = palette_of(inks_name);
    tns_pigment room[MANY];
    tns_palette palette = many_of(paints, inks, room);
    tns_viewing viewings[LAMPS];
    fill_lamps(viewings);
    tns_surface opaque = tns_surface_opaque(&palette);
    tns_match_request request = request_of(&palette, &opaque, viewings);
    request.max_units = 20;
    request.exactly = true;
    print_match("opaque, 24 pigments, 4, exactly 20", &request);
    bench_targets(request);
    tns_palette_destroy(inks);
    tns_palette_destroy(paints);
}

static void bench_opaque(const char *name)
{
    tns_palette *palette = palette_of(name);
    tns_viewing viewings[LAMPS];
    fill_lamps(viewings);
    tns_surface opaque = tns_surface_opaque(palette);
    int shelf[SHELF] = {12, 0, 3, 6, 1, 2, 4, 5, 7, 9, 10, 11}; /* likely ones first, no violet */
    tns_match_request request = request_of(palette, &opaque, viewings);
    request.pigments = shelf;
    request.pigment_count = SHELF;
    print_match("opaque, 12 pigments, 4, 30 drops", &request);
    bench_targets(request);

    request.continuous = true;
    print_match("real amounts, sets of 4 of 12", &request);
    request.continuous = false;

    request.pigment_count = 7;
    request.max_units = 20;
    print_against_plain("opaque, 7 pigments, 4, 20 drops", &request);
    tns_palette_destroy(palette);
}

/* Hair, skin, black, and a paint out of reach; over skin and paper, in thin films and thick. */
static void bench_twelve(const tns_palette *inks, const char *paints_name,
                         const tns_viewing *viewings)
{
    static const struct {
        const char *label;
        tns_lab lab;
        bool paper;
        double load;
    } cases[] = {
        {"film, 12: brown, 1 on skin", {30, 6, 9}, false, 1},
        {"film, 12: skin, 1 on skin", {65, 12, 17}, false, 1},
        {"film, 12: black, 1 on skin", {15, 0, 0}, false, 1},
        {"film, 12: olive, 1 on skin", {31.3, 7.3, 28.3}, false, 1},
        {"film, 12: brown, 4 on paper", {30, 6, 9}, true, 4},
        {"film, 12: fair, 0.5 on paper", {55, 8, 18}, true, 0.5},
    };
    tns_palette *paints = palette_of(paints_name);
    tns_pigment room[SHELF + 1];
    tns_palette palette = twelve_inks(inks, paints, room);
    tns_spectrum backing[] = {skin(), tns_spectrum_constant(0.88)};
    int shelf[SHELF] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    tns_error err;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tns_surface film;
        must(tns_surface_film(&palette, &backing[cases[i].paper], cases[i].load, &film, &err),
             &err);
        tns_match_request request = request_of(&palette, &film, viewings);
        request.pigments = shelf;
        request.pigment_count = SHELF;
        must(tns_spectrum_from_lab(cases[i].lab, &viewings[0], &request.target, &err), &err);
        print_match(cases[i].label, &request);
    }
    tns_palette_destroy(paints);
}

static void bench_film(const char *name, const char *paints)
{
    tns_palette *palette = palette_of(name);
    tns_viewing viewings[LAMPS];
    tns_surface film;
    tns_error err;
    fill_lamps(viewings);
    tns_spectrum backing = skin();
    must(tns_surface_film(palette, &backing, 1, &film, &err), &err);
    tns_match_request request = request_of(palette, &film, viewings);
    print_match("film, shades 0..40, 4, 30 drops", &request);
    int few[] = {0, 1, 2, 3};
    request.pigments = few;
    request.pigment_count = 4;
    request.max_units = 9;
    print_against_plain("film, shades 0..40, 4 pigments, 9 drops", &request);
    request.pigment_count = 1;
    request.max_units = 30;
    print_against_plain("film, one pigment and water", &request);
    bench_twelve(palette, paints, viewings);
    tns_palette_destroy(palette);
}

/* Palettes may be named, e.g. to try a shelf of one's own. */
int main(int argc, char **argv)
{
    bench_opaque(argc > 1 ? argv[1] : "kimera");
    bench_many("kimera", "generic-smp");
    bench_film(argc > 2 ? argv[2] : "generic-smp", "kimera");
    return EXIT_SUCCESS;
}
