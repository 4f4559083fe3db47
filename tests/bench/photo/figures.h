/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leave-one-out errors of real photos, beside those of a plain 3x3 on the same patches. */
#ifndef BENCH_PHOTO_FIGURES_H
#define BENCH_PHOTO_FIGURES_H

#include <tonsure/photo.h>

/* Nothing for a photo without a fit. */
void figures_add(const char *label, const tns_photo *photo);
void figures_print(void);

/* Mean dE00 of patches left out of a 3x3 from linear light to XYZ, of all used patches and of skin.
 */
bool plain_matrix_figures(const tns_photo *photo, double *mean, double *skin);

#endif
