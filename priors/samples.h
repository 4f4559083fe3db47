/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spectra that each prior is made of. */
#ifndef PRIORS_SAMPLES_H
#define PRIORS_SAMPLES_H

#include <tonsure/error.h>

#include "statistics.h"

/* The spectra of a table of measurements (a row each), to be freed with free(). */
tns_spectrum *load_spectra(const char *path, size_t *count, tns_error *err);

/* The measured skins of the folder that is not part of the repository; likewise. */
tns_spectrum *load_skins(const char *shared, size_t *count, tns_error *err);

/* What chips and paints leave to smoothness (prior_about_grey); the best of 0 to 0.9 by tenths. */
extern const double PRIOR_SMOOTH_SHARE;

/* Every spectrum of a table of measurements, each counted `weight` times. */
bool add_measured(const char *path, double weight, const tns_viewing *daylight, prior_sums *sums,
                  tns_error *err);

/* Mixtures and films of the shipped palettes. */
bool add_paints(const tns_viewing *daylight, prior_sums *sums, tns_error *err);

/* Hair of any melanin, by the extinctions in `path`. */
bool add_hair(const char *path, const tns_viewing *daylight, prior_sums *sums, tns_error *err);

/*
 * A whole prior, "skin", "hair", "pigment" or "any": `root` is the repository, `shared` the folder
 * of spectra that are not part of it (hair needs none).
 */
bool make_prior(const char *kind, const char *root, const char *shared,
                tns_prior_row out[TNS_BANDS], tns_error *err);

#endif
