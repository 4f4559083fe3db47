/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "by_color.h"
#include "color/numeric.h"
#include "samples.h"

/* Terms are held to none as by so many spectra: the best of 10, 30 and 100 for people left out. */
static const double HELD = 100;

/* An instrument repeats to about that; nearer spectra weigh alike. */
static const double LEAST_OFF = 0.002;

enum { ROUNDS = 6 };

/* One spectrum of many. */
typedef struct sample {
    double term[TNS_COLOR_TERMS], z[TNS_BANDS], R[TNS_BANDS], weight;
} sample;

static void set_sample(const tns_spectrum *spectrum, const tns_viewing *daylight, sample *out)
{
    const double closest = 0.002; /* to 0 and 1, as in statistics.c */
    tns_color_terms(tns_lab_from_spectrum(spectrum, daylight), out->term);
    for (int b = 0; b < TNS_BANDS; b++) {
        double r = fmin(fmax(spectrum->value[b], closest), 1 - closest);
        out->R[b] = r;
        out->z[b] = log(r / (1 - r));
    }
    out->weight = 1;
}

/* Weights to a mean of 1. */
static void even_weights(sample *s, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += s[i].weight;
    for (size_t i = 0; i < count; i++)
        s[i].weight *= (double)count / sum;
}

static double mean_of(const sample *s, size_t count, int band)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += s[i].z[band] / (double)count;
    return sum;
}

/* The root of the normal equations; the constant is free. */
static bool take_root(const sample *s, size_t count, double out[TNS_COLOR_TERMS][TNS_COLOR_TERMS])
{
    memset(out, 0, TNS_COLOR_TERMS * sizeof *out);
    for (size_t i = 0; i < count; i++)
        for (int j = 0; j < TNS_COLOR_TERMS; j++)
            for (int k = 0; k <= j; k++)
                out[j][k] += s[i].weight * s[i].term[j] * s[i].term[k];
    for (int j = 1; j < TNS_COLOR_TERMS; j++)
        out[j][j] += HELD;
    return tns_cholesky(&out[0][0], TNS_COLOR_TERMS, TNS_COLOR_TERMS, 1e-9);
}

static bool fit(const sample *s, size_t count, tns_given_color_row out[TNS_BANDS])
{
    double root[TNS_COLOR_TERMS][TNS_COLOR_TERMS];
    if (!take_root(s, count, root))
        return false;
    for (int b = 0; b < TNS_BANDS; b++) {
        double mean = mean_of(s, count, b), *by = out[b] + 1;
        out[b][0] = tns_band_nm(b);
        memset(by, 0, TNS_COLOR_TERMS * sizeof *by);
        for (size_t i = 0; i < count; i++)
            for (int j = 0; j < TNS_COLOR_TERMS; j++)
                by[j] += s[i].weight * s[i].term[j] * (s[i].z[b] - mean);
        tns_cholesky_solve(&root[0][0], TNS_COLOR_TERMS, TNS_COLOR_TERMS, by);
        by[0] += mean;
    }
    return true;
}

static double off_by(const sample *s, tns_given_color_row by[TNS_BANDS])
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double z = 0;
        for (int j = 0; j < TNS_COLOR_TERMS; j++)
            z += by[b][1 + j] * s->term[j];
        double off = 1 / (1 + exp(-z)) - s->R[b];
        sum += off * off;
    }
    return sqrt(sum / TNS_BANDS);
}

bool prior_by_color(const tns_spectrum *spectra, size_t count, const tns_viewing *daylight,
                    tns_given_color_row out[TNS_BANDS])
{
    sample *s = count >= 5 * TNS_COLOR_TERMS ? calloc(count, sizeof *s) : NULL;
    for (size_t i = 0; s && i < count; i++)
        set_sample(&spectra[i], daylight, &s[i]);
    bool done = s && fit(s, count, out);
    for (int round = 0; done && round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++)
            s[i].weight = 1 / fmax(off_by(&s[i], out), LEAST_OFF);
        even_weights(s, count);
        done = fit(s, count, out);
    }
    free(s);
    return done;
}

bool make_skin_by_color(const char *shared, tns_given_color_row out[TNS_BANDS], tns_error *err)
{
    tns_viewing daylight;
    size_t count;
    tns_spectrum *spectra = load_skins(shared, &count, err);
    bool done = spectra && tns_viewing_find("D65/10", &daylight, err) &&
                (prior_by_color(spectra, count, &daylight, out) ||
                 tns_error_set(err, TNS_ERROR_FORMAT, "skin by color: too few spectra"));
    free(spectra);
    return done;
}
