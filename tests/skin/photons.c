/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_rng.h>

#include "skin/photons.h"

/* Below this weight a photon lives on with one chance in ten, ten times as heavy (roulette). */
static const double FAINT = 1e-3;

typedef struct photon {
    double depth, cosine, weight;
    int slab;
    double above; /* depth of the slab's top */
} photon;

/* Moves by an optical depth; false once outside, `depth` then says on which side. */
static int travel(const slab *slabs, int count, photon *p, double optical)
{
    for (;;) {
        const slab *s = &slabs[p->slab];
        double mu = s->mu_a + s->mu_s;
        double edge = p->cosine > 0 ? p->above + s->thickness_mm : p->above;
        double way = (edge - p->depth) / p->cosine;
        if (mu * way >= optical) {
            p->depth += p->cosine * optical / mu;
            return 1;
        }
        optical -= mu * way;
        p->depth = edge;
        p->slab += p->cosine > 0 ? 1 : -1;
        if (p->slab < 0 || p->slab >= count)
            return 0;
        p->above += p->cosine > 0 ? s->thickness_mm : -slabs[p->slab].thickness_mm;
    }
}

/* Scatters, after leaving behind what is absorbed; false when the roulette ends it. */
static int survive(const slab *s, photon *p, gsl_rng *random)
{
    p->weight *= s->mu_s / (s->mu_a + s->mu_s);
    p->cosine = 2 * gsl_rng_uniform_pos(random) - 1;
    if (p->cosine == 0)
        p->cosine = 1e-12;
    if (p->weight >= FAINT)
        return 1;
    p->weight *= 10;
    return gsl_rng_uniform(random) < 0.1;
}

walked walk_photons(const slab *slabs, int count, long photons, unsigned long seed)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    double up = 0, squares = 0, down = 0;
    gsl_rng_set(random, seed);
    for (long i = 0; i < photons; i++) {
        photon p = {.cosine = sqrt(gsl_rng_uniform_pos(random)), .weight = 1};
        int inside;
        do {
            inside = travel(slabs, count, &p, -log(gsl_rng_uniform_pos(random)));
        } while (inside && survive(&slabs[p.slab], &p, random));
        if (!inside && p.slab < 0) {
            up += p.weight;
            squares += p.weight * p.weight;
        } else if (!inside) {
            down += p.weight;
        }
    }
    gsl_rng_free(random);
    double n = (double)photons, mean = up / n;
    return (walked){mean, down / n, sqrt(fmax(squares / n - mean * mean, 0) / n)};
}
