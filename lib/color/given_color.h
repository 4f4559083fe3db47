/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COLOR_GIVEN_COLOR_H
#define COLOR_GIVEN_COLOR_H

#include "color/prior.h"

/*
 * What spectra of a kind are in the mean, given their color: z = log(R / (1 - R)) as a cubic of L*,
 * a*, b* under D65/10. A normal distribution makes that mean all but straight, and skin bends: dark
 * skin is not light skin with more of the same. Rows are bands: wavelength in nm, then what each
 * term counts.
 */
enum { TNS_COLOR_TERMS = 20 };
typedef double tns_given_color_row[1 + TNS_COLOR_TERMS];

extern const tns_given_color_row tns_prior_skin_by_color_table[TNS_BANDS];

/*
 * All products of up to three of L*, a*, b*, less and over what skin's are: (L* - 58)/8, (a* -
 * 10)/4, (b* - 15)/4. Beyond two of those from the middle, where one skin in twenty is, they
 * stay as they are at two: a cubic is for where there were spectra.
 */
void tns_color_terms(tns_lab daylight, double out[TNS_COLOR_TERMS]);

/*
 * tns_prior_likeliest, with the mean that spectra of the estimate's own color under D65/10 have.
 * `distance` is that from the mean of all.
 */
bool tns_prior_given_color(const tns_prior_row table[TNS_BANDS],
                           const tns_given_color_row by_color[TNS_BANDS],
                           const tns_viewing *viewing, tns_xyz wanted,
                           double reflectance[TNS_BANDS], double *distance);

#endif
