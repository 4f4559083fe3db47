/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Soot-like aggregates of many small spheres, by the Rayleigh-Debye-Gans theory for fractal
 * aggregates (Sorensen, Aerosol Sci. Technol. 35, 648 (2001)).
 *
 * An open cluster of spheres far smaller than the wavelength absorbs as its spheres do one by one,
 * which no compact sphere of the same volume does: that one shades its own core. It scatters in
 * phase, weakened by its extent.
 */
#ifndef OPTICS_AGGREGATE_H
#define OPTICS_AGGREGATE_H

#include <stdbool.h>

#include <tonsure/error.h>

typedef struct tns_aggregate {
    double primary_diameter_um;
    double primaries;         /* spheres in an aggregate */
    double fractal_dimension; /* D in primaries = prefactor (Rg / a)^D; 1.8 for soot */
    double prefactor;         /* 1.3 for soot */
    double volume_fraction;   /* of solid in the suspension */
    double medium_n;
} tns_aggregate;

/* As tns_suspension_coefficients(): per mm, at one wavelength, for material of index n + i k. */
bool tns_aggregate_coefficients(const tns_aggregate *aggregate, double wavelength_nm, double n,
                                double k, double *mu_a_per_mm, double *mu_s_reduced_per_mm,
                                tns_error *err);

#endif
