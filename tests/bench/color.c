/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Color differences beside lcms2, and spectra to L*a*b* beside a matrix product of OpenBLAS and
 * the C library's cube root: one core, a million of each, on every instruction set of this machine.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <lcms2.h>
#ifdef BENCH_OPENBLAS
#include <f77blas.h>
#endif

#include <tonsure/difference.h>

#include "bench/timing.h"
#include "color/color_kernels.h"
#include "support/draw.h"

enum { MANY = 1000000, VIEWINGS = 3 };

static void *memory(size_t count, size_t size)
{
    void *block = calloc(count, size);
    if (!block) {
        fprintf(stderr, "color: no memory\n");
        exit(EXIT_FAILURE);
    }
    return block;
}

/* The kernels of each instruction set, the best one first, then the rival: all timed in turn. */
typedef struct race {
    const char *what, *rival;
    timing ours[TNS_ISAS], alone, theirs;
    double farthest; /* from what the rival gives */
} race;

static void print_race(const race *r)
{
    tns_isa best = tns_cpu_isa();
    double theirs = median_seconds(r->theirs), ours = median_seconds(r->ours[best]);
    printf("color: %s: %.1f ns each (%s); %s %.1f ns; ratio %.1f; differ by %.1g at most\n",
           r->what, 1e9 * ours / MANY, tns_isa_name(best), r->rival, 1e9 * theirs / MANY,
           theirs / ours, r->farthest);
    printf("color:   one by one ratio %.1f", theirs / median_seconds(r->alone));
    for (tns_isa isa = TNS_ISA_PLAIN; isa < best; isa++)
        printf(", %s ratio %.1f", tns_isa_name(isa), theirs / median_seconds(r->ours[isa]));
    printf("\n");
}

typedef struct pairs {
    tns_lab *standards, *samples;
    cmsCIELab *theirs; /* the same, in turn */
    double *de, *rival;
} pairs;

static pairs make_pairs(void)
{
    pairs p = {memory(MANY, sizeof *p.standards), memory(MANY, sizeof *p.samples),
               memory(2 * MANY, sizeof *p.theirs), memory(MANY, sizeof *p.de),
               memory(MANY, sizeof *p.rival)};
    uint64_t state = 3;
    for (int i = 0; i < 2 * MANY; i++) {
        tns_lab lab = {100 * draw(&state), 0, 0};
        lab.a = draw_between(&state, -100, 100);
        lab.b = draw_between(&state, -100, 100);
        *(i % 2 ? &p.samples[i / 2] : &p.standards[i / 2]) = lab;
        p.theirs[i] = (cmsCIELab){lab.L, lab.a, lab.b};
    }
    return p;
}

static void race_pairs_once(race *r, const pairs *p, int run)
{
    double start = processor_seconds();
    for (int i = 0; i < MANY; i++)
        p->rival[i] = cmsCIE2000DeltaE(&p->theirs[2 * i], &p->theirs[2 * i + 1], 1, 1, 1);
    r->theirs.run[run] = processor_seconds() - start;
    start = processor_seconds();
    for (int i = 0; i < MANY; i++)
        p->de[i] = tns_de00(p->standards[i], p->samples[i]);
    r->alone.run[run] = processor_seconds() - start;
    for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++) {
        start = processor_seconds();
        TNS_KERNELS_FOR(tns_color_kernels, isa)->de00_pairs(p->standards, p->samples, MANY, p->de);
        r->ours[isa].run[run] = processor_seconds() - start;
    }
}

static void race_pairs(void)
{
    pairs p = make_pairs();
    race r = {.what = "CIEDE2000 of 10^6 pairs", .rival = "lcms2"};
    for (int run = 0; run < RUNS; run++)
        race_pairs_once(&r, &p, run);
    for (int i = 0; i < MANY; i++)
        r.farthest = fmax(r.farthest, fabs(p.de[i] - p.rival[i]));
    print_race(&r);
    free(p.standards);
    free(p.samples);
    free(p.theirs);
    free(p.de);
    free(p.rival);
}

typedef struct spectra {
    double *reflectances, *ratios;
    tns_lab *labs, *rival;
    tns_viewing viewings[VIEWINGS];
} spectra;

