/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One channel of a picture, smooth random fields on it, and the random numbers of the renderer. */
#ifndef RENDER_PLANE_H
#define RENDER_PLANE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct plane {
    int width, height;
    float *at; /* row by row */
} plane;

/* All zero. NULL in `at` when there is no memory. */
plane plane_create(int width, int height);
void plane_destroy(plane *p);

/* Gaussian blur, edges held; nothing for sigma_px = 0. False without memory. */
bool plane_blur(plane *p, double sigma_px);

/* The mean over a disc, as a lens out of focus gives it, or over a line; nothing for size 0. */
bool plane_defocus(plane *p, double radius_px);
bool plane_shake(plane *p, double length_px, double degrees);

double plane_mean(const plane *p);

/* 64 well mixed bits of a number: the finisher of splitmix64 (Steele, Lea, Flood, OOPSLA 2014). */
uint64_t random_bits(uint64_t x);

/* The next of a sequence, 0 <= u < 1. */
double random_uniform(uint64_t *state);

/*
 * Four uniform numbers cut from 64 random bits, summed and scaled to mean 0 and variance 1: near
 * enough to normal for noise (it ends at 3.46), exact on every machine, and no logarithm.
 */
double random_normal(uint64_t bits);

/* A smooth random field of feature size 1 with values in -1..1 (value noise), mean 0. */
double random_field(uint64_t seed, double x, double y);

#endif
