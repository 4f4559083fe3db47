/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A surface: what the ink lies on or in, as a value. Per band a mixture with absorption K and
 * scattering S gives the film
 *
 *     Rf = film(host_K + load K, host_S + load S, over backing)      (or the opaque layer)
 *     Ri = over_R + over_T2 Rf / (1 - over_Rb Rf)                    (what lies above)
 *     R  = Saunderson(Ri)                                            (the outer surface)
 *
 * Every step falls in K and rises in S, so that one search and one proof serve all surfaces.
 */
#ifndef TONSURE_SURFACE_H
#define TONSURE_SURFACE_H

#include <stdbool.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/kubelka_munk.h>
#include <tonsure/palette.h>
#include <tonsure/saunderson.h>
#include <tonsure/spectrum.h>

TNS_BEGIN_DECLS

typedef enum tns_surface_kind {
    TNS_SURFACE_OPAQUE,
    TNS_SURFACE_FILM,
    TNS_SURFACE_HEALED /* a film in a host with something above: tonsure/healed.h */
} tns_surface_kind;

typedef struct tns_surface {
    tns_surface_kind kind;    /* opaque: load, host and backing do not count */
    char name[64];            /* as asked for: "opaque", "film:skin.json,1" */
    double load;              /* film, healed: of mixed liquid, in the palette's load_unit */
    double host_K[TNS_BANDS]; /* of the whole host layer that the ink is spread in; 0 = none */
    double host_S[TNS_BANDS];
    double backing[TNS_BANDS]; /* internal reflectance below the film, 0..1 */
    double over_R[TNS_BANDS];  /* the layer above: from above, */
    double over_T2[TNS_BANDS]; /* transmittance down times up, */
    double over_Rb[TNS_BANDS]; /* and from below; 0, 1, 0 = nothing there */
    tns_saunderson outer;
} tns_surface;

/* A thick layer of the palette's own ink: its Saunderson constants, nothing above. */
TNS_API tns_surface tns_surface_opaque(const tns_palette *palette);

/*
 * A film of `load` units of mixed liquid over a backing as an instrument sees it bare. With the
 * palette's Saunderson constants the backing is taken inside the medium first. Fails by name on a
 * relative palette, on load <= 0 or not finite.
 */
TNS_API bool tns_surface_film(const tns_palette *palette, const tns_spectrum *backing, double load,
                              tns_surface *out, tns_error *err);

/* What is seen of a mixture whose coefficients per unit of load are K and S. */
TNS_API tns_spectrum tns_surface_reflectance(const tns_surface *surface, const double K[TNS_BANDS],
                                             const double S[TNS_BANDS]);

/* One band of the same, with slopes in K and S. */
TNS_API tns_km_slopes tns_surface_slopes(const tns_surface *surface, int band, double K, double S);

TNS_END_DECLS

#endif
