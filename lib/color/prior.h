/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COLOR_PRIOR_H
#define COLOR_PRIOR_H

#include <stdbool.h>

#include <tonsure/colorimetry.h>

/*
 * What spectra of a kind look like: z = log(R / (1 - R)) is normally distributed with a mean and
 * orthogonal components, each scaled to one standard deviation. Rows are bands, as in the files of
 * color/data: wavelength in nm, the mean, the components.
 */
enum { TNS_PRIOR_COMPONENTS = 8 };
typedef double tns_prior_row[2 + TNS_PRIOR_COMPONENTS];

extern const tns_prior_row tns_prior_skin_table[TNS_BANDS];
extern const tns_prior_row tns_prior_hair_table[TNS_BANDS];
extern const tns_prior_row tns_prior_pigment_table[TNS_BANDS];
extern const tns_prior_row tns_prior_any_table[TNS_BANDS];

/*
 * The likeliest reflectance with the tristimulus values `wanted`, always in (0, 1), and how many
 * standard deviations it lies from the mean. False when none was found.
 */
bool tns_prior_likeliest(const tns_prior_row table[TNS_BANDS], const tns_viewing *viewing,
                         tns_xyz wanted, double reflectance[TNS_BANDS], double *distance);

/* What a spectrum estimated with a prior, by its name in records, was taken for: "skin". */
const char *tns_prior_words(const char *prior);

#endif
