/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In one band, the film that comes nearest to a blend of films, by least squares over mixtures of a
 * palette: load, host, backing and what is seen above; c2 is the mean, for the others can do what
 * it does.
 */
#ifndef MATCH_BOUND_FIT_FILM_H
#define MATCH_BOUND_FIT_FILM_H

#include "match/problem.h"

/* Mixtures of all kinds and shades. */
enum { TNS_FIT_SAMPLES = 64 };
typedef struct tns_fit_samples {
    tns_coefficients mix[TNS_FIT_SAMPLES];
} tns_fit_samples;

/* As in surface.h, and match/surface.h; all of them floats, as the vector code knows them. */
typedef struct tns_film_fit {
    double load, host_K, host_S, Rg, c0, c1, c2;
} tns_film_fit;

/* Always the same for the same problem. */
void tns_fit_samples_draw(tns_fit_samples *samples, const tns_problem *problem);

/* The goal is a blend of films; false where they have no host, or without memory. */
bool tns_film_fit_make(const tns_goal *goal, const tns_fit_samples *samples, int band,
                       tns_film_fit *out);

/* What is seen of it, of a mixture's own K and S. */
double tns_film_fit_seen(const tns_film_fit *film, double K, double S);

/* Of the disc that it is in for complex K and S (stand_in.h). */
double tns_film_fit_radius(const tns_film_fit *film);

#endif
