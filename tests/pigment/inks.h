/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up ink systems whose K, S and k2 are known, and samples of them as an instrument reads. */
#ifndef PIGMENT_INKS_H
#define PIGMENT_INKS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/characterise.h>
#include <tonsure/colorimetry.h>
#include <tonsure/difference.h>
#include <tonsure/kubelka_munk.h>

#include "support/draw.h"

enum { INKS_MAX = 13, INK_SAMPLES_MAX = 800 };

typedef struct inks {
    int count; /* 0 is white, 1 black */
    double K[INKS_MAX][TNS_BANDS], S[INKS_MAX][TNS_BANDS];
    tns_saunderson surface;
    double noise; /* of a reflectance */
    double pours; /* relative error of an amount */
    uint64_t state;
    tns_sample_set *set;
} inks;

/* A pigment that absorbs below an edge, and perhaps around a hump. */
static inline void draw_pigment(uint64_t *state, double *K, double *S)
{
    double edge = draw_between(state, 6, 30), width = draw_between(state, 1.5, 4);
    double center = draw_between(state, 0, TNS_BANDS), strength = draw_between(state, 2, 8);
    double hump = draw_between(state, 0, 3), scatter = draw_between(state, 0.1, 0.6);
    for (int b = 0; b < TNS_BANDS; b++) {
        double x = (b - center) / 5;
        K[b] = 0.03 + strength / (1 + exp((b - edge) / width)) + hump * exp(-x * x);
        S[b] = scatter * pow(tns_band_nm(b) / 550, -draw_between(state, 0.99, 1.01));
    }
}

/* Steps of log K from one band to the next, some with a lone spike: nothing a smooth curve follows.
 */
static inline void draw_sharp_pigment(uint64_t *state, double *K, double *S)
{
    double edge = draw_between(state, 6, 30), high = draw_between(state, 2, 8);
    double low = draw_between(state, 0.01, 0.05), scatter = draw_between(state, 0.1, 0.6);
    int spike = draw(state) < 0.5 ? draw_int(state, 5, 30) : -1;
    bool absorbs_blue = draw(state) < 0.6;
    for (int b = 0; b < TNS_BANDS; b++) {
        K[b] = ((b < edge) == absorbs_blue ? high : low) * (b == spike ? 5 : 1);
        S[b] = scatter;
    }
}

static inline inks make_inks(int count, double k2, uint64_t seed)
{
    inks out = {.count = count, .noise = 0.003, .state = seed};
    out.surface = (tns_saunderson){k2 > 0 ? 0.04 : 0, k2, false};
    for (int b = 0; b < TNS_BANDS; b++) {
        out.K[0][b] = 0.002 + 0.3 * exp(-0.8 * b);
        out.S[0][b] = 1;
        out.K[1][b] = 12 * pow(tns_band_nm(b) / 550, -0.9);
        out.S[1][b] = 0.15;
    }
    for (int i = 2; i < count; i++)
        draw_pigment(&out.state, out.K[i], out.S[i]);
    out.set = calloc(1, sizeof *out.set);
    out.set->samples = calloc(INK_SAMPLES_MAX, sizeof *out.set->samples);
    out.set->pigment_count = (size_t)count;
    for (int i = 2; i < count; i++)
        snprintf(out.set->pigment[i], TNS_ID_SIZE, "ink-%d", i);
    snprintf(out.set->pigment[0], TNS_ID_SIZE, "white");
    snprintf(out.set->pigment[1], TNS_ID_SIZE, "black");
    return out;
}

/* What a mix truly reflects; over NULL it is opaque. */
static inline tns_spectrum true_spectrum(const inks *s, const double *amount,
                                         const tns_spectrum *backing)
{
    tns_spectrum out = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++) {
        double K = 0, S = 0;
        for (int i = 0; i < s->count; i++) {
            K += amount[i] * s->K[i][b];
            S += amount[i] * s->S[i][b];
        }
        double g = backing ? tns_saunderson_internal(s->surface, backing->value[b]) : 0;
        double R = backing ? tns_km_film(K, S, 1, g) : tns_km_opaque(K, S);
        out.value[b] = tns_saunderson_measured(s->surface, R);
    }
    return out;
}

static inline tns_fit_sample *next_sample(inks *s, const char *what)
{
    tns_fit_sample *sample = &s->set->samples[s->set->count++];
    snprintf(sample->id, sizeof sample->id, "%s-%zu", what, s->set->count);
    return sample;
}

/* Adds a backing of one reflectance; its index. */
static inline size_t add_backing(inks *s, double reflectance)
{
    tns_fit_sample *sample = next_sample(s, "backing");
    sample->kind = TNS_FIT_BACKING;
    sample->measured = tns_spectrum_constant(reflectance);
    return s->set->count - 1;
}

/* Adds a reading of a mix; `film` says whether it lies on `backing`. */
static inline tns_fit_sample *add_sample(inks *s, const double *amount, bool film, size_t backing)
{
    double poured[INKS_MAX];
    tns_fit_sample *sample = next_sample(s, film ? "film" : "opaque");
    sample->kind = film ? TNS_FIT_FILM : TNS_FIT_OPAQUE;
    sample->backing = backing;
    for (int i = 0; i < s->count; i++) {
        sample->amount[i] = amount[i];
        poured[i] = amount[i] * (1 + s->pours * draw_normal(&s->state));
    }
    sample->measured = true_spectrum(s, poured, film ? &s->set->samples[backing].measured : NULL);
    for (int b = 0; b < TNS_BANDS; b++)
        sample->measured.value[b] += s->noise * draw_normal(&s->state);
    return sample;
}

