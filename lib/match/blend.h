/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is seen of many films, in double precision by vector code, right to 1e-13: of each, and the
 * mean of a blend (TNS_REDUCE_BLEND).
 */
#ifndef MATCH_BLEND_H
#define MATCH_BLEND_H

#include <tonsure/surface.h>

#include "base/cpu.h"

/* Films side by side, padded to whole lanes with some that weigh nothing. */
typedef struct tns_blend_films {
    int count;            /* padded */
    double *load, *share; /* of each; share: of the mean, their sum 1; owned */
    double least_load, least_K[TNS_BANDS], least_S[TNS_BANDS]; /* of load, host_K, host_S */
    double *host_K, *host_S, *Rg;                              /* by band, then by film */
    double *c0, *c1, *c2; /* seen: c0 + c1 R / (1 - c2 R); likewise */
} tns_blend_films;

typedef struct tns_blend_kernels {
    /* In a band, of each film. */
    void (*each)(const tns_blend_films *films, int band, double K, double S, double *seen);
    /* The mean. */
    double (*mean)(const tns_blend_films *films, int band, double K, double S);
    /* With its slopes in K and S. */
    tns_km_slopes (*slopes)(const tns_blend_films *films, int band, double K, double S);
} tns_blend_kernels;

TNS_KERNELS_DECLARE(tns_blend_kernels, tns_blend_kernels);

/* All of them films; `share` = of each. False without memory. */
bool tns_blend_films_init(tns_blend_films *films, const tns_surface *surfaces, const double *share,
                          size_t count);

/* Of zeros too. */
void tns_blend_films_finish(tns_blend_films *films);

#endif
