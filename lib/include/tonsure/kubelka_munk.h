/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kubelka-Munk: reflectance and transmittance of absorbing, scattering layers, per band.
 *
 * K and S are per unit of thickness or load, X is that thickness or load; only K X and S X matter.
 * K, S, X are 0 or 1e-100..1e100 (they are squared); reflectances 0..1 inside the medium (the
 * Saunderson correction is apart). Sources: Kubelka, Munk, Z. tech. Phys. 12, 593 (1931); Kubelka,
 * J. Opt. Soc. Am. 38, 448 (1948); 44, 330 (1954).
 */
#ifndef TONSURE_KUBELKA_MUNK_H
#define TONSURE_KUBELKA_MUNK_H

#include <stdbool.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

/* A reflectance with its slopes. */
typedef struct tns_km_slopes {
    double R, dR_dK, dR_dS;
} tns_km_slopes;

/* A homogeneous or stacked layer: from above R and T; Rb from below (T is the same both ways). */
typedef struct tns_layer {
    double R, T, Rb;
} tns_layer;

/*
 * An infinitely thick layer: S / (K + S + sqrt(K (K + 2 S))), free of cancellation. K = S = 0 gives
 * 0 (there is nothing to send light back).
 */
TNS_API double tns_km_opaque(double K, double S);
/*
 * dR/dK has no bound at K = 0, S > 0: the first trace of black costs a white most. What is given is
 * held at -1e6 / S, so that it is finite everywhere.
 */
TNS_API tns_km_slopes tns_km_opaque_slopes(double K, double S);

/* K/S of an opaque layer: (1-R)^2 / (2R), R in (0, 1]. */
TNS_API double tns_km_ratio(double R);

/*
 * A film of thickness X (finite) over a backing of reflectance Rg. Exact limits for K -> 0, S -> 0,
 * X -> 0 and thick films; one exponential. R falls in K and rises in S over every backing.
 */
TNS_API double tns_km_film(double K, double S, double X, double Rg);
TNS_API tns_km_slopes tns_km_film_slopes(double K, double S, double X, double Rg);

/* The film alone: over black, and what it lets through. */
TNS_API tns_layer tns_km_layer(double K, double S, double X);

/* `upper` over `lower` (Kubelka 1954). */
TNS_API tns_layer tns_layer_stack(tns_layer upper, tns_layer lower);

/* A layer over a backing of reflectance Rg. */
TNS_API double tns_layer_over(tns_layer layer, double Rg);

/*
 * K X and S X of a film from its reflectances R1, R2 over two backings g1 != g2. False when no
 * finite film gives those: the backings are alike, the film hides them, or the pairs contradict
 * each other.
 */
TNS_API bool tns_km_from_backings(double R1, double g1, double R2, double g2, double *KX,
                                  double *SX);

/*
 * K X and S X from reflectance over black and transmittance. False for T = 0 and for R0 + T > 1.
 * Below R0 of about 0.01 a reading's noise is a large part of S X.
 */
TNS_API bool tns_km_from_layer(double R0, double T, double *KX, double *SX);

TNS_END_DECLS

#endif
