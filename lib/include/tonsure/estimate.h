/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reflectance spectrum that has a given color. Infinitely many have (metamers); this gives the
 * likeliest for a kind of thing, or the smoothest, so what it says under another lamp is an
 * estimate, never a measurement.
 */
#ifndef TONSURE_ESTIMATE_H
#define TONSURE_ESTIMATE_H

#include <tonsure/colorimetry.h>

TNS_BEGIN_DECLS

/* What is known beforehand of the spectrum: the kind of thing that has the color. */
typedef enum tns_prior {
    TNS_PRIOR_ANY,     /* matte colors of all hues */
    TNS_PRIOR_SKIN,    /* measured skin of all tones, bare or with stubble */
    TNS_PRIOR_HAIR,    /* a lock; computed from its melanins, not measured */
    TNS_PRIOR_PIGMENT, /* paint and ink, thick or drawn down */
    TNS_PRIOR_SMOOTH   /* nothing but smoothness: LHTSS */
} tns_prior;

/* As in records and --kind: "any", "skin", "hair", "pigment"; "lhtss" for TNS_PRIOR_SMOOTH. */
TNS_API const char *tns_prior_name(tns_prior prior);

/*
 * The likeliest spectrum with the color: z = log(R / (1 - R)) is taken as normally distributed,
 * with the mean and covariance of spectra of the kind, and its density is made greatest subject to
 * the color. Where that lies further from the mean than 6 standard deviations, or has no such
 * spectrum, the kind cannot explain the color and the smoothest spectrum stands in: spectrum.prior
 * says which of the two it was. In (0, 1), with the color to 1e-6 in X, Y, Z, marked
 * reconstructed. Fails as tns_spectrum_from_lab does.
 */
TNS_API bool tns_spectrum_estimate(tns_lab lab, const tns_viewing *viewing, tns_prior prior,
                                   tns_spectrum *out, tns_error *err);

/*
 * Least hyperbolic tangent slope squared (Burns, Color Res. Appl. 45, 8 (2020)): makes the sum of
 * the squared steps of z least, R = (tanh z + 1)/2, subject to the color. The result lies in (0,
 * 1), has the color to 1e-6 in X, Y, Z, and is marked reconstructed, prior "lhtss". A gray gives a
 * constant, black and white among them (a millionth from 0 and 1). Fails with TNS_ERROR_RANGE when
 * no reflectance between 0 and 1 has that color, or one so near to the edge of what is possible
 * that the method does not reach it.
 */
TNS_API bool tns_spectrum_from_lab(tns_lab lab, const tns_viewing *viewing, tns_spectrum *out,
                                   tns_error *err);

TNS_END_DECLS

#endif
