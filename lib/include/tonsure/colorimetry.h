/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From spectra to CIE color: observers, illuminants, tristimulus weights, XYZ, L*a*b*, L*C*h.
 *
 * Figures: CIE 015:2018 tables at 5 nm, zero beyond an illuminant's table. Weights follow the
 * manner of ASTM E308 for the 380-730/10 nm grid: the reflectance is brought to 5 nm by Lagrange
 * interpolation (cubic inside, quadratic in the first and last interval, ASTM E2022), held beyond
 * its ends, and summed over 380-780 nm (the range from which CIE's white points come). No bandpass
 * correction. Such weights can be negative.
 */
#ifndef TONSURE_COLORIMETRY_H
#define TONSURE_COLORIMETRY_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/spectrum.h>

TNS_BEGIN_DECLS

/* Tristimulus values; Y = 100 for the perfect reflecting diffuser. */
typedef struct tns_xyz {
    double X, Y, Z;
} tns_xyz;

/* CIE 1976 L*a*b*. */
typedef struct tns_lab {
    double L, a, b;
} tns_lab;

/* L*, chroma C*ab, hue angle h_ab in degrees, 0 <= h < 360 (0 for a gray). */
typedef struct tns_lch {
    double L, C, h;
} tns_lch;

typedef enum tns_observer { TNS_OBSERVER_2 = 2, TNS_OBSERVER_10 = 10 } tns_observer;

enum { TNS_SPD_SAMPLES = 95, TNS_SPD_FIRST_NM = 360, TNS_SPD_STEP_NM = 5, TNS_NAME_SIZE = 32 };

/* A relative spectral power distribution, 360-830 nm, step 5 nm. */
typedef struct tns_illuminant {
    char name[TNS_NAME_SIZE]; /* as in records: "D65", "F11", "D5500", a lamp file's name */
    double power[TNS_SPD_SAMPLES];
} tns_illuminant;

/* An illuminant and an observer, ready to weigh spectra. A value of about 1 KB. */
typedef struct tns_viewing {
    char illuminant[TNS_NAME_SIZE];
    tns_observer observer;
    double weight[3][TNS_BANDS]; /* X, Y, Z; the weights of Y sum to 100 */
    tns_xyz white;               /* of the perfect reflecting diffuser: the weights' sums */
} tns_viewing;

/* A color that says under what it holds. */
typedef struct tns_color {
    tns_lab lab;
    char illuminant[TNS_NAME_SIZE];
    tns_observer observer;
} tns_color;

/*
 * A named illuminant, case aside: A, C, D50, D55, D65, F2, F7, F11 (CIE tables), E, or D<kelvin>
 * (D4000..D25000) for daylight of any correlated color temperature. Unknown names fail with
 * TNS_ERROR_USAGE. The result carries the name as written here.
 */
TNS_API bool tns_illuminant_find(const char *name, tns_illuminant *out, tns_error *err);

/*
 * CIE daylight of a correlated color temperature, 4000-25000 K, taken to 0.01 K (CIE 015:2018,
 * 4.1.2; M1 and M2 rounded to three decimals as CIE does). Named by its temperature: "D5002.78".
 */
TNS_API bool tns_illuminant_daylight(double cct_k, tns_illuminant *out, tns_error *err);

/*
 * A lamp from n samples of relative power at rising wavelengths (the clinic's own), zero beyond
 * them. To 5 nm by linear interpolation; samples closer than that are averaged under a triangle of
 * 5 nm half width, so that a lamp's lines count whole. Fails when the samples cover less than
 * 400-700 nm, are negative, all zero, or further apart than 10 nm there, or in a unit in which they
 * are below 1e-100 or above 1e100, and when the name is that of a named illuminant.
 */
TNS_API bool tns_illuminant_from_samples(const char *name, const double *wavelength_nm,
                                         const double *power, size_t n, tns_illuminant *out,
                                         tns_error *err);

/*
 * Weights of the sums of CIE 015:2018, 7.1, by 5 nm over 380-780 nm. A sample between two bands is
 * spread over those about it by Lagrange's formula, cubic, quadratic at the ends (ASTM E2022); one
 * beyond the bands counts for the last.
 */
TNS_API tns_viewing tns_viewing_make(const tns_illuminant *illuminant, tns_observer observer);

/* "D65/10", "F11/2" or "D65" (10 degrees); TNS_ERROR_USAGE on anything else. */
TNS_API bool tns_viewing_find(const char *condition, tns_viewing *out, tns_error *err);

/* Same illuminant (by name) and same observer. */
TNS_API bool tns_viewing_is(const tns_viewing *viewing, const tns_color *color);

/* The weights' sums over the bands: Y is 100 of the perfect reflecting diffuser. */
TNS_API tns_xyz tns_xyz_from_spectrum(const tns_spectrum *reflectance, const tns_viewing *viewing);

/* CIE 015:2018, 8.2.1, with the linear part below (6/29)^3, which holds for negative values too. */
TNS_API tns_lab tns_lab_from_xyz(tns_xyz xyz, tns_xyz white);
TNS_API tns_xyz tns_xyz_from_lab(tns_lab lab, tns_xyz white);
TNS_API tns_lch tns_lch_from_lab(tns_lab lab);
TNS_API tns_lab tns_lab_from_lch(tns_lch lch);

/* The two in one, by the viewing's own white. */
TNS_API tns_lab tns_lab_from_spectrum(const tns_spectrum *reflectance, const tns_viewing *viewing);

/*
 * n spectra under each of some viewings, by vector code. Spectrum i is the TNS_BANDS reflectance
 * factors from reflectances[i * TNS_BANDS]; its color under viewing v goes to
 * out[i * viewing_count + v], with the same bits as tns_lab_from_spectrum gives. `out` may not
 * overlap the rest.
 */
TNS_API void tns_lab_from_spectra(const double *reflectances, size_t n, const tns_viewing *viewings,
                                  size_t viewing_count, tns_lab *out);

/* That, with the viewing's name. */
TNS_API tns_color tns_color_from_spectrum(const tns_spectrum *reflectance,
                                          const tns_viewing *viewing);

/*
 * sRGB (IEC 61966-2-1) of a color, gamma encoded, each 0..1 and clipped: for swatches only. The
 * color is brought to the white of D65/2 by Bradford adaptation. True when nothing was clipped
 * (by more than 1e-6).
 */
TNS_API bool tns_srgb_from_xyz(tns_xyz xyz, tns_xyz white, double rgb[3]);

TNS_END_DECLS

#endif