static spectra make_spectra(void)
{
    static const char *const names[VIEWINGS] = {"D65/10", "A/10", "F11/10"};
    spectra s = {memory(MANY * TNS_BANDS, sizeof(double)), memory(MANY * 3, sizeof(double)),
                 memory((size_t)MANY * VIEWINGS, sizeof(tns_lab)), memory(MANY, sizeof(tns_lab)),
                 .viewings = {{{0}, 0, {{0}}, {0, 0, 0}}}};
    uint64_t state = 4;
    tns_error err;
    for (size_t i = 0; i < (size_t)MANY * TNS_BANDS; i++)
        s.reflectances[i] = draw(&state);
    for (int v = 0; v < VIEWINGS; v++)
        if (!tns_viewing_find(names[v], &s.viewings[v], &err))
            exit(EXIT_FAILURE);
    return s;
}

static double time_spectra(const spectra *s, tns_isa isa, size_t viewings)
{
    double start = processor_seconds();
    TNS_KERNELS_FOR(tns_color_kernels, isa)
        ->lab_from_spectra(s->reflectances, MANY, s->viewings, viewings, s->labs);
    return processor_seconds() - start;
}

#ifdef BENCH_OPENBLAS
static double f_of(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : t * (841.0 / 108) + 4.0 / 29;
}

/* Ratios to white (3 x n) = weights over white (3 x 36) times spectra (36 x n), column by column.
 */
static void rival_spectra(const spectra *s)
{
    const tns_viewing *v = s->viewings;
    double white[3] = {v->white.X, v->white.Y, v->white.Z}, weights[TNS_BANDS][3], one = 1,
           none = 0;
    blasint three = 3, bands = TNS_BANDS, n = MANY;
    char as_is = 'N';
    for (int band = 0; band < TNS_BANDS; band++)
        for (int axis = 0; axis < 3; axis++)
            weights[band][axis] = v->weight[axis][band] / white[axis];
    dgemm_(&as_is, &as_is, &three, &n, &bands, &one, weights[0], &three, s->reflectances, &bands,
           &none, s->ratios, &three);
    for (size_t i = 0; i < MANY; i++) {
        const double *t = s->ratios + 3 * i;
        double fx = f_of(t[0]), fy = f_of(t[1]), fz = f_of(t[2]);
        s->rival[i] = (tns_lab){116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
    }
}

static double time_one_by_one(const spectra *s)
{
    tns_spectrum one = tns_spectrum_constant(0);
    double start = processor_seconds();
    for (size_t i = 0; i < MANY; i++) {
        memcpy(one.value, s->reflectances + i * TNS_BANDS, sizeof one.value);
        s->labs[i] = tns_lab_from_spectrum(&one, s->viewings);
    }
    return processor_seconds() - start;
}

static void race_spectra(const spectra *s)
{
    race r = {.what = "10^6 spectra to L*a*b*", .rival = "OpenBLAS and cbrt"};
    openblas_set_num_threads_(&(int){1});
    for (int run = 0; run < RUNS; run++) {
        double start = processor_seconds();
        rival_spectra(s);
        r.theirs.run[run] = processor_seconds() - start;
        r.alone.run[run] = time_one_by_one(s);
        for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++)
            r.ours[isa].run[run] = time_spectra(s, isa, 1);
    }
    for (size_t i = 0; i < MANY; i++)
        r.farthest = fmax(r.farthest, tns_de76(s->labs[i], s->rival[i]));
    print_race(&r);
}
#else
static void race_spectra(const spectra *s)
{
    (void)s;
    printf("color: 10^6 spectra to L*a*b*: SKIPPED, built without OpenBLAS (libopenblas-dev)\n");
}
#endif

int main(void)
{
    race_pairs();
    spectra s = make_spectra();
    race_spectra(&s);
    timing all;
    for (int run = 0; run < RUNS; run++)
        all.run[run] = time_spectra(&s, tns_cpu_isa(), VIEWINGS);
    printf("color:   under three viewings %.1f ns each\n", 1e9 * median_seconds(all) / MANY);
    free(s.reflectances);
    free(s.ratios);
    free(s.labs);
    free(s.rival);
    return EXIT_SUCCESS;
}
