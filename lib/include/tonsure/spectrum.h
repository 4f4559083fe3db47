/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reflectance spectrum as a value on the one grid used inside: 36 bands, 380-730 nm, step 10 nm.
 * Whatever comes on another grid is resampled at the border.
 */
#ifndef TONSURE_SPECTRUM_H
#define TONSURE_SPECTRUM_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

enum { TNS_BANDS = 36, TNS_FIRST_NM = 380, TNS_LAST_NM = 730, TNS_STEP_NM = 10 };

typedef struct tns_spectrum {
    double value[TNS_BANDS]; /* reflectance factor, 1 = the perfect reflecting diffuser */
    double from_nm, to_nm;   /* what the source really covered; beyond it the ends are held */
    int effective_channels;  /* independent channels of the source; 0 = as many as its bands */
    bool reconstructed;      /* estimated from a color, not measured */
    char prior[16];          /* of a reconstructed spectrum: what it was estimated with */
} tns_spectrum;

/* The wavelength of a band's center: 380 + 10 band, nm. */
TNS_API double tns_band_nm(int band);

/* The same value in every band. */
TNS_API tns_spectrum tns_spectrum_constant(double value);

/*
 * Puts n samples at rising wavelengths onto the grid; ends held. Where the samples are closer than
 * 10 nm each band is their mean under a triangle of 10 nm half width (integrated over the
 * piecewise-linear curve, which commutes with any spacing), less what that blurs; else a
 * shape-preserving cubic (Steffen, A&A 239, 443 (1990)) is read at the band's center, and samples
 * on the grid pass unchanged.
 * Fails on fewer than 3 samples, on wavelengths that do not rise or that leave 200-2500 nm, and on
 * a source that covers less than 420-680 nm.
 */
TNS_API bool tns_spectrum_resample(const double *wavelength_nm, const double *value, size_t n,
                                   tns_spectrum *out, tns_error *err);

TNS_END_DECLS

#endif
