/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Light in layers followed photon by photon: what Kubelka and Munk's two fluxes stand for. */
#ifndef SKIN_PHOTONS_H
#define SKIN_PHOTONS_H

/* Coefficients per mm; scattering is isotropic (reduced). */
typedef struct slab {
    double mu_a, mu_s, thickness_mm;
} slab;

typedef struct walked {
    double R, T, error; /* error: one standard deviation of R */
} walked;

/*
 * Diffuse light on top of a stack of slabs of one refractive index: the weights of photons leaving
 * above and below, `photons` of them, from the generator's `seed`.
 */
walked walk_photons(const slab *slabs, int count, long photons, unsigned long seed);

#endif
