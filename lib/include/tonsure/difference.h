/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Color differences. The standard (reference) comes first, the sample (batch) second; both under
 * one illuminant and observer.
 */
#ifndef TONSURE_DIFFERENCE_H
#define TONSURE_DIFFERENCE_H

#include <stddef.h>

#include <tonsure/colorimetry.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

/* dE00 beyond which what is said of a match calls it off: another color. */
#define TNS_OFF_DE00 4.0

/* CIE 1976: the Euclidean distance. */
TNS_API double tns_de76(tns_lab standard, tns_lab sample);

/* CIE 1994, graphic arts: kL = 1, K1 = 0.045, K2 = 0.015. Not symmetric: chroma of the standard. */
TNS_API double tns_de94(tns_lab standard, tns_lab sample);

/* CMC(l:c) of 1984 (BS 6923); tolerances usually 2:1. Not symmetric. */
TNS_API double tns_cmc(tns_lab standard, tns_lab sample, double l, double c);

/*
 * CIEDE2000, kL = kC = kH = 1: Sharma, Wu, Dalal, Color Res. Appl. 30, 21 (2005). Symmetric to the
 * last bit. Where the two hues lie 180 degrees apart the formula jumps; hues that do so to 1e-9
 * degrees take (h1 + h2)/2 as their mean, as in Sharma's table, and of those one that lies below
 * 360 by no more than that counts as 0; so rounding cannot choose the side.
 */
TNS_API double tns_de00(tns_lab standard, tns_lab sample);

/*
 * CIEDE2000 of n pairs, and of one standard with n samples, into de[0..n-1] by vector code, with
 * the same bits as tns_de00 gives. `de` may not overlap the rest. Here as there, a NaN gives NaN.
 */
TNS_API void tns_de00_pairs(const tns_lab *standards, const tns_lab *samples, size_t n, double *de);
TNS_API void tns_de00_samples(tns_lab standard, const tns_lab *samples, size_t n, double *de);

/* HyAB: |dL*| + distance in a*b* (Abasi et al., Color Res. Appl. 45, 241 (2020)). */
TNS_API double tns_hyab(tns_lab standard, tns_lab sample);

/* Sample minus standard; dH carries the sign of the hue change. */
typedef struct tns_difference {
    double dL, da, db, dC, dH;
} tns_difference;
TNS_API tns_difference tns_difference_make(tns_lab standard, tns_lab sample);

/*
 * Metamerism index for a change of illuminant: the sample is corrected so that it matches the
 * standard under `reference` (XYZ under `test` multiplied by standard/sample XYZ under `reference`,
 * each of X, Y, Z for itself), then dE00 under `test`. That is the multiplicative correction of
 * ISO 18314-4:2024, which recommends it for XYZ. Fairman's correction (Color Res. Appl. 12, 261
 * (1987)) is another one: of the sample's spectrum, by parameric decomposition.
 */
TNS_API double tns_metamerism(const tns_spectrum *standard, const tns_spectrum *sample,
                              const tns_viewing *reference, const tns_viewing *test);

TNS_END_DECLS

#endif
