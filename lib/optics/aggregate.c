/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/mie.h>

#include "optics/aggregate.h"

enum { STEPS = 64 }; /* of Simpson's rule over the cosine; the integrand is smooth */
static const double PI = 3.14159265358979323846;

/* Radius of gyration over the radius of a primary sphere. */
static double extent(const tns_aggregate *a)
{
    return pow(a->primaries / a->prefactor, 1 / a->fractal_dimension);
}

/* What is left of scattering in phase: Fisher, Burford, Phys. Rev. 156, 583 (1967). */
static double structure(double q_rg, double fractal_dimension)
{
    return pow(1 + 2 * q_rg * q_rg / (3 * fractal_dimension), -fractal_dimension / 2);
}

/*
 * Per primary, over what the primary scatters alone: N times the mean of (1 - cos) S(q Rg) under
 * Rayleigh's pattern, 3/8 (1 + cos^2) d cos. q^2 = 2 k^2 (1 - cos).
 */
static double reduced_gain(const tns_aggregate *a, double size_parameter)
{
    double k_rg = size_parameter * extent(a), sum = 0;
    for (int i = 0; i <= STEPS; i++) {
        double c = 2.0 * i / STEPS - 1;
        double weight = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
        sum += weight * (1 - c) * (1 + c * c) *
               structure(k_rg * sqrt(2 * (1 - c)), a->fractal_dimension);
    }
    return a->primaries * 3.0 / 8 * sum * (2.0 / STEPS) / 3;
}

bool tns_aggregate_coefficients(const tns_aggregate *a, double wavelength_nm, double n, double k,
                                double *mu_a_per_mm, double *mu_s_reduced_per_mm, tns_error *err)
{
    double d = a->primary_diameter_um, x = PI * d * a->medium_n / (wavelength_nm * 1e-3);
    if (!(x > 0 && x < 0.5) || !(a->primaries >= 1))
        return tns_error_set(err, TNS_ERROR_RANGE,
                             "aggregate: expected primary spheres far smaller than the wavelength "
                             "and at least one, found %g um and %g",
                             d, a->primaries);
    tns_mie mie;
    if (!tns_mie_sphere(x, n / a->medium_n, k / a->medium_n, &mie, err))
        return false;
    const double mm_per_um = 1e-3;
    double per_mm = a->volume_fraction * 1.5 / d / mm_per_um;
    *mu_a_per_mm = per_mm * mie.Qabs;
    *mu_s_reduced_per_mm = per_mm * mie.Qsca * reduced_gain(a, x);
    return true;
}
