/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_multifit_nlinear.h>

#include "base/random.h"
#include "color/numeric.h"
#include "match/bound/fit_film.h"
#include "match/surface.h"

enum { LOAD, HOST_K, HOST_S, BACKING, ABOVE, THROUGH, UNKNOWNS, ROUNDS = 30, PARTS = 3 };

/* Holds what the samples do not determine to where it began. */
static const double TETHER = 1e-5;

/* Beyond e^12 of where it began a figure means nothing any more. */
static const double MOST_LOG = 12;

/* Nothing deep in skin sends back more. */
static const double MOST_BACKING = 0.995;

/* Any would do. */
static const uint64_t SEED = 64;

typedef struct fit {
    const tns_fit_samples *samples;
    int band;
    double seen[TNS_FIT_SAMPLES]; /* of the blend */
    tns_film_fit start;
} fit;

/* A third are not diluted; the others by factors spread evenly over their logarithm. */
static void draw_one(const tns_problem *problem, bool dilute, tns_random *random,
                     tns_coefficients *out)
{
    tns_mix sum = {.amount = 0};
    double shade = exp(tns_random_unit(random) * log(1.0 + problem->max_shade)) - 1;
    for (int k = 0; k < PARTS; k++) {
        uint32_t which = tns_random_below(random, (uint32_t)problem->count);
        tns_mix unit;
        tns_component_dilute(&problem->components[which], problem->diluent, dilute ? shade : 0,
                             &unit);
        tns_mix_add(&sum, exp(-3 * tns_random_unit(random)), &unit);
    }
    tns_mix_coefficients(&sum, out);
}

void tns_fit_samples_draw(tns_fit_samples *samples, const tns_problem *problem)
{
    tns_random random = tns_random_make(SEED);
    for (int n = 0; n < TNS_FIT_SAMPLES; n++)
        draw_one(problem, problem->max_shade > 0 && n % 3 != 0, &random, &samples->mix[n]);
}

double tns_film_fit_seen(const tns_film_fit *f, double K, double S)
{
    double R = tns_km_film(f->host_K + f->load * K, f->host_S + f->load * S, 1, f->Rg);
    return f->c0 + f->c1 * R / (1 - f->c2 * R);
}

double tns_film_fit_radius(const tns_film_fit *film)
{
    return film->c1 / (1 - film->c2 * film->c2);
}

/* The figures' means. */
static bool begin(fit *f, const tns_goal *goal)
{
    tns_film_fit *s = &f->start;
    for (size_t i = 0; i < goal->surface_count; i++) {
        const tns_surface *surface = &goal->surfaces[i];
        tns_above above = tns_surface_above(surface, f->band);
        double weight = goal->surface_weights[i];
        s->load += weight * surface->load;
        s->host_K += weight * surface->host_K[f->band];
        s->host_S += weight * surface->host_S[f->band];
        s->Rg += weight * surface->backing[f->band];
        s->c0 += weight * above.c0;
        s->c1 += weight * above.c1;
        s->c2 += weight * above.c2;
    }
    s->Rg = fmin(fmax(s->Rg, 1e-3), 0.999);
    return s->host_K > 0 && s->host_S > 0 && s->c1 > 0;
}

static double held(double x)
{
    return fmin(fmax(x, -MOST_LOG), MOST_LOG);
}

static tns_film_fit film_at(const fit *f, const gsl_vector *x)
{
    tns_film_fit film = f->start;
    film.load *= exp(held(gsl_vector_get(x, LOAD)));
    film.host_K *= exp(held(gsl_vector_get(x, HOST_K)));
    film.host_S *= exp(held(gsl_vector_get(x, HOST_S)));
    film.Rg /= film.Rg + (1 - film.Rg) * exp(held(-gsl_vector_get(x, BACKING)));
    film.Rg = fmin(film.Rg, MOST_BACKING);
    film.c0 += gsl_vector_get(x, ABOVE);
    film.c1 *= exp(held(gsl_vector_get(x, THROUGH)));
    return film;
}

/* In steps of lightness, nearly: a little more shows most where it is dark. */
static int residuals(const gsl_vector *x, void *params, gsl_vector *out)
{
    const fit *f = params;
    tns_film_fit film = film_at(f, x);
    for (size_t n = 0; n < TNS_FIT_SAMPLES; n++) {
        const tns_coefficients *mix = &f->samples->mix[n];
        double off = tns_film_fit_seen(&film, mix->K[f->band], mix->S[f->band]) - f->seen[n];
        gsl_vector_set(out, n, off / cbrt(f->seen[n] * f->seen[n]));
    }
    for (size_t i = 0; i < UNKNOWNS; i++)
        gsl_vector_set(out, TNS_FIT_SAMPLES + i, TETHER * gsl_vector_get(x, i));
    return GSL_SUCCESS;
}

static bool descend(fit *f, gsl_vector *x, gsl_multifit_nlinear_workspace *work)
{
    gsl_multifit_nlinear_fdf fdf = {
        .f = residuals, .n = TNS_FIT_SAMPLES + UNKNOWNS, .p = UNKNOWNS, .params = f};
    int info = 0;
    if (gsl_multifit_nlinear_init(x, &fdf, work) != GSL_SUCCESS)
        return false;
    gsl_multifit_nlinear_driver(ROUNDS, 1e-4, 1e-10, 1e-10, NULL, NULL, &info, work);
    return gsl_vector_memcpy(x, gsl_multifit_nlinear_position(work)) == GSL_SUCCESS;
}

static void round_to_floats(tns_film_fit *film)
{
    double *const figure[] = {&film->load, &film->host_K, &film->host_S, &film->Rg,
                              &film->c0,   &film->c1,     &film->c2};
    for (size_t i = 0; i < sizeof figure / sizeof *figure; i++)
        *figure[i] = (float)*figure[i];
}

bool tns_film_fit_make(const tns_goal *goal, const tns_fit_samples *samples, int band,
                       tns_film_fit *out)
{
    fit f = {.samples = samples, .band = band};
    if (!begin(&f, goal))
        return false;
    for (int n = 0; n < TNS_FIT_SAMPLES; n++)
        f.seen[n] =
            goal->blend->mean(&goal->films, band, samples->mix[n].K[band], samples->mix[n].S[band]);
    tns_numeric_init();
    gsl_multifit_nlinear_parameters options = gsl_multifit_nlinear_default_parameters();
    gsl_vector *x = gsl_vector_calloc(UNKNOWNS);
    gsl_multifit_nlinear_workspace *work = gsl_multifit_nlinear_alloc(
        gsl_multifit_nlinear_trust, &options, TNS_FIT_SAMPLES + UNKNOWNS, UNKNOWNS);
    bool done = x && work && descend(&f, x, work);
    if (done)
        *out = film_at(&f, x);
    gsl_multifit_nlinear_free(work);
    gsl_vector_free(x);
    if (done)
        round_to_floats(out);
    return done && out->Rg <= TNS_MOST_INTERNAL && out->host_K > 0 && out->host_S > 0;
}
