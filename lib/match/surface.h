/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between what is seen of a surface and the reflectance of the ink below what lies above it. */
#ifndef MATCH_SURFACE_H
#define MATCH_SURFACE_H

#include <tonsure/surface.h>

/* A perfect mirror below a film has no finite K/S; nothing measured comes near. */
#define TNS_MOST_INTERNAL 0.9999

/* A layer of 10 m of ink in ul/cm2: more is a slip, and numbers would overflow. */
#define TNS_MOST_LOAD 1e6

/* Rises in `ink`. */
double tns_surface_seen(const tns_surface *surface, int band, double ink);

/* The same as a quotient: c0 + c1 R / (1 - c2 R). */
typedef struct tns_above {
    double c0, c1, c2;
} tns_above;

/* What lies above and Saunderson's correction, both of the form a + b R / (1 - c R), in one. */
static inline tns_above tns_surface_above(const tns_surface *surface, int band)
{
    const tns_saunderson *outer = &surface->outer;
    double through = (1 - outer->k1) * (1 - outer->k2);
    double at_once = outer->specular_included ? outer->k1 : 0;
    double R = surface->over_R[band], T2 = surface->over_T2[band], Rb = surface->over_Rb[band];
    double per_left = 1 / (1 - outer->k2 * R), c2 = Rb + outer->k2 * T2 * per_left;
    return (tns_above){at_once + through * R * per_left,
                       through * (T2 - R * Rb + R * c2) * per_left, c2};
}

/* The inverse; may leave 0..1 for a reading that no ink can give. */
double tns_surface_ink(const tns_surface *surface, int band, double seen);

#endif
