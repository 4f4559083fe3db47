/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What color does to arrays, for each instruction set (base/cpu.h). The arguments are those of the
 * public functions; no array may overlap another. */
#ifndef COLOR_COLOR_KERNELS_H
#define COLOR_COLOR_KERNELS_H

#include <stddef.h>

#include <tonsure/colorimetry.h>

#include "base/cpu.h"

typedef struct tns_color_kernels {
    void (*de00_pairs)(const tns_lab *standards, const tns_lab *samples, size_t n, double *de);
    void (*de00_samples)(tns_lab standard, const tns_lab *samples, size_t n, double *de);
    void (*lab_from_spectra)(const double *reflectances, size_t n, const tns_viewing *viewings,
                             size_t viewing_count, tns_lab *out);
    void (*lab_from_bands)(const double *by_band, size_t row, size_t n, const tns_viewing *viewing,
                           tns_lab *out);
} tns_color_kernels;

TNS_KERNELS_DECLARE(tns_color_kernels, tns_color_kernels);

#endif