/* `share` of a and the rest of b, `load` in all. */
static inline void add_pair(inks *s, int a, int b, double share, double load, bool film,
                            size_t backing)
{
    double amount[INKS_MAX] = {0};
    amount[a] += share * load;
    amount[b] += (1 - share) * load;
    add_sample(s, amount, film, backing);
}

/* Masstone, three white tints and two black shades of each. */
static inline void add_opaque_series(inks *s)
{
    for (int i = 0; i < s->count; i++) {
        add_pair(s, i, i, 1, 1, false, 0);
        for (int k = 0; i > 0 && k < 3; k++)
            add_pair(s, i, 0, (const double[]){0.5, 0.15, 0.03}[k], 1, false, 0);
        for (int k = 0; i > 1 && k < 2; k++)
            add_pair(s, i, 1, (const double[]){0.9, 0.97}[k], 1, false, 0);
    }
}

/* Two inks at random, half of each to all of one, until there are so many samples. */
static inline void add_random_pairs(inks *s, size_t samples, bool film, size_t backing)
{
    while (s->set->count < samples) {
        int a = draw_int(&s->state, 0, s->count - 1), b = draw_int(&s->state, 0, s->count - 1);
        double share = draw_between(&s->state, 0.1, 0.9), load = draw_between(&s->state, 0.1, 2);
        add_pair(s, a, b, share, film ? load : 1, film, backing);
    }
}

/* Masstone, three white tints, one black shade of each, then pairs. */
static inline void add_opaque_plan(inks *s, size_t samples)
{
    for (int i = 0; i < s->count; i++)
        add_pair(s, i, i, 1, 1, false, 0);
    for (int i = 1; i < s->count; i++)
        for (int k = 0; k < 3; k++)
            add_pair(s, i, 0, (const double[]){0.5, 0.15, 0.03}[k], 1, false, 0);
    for (int i = 2; i < s->count; i++)
        add_pair(s, i, 1, 0.9, 1, false, 0);
    add_random_pairs(s, samples, false, 0);
}

/* Over one paper: a ladder, two white tints, a black shade of each, then pairs. */
static inline void add_film_plan(inks *s, size_t samples)
{
    size_t paper = add_backing(s, 0.85);
    for (int i = 0; i < s->count; i++)
        for (int rung = 0; rung < 5; rung++)
            add_pair(s, i, i, 1, (const double[]){0.05, 0.2, 0.5, 1, 2.5}[rung], true, paper);
    for (int i = 1; i < s->count; i++)
        for (int k = 0; k < 2; k++)
            add_pair(s, i, 0, (const double[]){0.3, 0.06}[k], 1.5, true, paper);
    for (int i = 2; i < s->count; i++)
        add_pair(s, i, 1, 0.93, 0.5, true, paper);
    add_random_pairs(s, samples, true, paper);
}

/* The same as films, and a ladder of loads, over white and black. */
static inline void add_film_series(inks *s)
{
    size_t backing[2] = {add_backing(s, 0.85), add_backing(s, 0.05)};
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < s->count; i++) {
            for (int rung = 0; rung < 4; rung++)
                add_pair(s, i, i, 1, (const double[]){0.05, 0.2, 0.8, 2.5}[rung], true, backing[k]);
            for (int rung = 0; i > 0 && rung < 2; rung++)
                add_pair(s, i, 0, (const double[]){0.3, 0.06}[rung], 1.5, true, backing[k]);
            if (i > 1)
                add_pair(s, i, 1, 0.93, 0.5, true, backing[k]);
        }
}

/* One sample more, and that held out by name: no group is then left out in turn, which takes time.
 */
static inline void spare_the_folds(inks *s)
{
    double amount[INKS_MAX] = {1};
    add_sample(s, amount, false, 0)->held_out = true;
}

static inline double palette_distance(const inks *s, const tns_palette *palette,
                                      const double *amount, const tns_spectrum *backing,
                                      const tns_viewing *viewing)
{
    inks fitted = *s;
    fitted.surface =
        (tns_saunderson){palette->model.k1, palette->model.k2, palette->model.specular_included};
    for (int i = 0; i < s->count; i++) {
        memcpy(fitted.K[i], palette->pigments[i].K, sizeof fitted.K[i]);
        memcpy(fitted.S[i], palette->pigments[i].S, sizeof fitted.S[i]);
    }
    tns_spectrum truth = true_spectrum(s, amount, backing);
    tns_spectrum found = true_spectrum(&fitted, amount, backing);
    return tns_de00(tns_lab_from_spectrum(&truth, viewing), tns_lab_from_spectrum(&found, viewing));
}

/* Mean dE00 over mixtures of three or four inks that the fit never saw, films half over each. */
static inline double unseen_mixtures(const inks *s, const tns_palette *palette, bool film)
{
    enum { MIXTURES = 200 };
    uint64_t state = 77;
    tns_viewing viewing;
    double sum = 0;
    if (!tns_viewing_find("D65/10", &viewing, NULL))
        return NAN;
    for (int m = 0; m < MIXTURES; m++) {
        double amount[INKS_MAX] = {0};
        int parts = draw_int(&state, 3, 4);
        for (int i = 0; i < parts; i++)
            amount[draw_int(&state, 0, s->count - 1)] += draw_between(&state, 0.05, 1);
        tns_spectrum backing = tns_spectrum_constant(m % 2 ? 0.85 : 0.3);
        sum += palette_distance(s, palette, amount, film ? &backing : NULL, &viewing);
    }
    return sum / MIXTURES;
}

static inline void free_inks(inks *s)
{
    tns_sample_set_destroy(s->set);
}

#endif
