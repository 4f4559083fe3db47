/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scattering and absorption of light by a homogeneous sphere (Mie 1908), and what a suspension of
 * such spheres does to light. Notation and method: Bohren, Huffman, Absorption and Scattering of
 * Light by Small Particles (1983), chapters 3 and 4.
 */
#ifndef TONSURE_MIE_H
#define TONSURE_MIE_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

/* Efficiencies: cross sections over pi a^2. g is the mean cosine of the scattering angle. */
typedef struct tns_mie {
    double Qext, Qsca, Qabs, g;
} tns_mie;

/*
 * x = 2 pi a n_medium / lambda, 1e-30 to 2000; m = (m_re + i m_im) relative to the medium, m_re of
 * 1e-6 to 100, and m_im of 0 to 100, which absorbs; TNS_ERROR_RANGE elsewhere.
 */
TNS_API bool tns_mie_sphere(double x, double m_re, double m_im, tns_mie *out, tns_error *err);

/* Spheres with log-normal diameters (by number), in a medium without absorption. */
typedef struct tns_suspension {
    double median_diameter_um;
    double geometric_sd;    /* 1 = all alike */
    double volume_fraction; /* of spheres in the suspension, 0..1 */
    double medium_n;
} tns_suspension;

/*
 * Absorption and reduced scattering coefficients, per mm, at one wavelength, for particles of index
 * n + i k. Independent scattering (no crowding). Kubelka-Munk follows as K = 2 mu_a, S = 3/4 mu_s'.
 * TNS_ERROR_RANGE on figures that describe no suspension, and where a sphere is out of the range of
 * tns_mie_sphere().
 */
TNS_API bool tns_suspension_coefficients(const tns_suspension *suspension, double wavelength_nm,
                                         double n, double k, double *mu_a_per_mm,
                                         double *mu_s_reduced_per_mm, tns_error *err);

TNS_END_DECLS

#endif
