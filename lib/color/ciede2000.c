/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "color/ciede2000.h"

#include <tonsure/difference.h>

#include "color/color_kernels.h"

double tns_de00(tns_lab standard, tns_lab sample)
{
    return tns_ciede2000(standard, sample);
}

void tns_de00_pairs(const tns_lab *standards, const tns_lab *samples, size_t n, double *de)
{
    TNS_KERNELS_FOR(tns_color_kernels, tns_cpu_isa())->de00_pairs(standards, samples, n, de);
}

void tns_de00_samples(tns_lab standard, const tns_lab *samples, size_t n, double *de)
{
    TNS_KERNELS_FOR(tns_color_kernels, tns_cpu_isa())->de00_samples(standard, samples, n, de);
}
