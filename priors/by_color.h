/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What spectra of a kind are in the mean by their color (color/given_color.h). */
#ifndef PRIORS_BY_COLOR_H
#define PRIORS_BY_COLOR_H

#include <tonsure/error.h>

#include "color/given_color.h"

/*
 * Least absolute deviations of reflectance, by weights made anew, and nothing of how it looks under
 * any other lamp: half of the squares would come of a tenth of the spectra. False when there are
 * too few.
 */
bool prior_by_color(const tns_spectrum *spectra, size_t count, const tns_viewing *daylight,
                    tns_given_color_row out[TNS_BANDS]);

/* That of the measured skins in `shared`. */
bool make_skin_by_color(const char *shared, tns_given_color_row out[TNS_BANDS], tns_error *err);

#endif
