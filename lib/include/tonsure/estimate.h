/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reflectance spectrum that has a given colour. Infinitely many have (metamers); this gives the
 * smoothest, so what it says under another lamp is an estimate, never a measurement.
 */
#ifndef TONSURE_ESTIMATE_H
#define TONSURE_ESTIMATE_H

#include <tonsure/colorimetry.h>

TNS_BEGIN_DECLS

/*
 * Least hyperbolic tangent slope squared (Burns, Color Res. Appl. 45, 8 (2020)): minimises the
 * summed squared steps of z, R = (tanh z + 1)/2, subject to the colour (see color/lhtss.c). The
 * result lies in (0, 1), has the colour to 1e-6 in X, Y, Z, and is marked reconstructed, prior
 * "lhtss". A grey gives a constant, black and white among them (0 and 1). Fails with
 * TNS_ERROR_RANGE when no reflectance between 0 and 1 has that colour, or one so near to the edge
 * of what is possible that the method does not reach it.
 */
TNS_API bool tns_spectrum_from_lab(tns_lab lab, const tns_viewing *viewing, tns_spectrum *out,
                                   tns_error *err);

TNS_END_DECLS

#endif
