/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saunderson's correction for the surface of a film (J. Opt. Soc. Am. 32, 727 (1942)): from the
 * reflectance inside the medium to the one an instrument reads, and back.
 *
 * k1: external reflection of the incident light, about 0.04 at n = 1.5; k2: internal reflection of
 * diffuse light, theory 0.596, found 0.4-0.65. k1 = k2 = 0: no correction.
 */
#ifndef TONSURE_SAUNDERSON_H
#define TONSURE_SAUNDERSON_H

#include <stdbool.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

typedef struct tns_saunderson {
    double k1, k2;          /* 0 <= k1, k2 < 1 */
    bool specular_included; /* d/8 with specular: k1 is in the reading */
} tns_saunderson;

/* Rm = kappa k1 + (1-k1)(1-k2) R / (1 - k2 R); kappa = 1 with the specular included, else 0. */
TNS_API double tns_saunderson_measured(tns_saunderson surface, double internal);
/* dRm/dR at R = internal. */
TNS_API double tns_saunderson_slope(tns_saunderson surface, double internal);
/* The inverse; may be negative for a reading below kappa k1, which no film can give. */
TNS_API double tns_saunderson_internal(tns_saunderson surface, double measured);

TNS_END_DECLS

#endif
